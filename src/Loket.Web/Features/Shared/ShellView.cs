using Loket.Web.Features.Rota;
using Loket.Web.Features.Specialist;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Loket.Web.Features.Shared;

/// <summary>What surrounds every page: who is signed in and where. Put into ViewData once per request.</summary>
public sealed class ShellView
{
    private const string Key = "loket.shell";

    public long ProfessionalId { get; init; }

    public string ProfessionalName { get; init; } = "";

    public string OrganisationName { get; init; } = "";

    /// <summary>The desk or location shown behind the organisation; null when there is none.</summary>
    public string? Place { get; init; }

    /// <summary>Role codes: <c>front_office</c>, <c>specialist</c>, <c>supervisor</c>, <c>line_manager</c>. Decide what the top bar offers.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Presence code of the professional; null for who takes no offers.</summary>
    public string? Presence { get; init; }

    /// <summary>Speaking with somebody now, also while a second question waits: do not disturb.</summary>
    public bool IsTalking { get; init; }

    /// <summary>True in the demo profile: a banner says that everyone here is invented.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The offer this person must answer now; null when there is none.</summary>
    public OfferStrip? Offer { get; init; }

    /// <summary>How many broken glasses wait for this person's judgement.</summary>
    public int GlassToJudge { get; init; }

    /// <summary>Where a line of this manager will be short of people within a day.</summary>
    public IReadOnlyList<ShortWarning> ShortSoon { get; init; } = [];

    /// <summary>The address where the tour of this person runs; null when their roles have none.</summary>
    public string? TourAt { get; init; }

    /// <summary>True on the one page of the demo that offers the tour.</summary>
    public bool OffersTour { get; init; }

    /// <summary>The address of the organisation's own colours; null when it has none.</summary>
    public string? Theme { get; init; }

    /// <summary>The address of the organisation's logo; null when it has none.</summary>
    public string? Logo { get; init; }

    public bool WorksCases => Has("front_office") || Has("specialist") || Has("supervisor");

    /// <summary>Has the one screen with questions, and pages of general knowledge.</summary>
    public bool IsInformationPoint => Has("information_point");

    public bool Has(string role) => Roles.Contains(role, StringComparer.Ordinal);

    /// <summary>The shell of this request, or null on a page without one (sign-in, errors).</summary>
    public static ShellView? From(ViewDataDictionary viewData) => viewData[Key] as ShellView;

    public void PutInto(ViewDataDictionary viewData) => viewData[Key] = this;
}
