using System.Security.Claims;
using Hangfire;

namespace Loket.Hangfire;

/// <summary>
/// Hangfire's pages at <c>/jobs</c>, for operators only: the professionals whose ids stand in <c>Jobs:Operators</c>.
/// No role of Loket gives this right, and by default nobody has it.
/// </summary>
public static class JobsDashboard
{
    public const string Operator = "operator";

    public static void AddJobsDashboard(this IServiceCollection services, IConfiguration configuration)
    {
        var operators = (configuration["Jobs:Operators"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        services.AddAuthorizationBuilder().AddPolicy(Operator, policy => policy
            .RequireAuthenticatedUser()
            .RequireAssertion(context => operators.Contains(context.User.FindFirstValue(ClaimTypes.NameIdentifier), StringComparer.Ordinal)));
    }

    public static void MapJobsDashboard(this WebApplication app) =>
        app.MapHangfireDashboardWithAuthorizationPolicy(Operator, "/jobs", new DashboardOptions { DashboardTitle = "Loket", AppPath = "/" });
}
