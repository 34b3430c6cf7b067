using Loket.Domain.Mergers;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Mergers;

/// <summary>GET /mergers: all mergers and splits, the latest day first. View <c>Mergers/List.cshtml</c>.</summary>
public sealed class MergersView
{
    public IReadOnlyList<MergerRow> Mergers { get; init; } = [];
}

public sealed class MergerRow
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string Day { get; init; } = "";

    public string State { get; init; } = "";

    /// <summary>Since when something without a successor holds it back (UTC).</summary>
    public DateTime? HeldAt { get; init; }

    public int Bodies { get; init; }
}

/// <summary>GET /mergers/{id}: what it says and what it would do. View <c>Mergers/Edit.cshtml</c>.</summary>
public sealed class MergerView
{
    /// <summary>Rows that stand empty for more bodies.</summary>
    private const int Spare = 2;

    private const int Fewest = 4;

    /// <summary>Null for a new one.</summary>
    public StoredMerger? Merger { get; init; }

    public string? ConfirmedBy { get; init; }

    public MergerPlan Plan { get; init; } = new([], [], [], []);

    /// <summary>The bodies that go on.</summary>
    public IReadOnlyList<Option> Successors { get; init; } = [];

    /// <summary>Their lines; the group is the body.</summary>
    public IReadOnlyList<Option> Lines { get; init; } = [];

    /// <summary>Every body that exists; empty when nothing can be changed.</summary>
    public IReadOnlyList<Option> Organisations { get; init; } = [];

    /// <summary>Refused form <c>merger</c>; fields <c>name day organisation-0 successor-0 line-{code} team-{code}</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;

    public bool Saved { get; init; }

    public bool MayEdit => Merger is null or { State: "draft" };

    public int BodyRows => Math.Max(Fewest, Plan.Bodies.Count + Spare);

    public IEnumerable<Gap> GapsOf(string kind) => Plan.Gaps.Where(g => g.Kind == kind);
}
