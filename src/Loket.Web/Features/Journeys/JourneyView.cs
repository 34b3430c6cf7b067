using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Journeys;

/// <summary>GET and POST /cases/{id}/journey: the whole journey of a life event before it starts. View <c>Journeys/Journey.cshtml</c>.</summary>
public sealed class JourneyView
{
    public long CaseId { get; init; }

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>All life events by name, value = id.</summary>
    public IReadOnlyList<Option> Events { get; init; } = [];

    public JourneyForm Form { get; init; } = new(null);

    /// <summary>What does not add up, by field; <c>""</c> is the journey as a whole.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>The chosen life event; null while none is chosen.</summary>
    public EventView? Event { get; init; }

    /// <summary>The journey in the order in which it is done; empty until there is a day.</summary>
    public IReadOnlyList<JourneyRow> Steps { get; init; } = [];
}

/// <summary>The questions of a life event.</summary>
public sealed class EventView
{
    public string Id { get; init; } = "";

    public int Version { get; init; }

    /// <summary>Posted back as <c>seen</c>: what this journey was made from.</summary>
    public string Seen { get; init; } = "";

    /// <summary>What the day is: "Dag van overlijden".</summary>
    public string DayLabel { get; init; } = "";

    /// <summary>A date of birth was asked: the day the journey counts from, when it is known.</summary>
    public DateOnly? Reached { get; init; }

    public int Age { get; init; }

    /// <summary>Value = key, detail = <c>yes</c>, <c>no</c> or null.</summary>
    public IReadOnlyList<Option> Questions { get; init; } = [];
}

/// <summary>One step: who, what, by when, and why that date.</summary>
public sealed class JourneyRow
{
    public string Key { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>The body by name, or the kind of partner.</summary>
    public string Who { get; init; } = "";

    /// <summary>Code of the organisation; null for a partner, or while the municipality is not known.</summary>
    public string? Organisation { get; init; }

    /// <summary>For a partner: whom of the register it can be given to; value = id.</summary>
    public IReadOnlyList<Option>? Partners { get; init; }

    public string? Product { get; init; }

    public JourneyDate Date { get; init; } = new();

    /// <summary>The target beside a date of the law.</summary>
    public JourneyDate? Target { get; init; }

    /// <summary>The first day it is possible.</summary>
    public JourneyDate? Opens { get; init; }

    /// <summary>The term of the law behind the step; null when there is none.</summary>
    public string? Article { get; init; }

    /// <summary>False: the text of the law was not read again, so it sets no legal date.</summary>
    public bool ArticleVerified { get; init; }

    /// <summary>Titles of the steps that come first.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    public string Citizen { get; init; } = "";

    public string Professional { get; init; } = "";

    /// <summary>A question it hangs on is not answered yet.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>The case has this step already.</summary>
    public bool IsInCase { get; init; }

    public bool IsChosen { get; init; }
}

/// <summary>A date and why it is what it is.</summary>
public sealed class JourneyDate
{
    /// <summary><c>legal</c>, <c>service</c>, <c>to_be_checked</c> or <c>expected</c>.</summary>
    public string Kind { get; init; } = "";

    public DateOnly Day { get; init; }

    /// <summary>The day aimed at has passed: as soon as possible.</summary>
    public bool IsAtOnce { get; init; }

    /// <summary>How it was reckoned.</summary>
    public IReadOnlyList<DateStep> Sum { get; init; } = [];
}
