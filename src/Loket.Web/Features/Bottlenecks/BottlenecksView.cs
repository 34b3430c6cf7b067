using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Bottlenecks;

/// <summary>GET /bottlenecks: what I raised, and for a supervisor the register. View <c>Bottlenecks/Bottlenecks.cshtml</c>.</summary>
public sealed class BottlenecksView
{
    /// <summary>Bottlenecks that a signal of the viewer is behind, newest first.</summary>
    public IReadOnlyList<BottleneckRow> Mine { get; init; } = [];

    /// <summary>The register of the own organisation; null for who is no supervisor.</summary>
    public IReadOnlyList<BottleneckRow>? All { get; init; }

    /// <summary>The closed ones are shown instead of the open ones.</summary>
    public bool Closed { get; init; }
}

public sealed class BottleneckRow
{
    public long Id { get; init; }

    /// <summary><c>not_competent</c>, <c>missing_information</c>, <c>exchange_failed</c> or <c>remark</c>.</summary>
    public string Kind { get; init; } = "";

    public string LineCode { get; init; } = "";

    /// <summary>Resolved; null when it is about no line.</summary>
    public string? LineName { get; set; }

    public string TopicCode { get; init; } = "";

    public string? Text { get; init; }

    /// <summary><c>new</c>, <c>in_progress</c>, <c>answered</c> or <c>closed</c>.</summary>
    public string State { get; init; } = "";

    public string? OwnerName { get; init; }

    public string? Answer { get; init; }

    public DateTime? AnsweredAt { get; init; }

    /// <summary>How often it happened.</summary>
    public int Signals { get; init; }

    public DateTime FirstAt { get; init; }

    public DateTime LastAt { get; init; }
}

/// <summary>GET /bottlenecks/{id}: one bottleneck, for a supervisor. View <c>Bottlenecks/Bottleneck.cshtml</c>.</summary>
public sealed class BottleneckView
{
    public BottleneckRow Row { get; init; } = new();

    /// <summary>The cases behind it that the viewer may see, newest first.</summary>
    public IReadOnlyList<SignalRow> Cases { get; init; } = [];

    /// <summary>How many of the newest signals are in cases the viewer may not see.</summary>
    public int Unseen { get; init; }

    /// <summary>Other open ones it may be the same as; value = id.</summary>
    public IReadOnlyList<Option> Others { get; init; } = [];

    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class SignalRow
{
    public long CaseId { get; init; }

    public string Number { get; init; } = "";

    public DateTime At { get; init; }
}
