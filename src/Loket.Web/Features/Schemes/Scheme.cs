using System.Text.Json.Serialization;

namespace Loket.Web.Features.Schemes;

/// <summary>
/// One scheme as <c>db/reference/schemes.json</c> holds it: what a desk has to know, in Dutch and English. What is not
/// verified in current law (<see cref="IsVerified"/>) is to be checked, and no date is reckoned from it.
/// </summary>
public sealed class Scheme
{
    public string Id { get; init; } = "";

    public string NameNl { get; init; } = "";

    public string NameEn { get; init; } = "";

    public IReadOnlyList<string> Abbreviations { get; init; } = [];

    public IReadOnlyList<string> SynonymsNl { get; init; } = [];

    public IReadOnlyList<string> SynonymsEn { get; init; } = [];

    /// <summary>Codes of <c>products.csv</c>.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary><c>national</c>, <c>municipality</c>, <c>water_board</c> or <c>private</c>.</summary>
    public string Layer { get; init; } = "";

    /// <summary>Code of the body that decides; null when <see cref="RuleNl"/> says how to find it.</summary>
    public string? Body { get; init; }

    public string? RuleNl { get; init; }

    public string? RuleEn { get; init; }

    /// <summary>Names of bodies that have a part in it.</summary>
    public IReadOnlyList<string> AlsoInvolved { get; init; } = [];

    public string Topic { get; init; } = "";

    public string WhatNl { get; init; } = "";

    public string WhatEn { get; init; } = "";

    public string ForWhomNl { get; init; } = "";

    public string ForWhomEn { get; init; } = "";

    public IReadOnlyList<string> NeededNl { get; init; } = [];

    public IReadOnlyList<string> NeededEn { get; init; } = [];

    public SchemeLaw Law { get; init; } = new();

    public IReadOnlyList<SchemeTerm> Terms { get; init; } = [];

    /// <summary>What often goes wrong between organisations: experience, no law.</summary>
    public string ProblemNl { get; init; } = "";

    public string ProblemEn { get; init; } = "";

    /// <summary>Codes of the life events in which it plays.</summary>
    public IReadOnlyList<string> LifeEvents { get; init; } = [];

    /// <summary><c>active</c> or <c>ended</c>.</summary>
    public string State { get; init; } = "";

    /// <summary><c>verified-current</c>, <c>old-text-recheck</c> or <c>unverified</c>: the reading of its basis.</summary>
    public string Status { get; init; } = "";

    public string? NoteNl { get; init; }

    public string? NoteEn { get; init; }

    /// <summary>The editors who keep it: <c>income</c>, <c>care</c>, <c>taxes</c> or <c>civil</c>.</summary>
    public string Owner { get; init; } = "";

    public DateOnly ReviewedOn { get; init; }

    public DateOnly ReviewBy { get; init; }

    [JsonIgnore]
    public bool IsVerified => SchemeTerm.Verified(Status);

    /// <summary>How many of its facts are to be checked: whom it is for, its basis, and its terms.</summary>
    [JsonIgnore]
    public int ToCheck => (IsVerified ? 0 : 1) + (Law.IsVerified ? 0 : 1) + Terms.Count(t => !t.IsVerified);

    public string Name(bool english) => english ? NameEn : NameNl;
}

/// <summary>Where the rule stands, and where that was read.</summary>
public sealed class SchemeLaw
{
    public string Name { get; init; } = "";

    public string? BwbId { get; init; }

    public string? Article { get; init; }

    public string? Source { get; init; }

    /// <summary>Read in the text of the law itself; otherwise the product list or a register names it.</summary>
    [JsonIgnore]
    public bool IsVerified => Source?.StartsWith("law text", StringComparison.Ordinal) == true;
}

/// <summary>A term of a scheme with its article, the date of the text that was read, and how sure that is.</summary>
public sealed class SchemeTerm
{
    public string StepNl { get; init; } = "";

    public string StepEn { get; init; } = "";

    public string TermNl { get; init; } = "";

    public string TermEn { get; init; } = "";

    /// <summary>ISO 8601, null when the term is no single duration. No date is reckoned from it unless <see cref="IsVerified"/>.</summary>
    public string? Duration { get; init; }

    public string Law { get; init; } = "";

    public string? BwbId { get; init; }

    public string? Article { get; init; }

    public string? TextDate { get; init; }

    public string Status { get; init; } = "";

    public string? NoteNl { get; init; }

    public string? NoteEn { get; init; }

    [JsonIgnore]
    public bool IsVerified => Verified(Status);

    public static bool Verified(string status) => status == "verified-current";
}
