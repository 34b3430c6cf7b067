using Loket.Web.Access;

namespace Loket.Web.Features.Letters;

/// <summary>
/// What was agreed with a citizen, on paper: GET /cases/{id}/letter and GET /api/v1/cases/{id}/letter. It holds no number of
/// a person and no address: it is handed over at the desk. View <c>Letters/Letter.cshtml</c>.
/// </summary>
public sealed class AgreedLetter : IAboutCase
{
    public long CaseId { get; init; }

    long IAboutCase.AboutCase => CaseId;

    public string CaseNumber { get; init; } = "";

    /// <summary>Who hands it over: the viewer's organisation.</summary>
    public string Organisation { get; init; } = "";

    public string Professional { get; init; } = "";

    /// <summary>The day on the letter (UTC moment of asking).</summary>
    public DateTime MadeAt { get; init; }

    /// <summary>The citizen's name; null when unknown, not the viewer's to see, or left out on purpose.</summary>
    public string? Name { get; init; }

    /// <summary>There is a name that can be put on it.</summary>
    public bool HasName { get; init; }

    /// <summary>What is open, soonest first.</summary>
    public IReadOnlyList<AgreedRow> Rows { get; init; } = [];

    /// <summary>What the citizen was asked to do or bring.</summary>
    public IReadOnlyList<OwnTask> Own { get; init; } = [];

    /// <summary>Who owns the chain, and how their organisation is called.</summary>
    public string OwnerName { get; init; } = "";

    public string OwnerOrganisation { get; init; } = "";

    public string? OwnerPhone { get; init; }

    /// <summary>Letters of 18 points, in one column.</summary>
    public bool Large { get; init; }
}

/// <summary>One thing somebody does for the citizen by a date.</summary>
/// <param name="Kind"><c>promise</c>, <c>step</c>, <c>asked</c> (a step nobody accepted yet: the answerable one asks) <c>callback</c>, or <c>callback_asked</c> (of another body).</param>
/// <param name="What">A promise as it was typed, or the name of a step; empty for a callback.</param>
/// <param name="Who">A name, or a line for a callback.</param>
/// <param name="Organisation">Their organisation; for <c>asked</c> the body that is asked. Null when the name says it.</param>
/// <param name="At">By when, or from when (UTC).</param>
/// <param name="Until">Until when a call may come (UTC); null elsewhere.</param>
/// <param name="HasTime">False when only the day counts.</param>
public sealed record AgreedRow(string Kind, string What, string Who, string? Organisation, DateTime At, DateTime? Until, bool HasTime);

/// <param name="What">As it was typed.</param>
/// <param name="Until">The last day.</param>
public sealed record OwnTask(string What, DateOnly? Until);
