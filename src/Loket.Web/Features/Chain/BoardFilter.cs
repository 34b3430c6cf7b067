using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Loket.Web.Features.Chain;

/// <summary>Which part of the board is asked for: all of it stands in the address, so that a view can be kept and passed on.</summary>
public sealed record BoardFilter
{
    /// <summary>
    /// <c>risk</c> soonest date first; <c>stalled</c> longest without an act first; <c>waiting</c> a partner has the next date,
    /// soonest first; <c>asked</c> ownership asked and not answered, longest first; <c>open</c> every open case, oldest first.
    /// </summary>
    public static readonly IReadOnlyList<string> Tabs = ["risk", "stalled", "waiting", "asked", "open"];

    public static readonly BoardFilter None = new();

    public string? Tab { get; init; }

    /// <summary>An organisation that is in the chain.</summary>
    public string? Organisation { get; init; }

    /// <summary>A line that is in the chain; one of another organisation than <see cref="Organisation"/> is not looked at.</summary>
    public string? Line { get; init; }

    public string? Topic { get; init; }

    public string? LifeEvent { get; init; }

    /// <summary>Keyset cursor of the page before.</summary>
    public string? After { get; init; }

    public bool Narrows => (Organisation ?? Line ?? Topic ?? LifeEvent) is not null;

    /// <summary>A known tab, and nothing where nothing was chosen.</summary>
    public BoardFilter Cleaned() => this with
    {
        Tab = Tab is not null && Tabs.Contains(Tab) ? Tab : Tabs[0],
        Organisation = Blank(Organisation),
        Line = Blank(Line),
        Topic = Blank(Topic),
        LifeEvent = Blank(LifeEvent),
        After = Blank(After),
    };

    /// <summary>The same choices on another tab, case or page.</summary>
    public string Link(string path = "/chain", string? tab = null, long? caseId = null, string? after = null) => QueryHelpers.AddQueryString(
        path,
        new (string Name, string? Value)[]
        {
            ("tab", tab ?? Tab), ("organisation", Organisation), ("line", Line), ("topic", Topic), ("lifeEvent", LifeEvent),
            ("case", caseId?.ToString(CultureInfo.InvariantCulture)), ("after", after),
        }.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value)));

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > 60 ? null : text;
}
