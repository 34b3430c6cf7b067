using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Bottlenecks;

/// <summary>GET /bottlenecks/new: the remark of a professional. View <c>Bottlenecks/New.cshtml</c>.</summary>
public sealed class NewBottleneckView
{
    public long? CaseId { get; init; }

    public long? HandoffId { get; init; }

    public FormState Form { get; init; } = FormState.Empty;
}
