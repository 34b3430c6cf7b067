using Loket.Domain.Journeys;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Handoffs;

namespace Loket.Web.Features.Journeys;

/// <summary>Which organisation carries each step of a journey for a citizen of one municipality: the first that routing would ask.</summary>
public sealed class Bodies
{
    private static readonly HashSet<string> RegisterKinds = ["bank", "landlord", "insurer", "energy", "health", "employer"];

    private readonly Dictionary<string, string> municipal = [];
    private readonly Dictionary<string, string> names = [];

    public static async Task<Bodies> OfAsync(Reader r, Journey journey, string? municipality, DateTime now)
    {
        var bodies = new Bodies();
        foreach (var topic in Topics(journey, municipality))
        {
            bodies.Add(topic, await Routes.PlanAsync(r, topic, municipality, now));
        }

        var codes = journey.Steps.Select(s => bodies.CodeOf(s.Step.Body)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        foreach (var row in await r.QueryAsync<NameRow>("SELECT code, display_name AS name FROM organisation WHERE code IN @codes", new { codes }))
        {
            bodies.names[row.Code] = row.Name;
        }

        return bodies;
    }

    /// <summary>The same inside a unit; names are not wanted there.</summary>
    public static Bodies Of(Unit unit, Journey journey, string? municipality)
    {
        var bodies = new Bodies();
        foreach (var topic in Topics(journey, municipality))
        {
            bodies.Add(topic, Routes.Plan(unit, topic, municipality));
        }

        return bodies;
    }

    /// <summary>Null for a partner, and for a municipal body while the municipality is not known.</summary>
    public string? CodeOf(Body body) => body.National ?? (body.Municipal is { } topic ? municipal.GetValueOrDefault(topic) : null);

    public string? NameOf(Body body) => CodeOf(body) is { } code ? names.GetValueOrDefault(code, code) : null;

    /// <summary>The kind in the register of partners: a notary or a court has no kind of its own there.</summary>
    public static string RegisterKind(string partner) => RegisterKinds.Contains(partner) ? partner : "other";

    private static List<string> Topics(Journey journey, string? municipality) =>
        municipality is null ? [] : [.. journey.Steps.Select(s => s.Step.Body.Municipal).OfType<string>().Distinct(StringComparer.Ordinal)];

    private void Add(string topic, RoutePlan plan)
    {
        if (plan.Stops.Count > 0)
        {
            municipal[topic] = plan.Stops[0].Organisation;
        }
    }

    private sealed class NameRow
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";
    }
}
