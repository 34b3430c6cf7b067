using Loket.Web.Data;
using Loket.Web.Jobs;

namespace Loket.Web.Features.SignIn;

/// <summary>Removes sign-ins that are over for a week, and used tokens that could not be used again anyway.</summary>
public sealed class ForgetSignIns(Db db) : IJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public Task RunAsync(CancellationToken ct) => db.WriteAsync<int>(unit =>
        unit.Execute("DELETE FROM signed_in WHERE ends_at < @before", new { before = unit.Now - Kept })
        + unit.Execute("DELETE FROM used_token WHERE until < @Now", new { unit.Now }));
}
