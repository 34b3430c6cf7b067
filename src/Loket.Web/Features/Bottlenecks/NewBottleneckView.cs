using System.Globalization;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Bottlenecks;

/// <summary>GET /bottlenecks/new: the remark of a professional. View <c>Bottlenecks/New.cshtml</c>.</summary>
public sealed class NewBottleneckView
{
    public long? CaseId { get; init; }

    public long? HandoffId { get; init; }

    /// <summary>Under which name what is typed is kept.</summary>
    public static string DraftOf(long? caseId, long? handoffId) => string.Create(CultureInfo.InvariantCulture, $"bottleneck-{handoffId ?? caseId}");

    public FormState Form { get; init; } = FormState.Empty;
}
