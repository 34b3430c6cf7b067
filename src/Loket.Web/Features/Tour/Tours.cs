namespace Loket.Web.Features.Tour;

/// <summary>
/// One step: it speaks of what <paramref name="At"/> (a CSS selector) finds on the page. Its words are the texts
/// <c>tour.{Name}</c> and <c>tour.{Name}-text</c>.
/// </summary>
public sealed record TourStep(string Name, string At);

/// <summary>The tour of one role, on the page where that role works.</summary>
public sealed record RoleTour(string Role, string Page, IReadOnlyList<TourStep> Steps);

/// <summary>The guided tours: short, each step at a place that is there before any work is.</summary>
public static class Tours
{
    private static readonly RoleTour[] All =
    [
        new("front_office", "/desk",
        [
            new("desk-cases", ".worklist"), new("desk-question", "#case-question"), new("desk-who", ".new-case__party"), new("desk-lines", "#lines-pane"), new("search", ".bar__search"), new("foot", ".foot"),
        ]),
        new("specialist", "/line",
        [
            new("line-presence", "#presence-form"), new("line-offer", "#offer"), new("line-today", ".my-day"), new("line-sound", "[data-sound]"), new("search", ".bar__search"), new("foot", ".foot"),
        ]),
        new("supervisor", "/chain",
        [
            new("chain-board", ".board__head"), new("chain-rows", "#chain-rows"), new("chain-panel", "#board-panel"), new("chain-wall", ".bar__link[href='/wall']"), new("search", ".bar__search"), new("foot", ".foot"),
        ]),
    ];

    /// <summary>The tours for somebody with these roles, in the order of the top bar.</summary>
    public static IReadOnlyList<RoleTour> Of(IReadOnlyCollection<string> roles) => [.. All.Where(tour => roles.Contains(tour.Role))];
}
