namespace Loket.Domain.Lines;

public enum LineKind
{
    Municipal,
    Regional,
    General,
    National,
}

/// <summary>Why a line stands in a route.</summary>
public enum RouteReason
{
    OwnMunicipality,
    ServesMunicipality,
    MunicipalityGeneral,
    National,
    Suggested,

    /// <summary>A line before it names this one for what it cannot take.</summary>
    Overflow,
}

/// <summary>
/// A line as routing sees it. <paramref name="OwnMunicipality"/>: it belongs to the citizen's municipality.
/// <paramref name="Serves"/>: its area names that municipality. <paramref name="Connected"/>: it has members.
/// </summary>
public sealed record RouteCandidate(
    string Line, string Organisation, LineKind Kind, string Topic, bool OwnMunicipality, bool Serves, bool Connected);

/// <summary>One stop of a route. A line that is not connected never rings; its phone number is shown.</summary>
public sealed record RouteStop(string Line, string Organisation, RouteReason Reason, bool Connected);

/// <summary>
/// The order in which lines are asked (DOMAIN 2): municipal, regional, the municipality's general line, national. It
/// ends in a callback at <see cref="CallbackAt"/>, the first connected body; when none is connected, in a promise that
/// the asker's own organisation owns.
/// </summary>
public sealed record RoutePlan(IReadOnlyList<RouteStop> Stops)
{
    public RouteStop? CallbackAt => Stops.FirstOrDefault(s => s.Connected);

    /// <summary>The stops that can ring.</summary>
    public IEnumerable<RouteStop> Ringing => Stops.Where(s => s.Connected);

    /// <summary>The route for a topic. A national topic (<paramref name="municipal"/> false) goes to its national lines only.</summary>
    public static RoutePlan For(string topic, bool municipal, IEnumerable<RouteCandidate> candidates)
    {
        var stops = candidates
            .Select(c => (Candidate: c, Reason: ReasonFor(topic, municipal, c)))
            .Where(x => x.Reason is not null)
            .OrderBy(x => x.Reason)
            .ThenBy(x => x.Candidate.Line, StringComparer.Ordinal)
            .Select(x => new RouteStop(x.Candidate.Line, x.Candidate.Organisation, x.Reason!.Value, x.Candidate.Connected));
        return new RoutePlan([.. stops]);
    }

    /// <summary>
    /// The route with <paramref name="suggested"/> asked next after <paramref name="position"/>; without effect when it
    /// already stands later in the route, except that it comes forward.
    /// </summary>
    public RoutePlan WithSuggested(int position, RouteStop suggested)
    {
        var asked = Stops.Take(position + 1).ToList();
        if (asked.Exists(s => s.Line == suggested.Line))
        {
            return this;
        }

        return new RoutePlan([.. asked, suggested with { Reason = RouteReason.Suggested }, .. Stops.Skip(position + 1).Where(s => s.Line != suggested.Line)]);
    }

    /// <summary>
    /// The route with the overflow line of each line that can ring right after it (and that line's own after that). A line
    /// that is asked earlier already is not asked twice; one that stands later comes forward.
    /// </summary>
    public RoutePlan WithOverflow(Func<string, RouteStop?> overflowOf)
    {
        var stops = Stops.ToList();
        for (var i = 0; i < stops.Count; i++)
        {
            if (stops[i].Connected && overflowOf(stops[i].Line) is { Connected: true } next && stops.FindIndex(s => s.Line == next.Line) is var at && (at < 0 || at > i))
            {
                if (at >= 0)
                {
                    stops.RemoveAt(at);
                }

                stops.Insert(i + 1, next with { Reason = RouteReason.Overflow });
            }
        }

        return new RoutePlan(stops);
    }

    private static RouteReason? ReasonFor(string topic, bool municipal, RouteCandidate c) => c switch
    {
        { Kind: LineKind.National } when c.Topic == topic => RouteReason.National,
        _ when !municipal => null,
        { Kind: LineKind.General, OwnMunicipality: true } => RouteReason.MunicipalityGeneral,
        _ when c.Topic != topic => null,
        { OwnMunicipality: true } => RouteReason.OwnMunicipality,
        { Serves: true } => RouteReason.ServesMunicipality,
        _ => null,
    };
}
