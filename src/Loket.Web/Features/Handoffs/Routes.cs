using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Directory;

namespace Loket.Web.Features.Handoffs;

/// <summary>Finds the lines for a topic and municipality and puts them in the order of the rule.</summary>
public static class Routes
{
    // Each way to fit is a condition of its own, so that each finds its lines by an index. The few regional lines of a
    // municipality are found whatever their topic: the other way round all lines of the topic would be gone through.
    private const string Candidates = """
        SELECT l.code AS line, l.organisation_code AS organisation, l.kind, l.topic_code AS topic,
               CASE WHEN l.organisation_code = @municipality THEN 1 ELSE 0 END AS own,
               CASE WHEN EXISTS (SELECT 1 FROM line_area a WHERE a.line_code = l.code AND a.municipality_code = @municipality) THEN 1 ELSE 0 END AS serves,
               CASE WHEN l.is_live = 1 AND EXISTS (SELECT 1 FROM line_member m JOIN professional p ON p.id = m.professional_id WHERE m.line_code = l.code AND p.active = 1) THEN 1 ELSE 0 END AS connected
        FROM line l
        WHERE l.successor_code IS NULL AND ((l.topic_code = @topic AND l.kind = 'national')
           OR (l.organisation_code = @municipality AND l.topic_code = @topic)
           OR (l.organisation_code = @municipality AND l.kind = 'general')
           OR l.code IN (SELECT a.line_code FROM line_area a WHERE a.municipality_code = @municipality))
        """;

    private const string Overflows = """
        SELECT l.code AS line, o.code AS overflow, o.organisation_code AS organisation,
               CASE WHEN o.is_live = 1 AND EXISTS (SELECT 1 FROM line_member m JOIN professional p ON p.id = m.professional_id WHERE m.line_code = o.code AND p.active = 1) THEN 1 ELSE 0 END AS connected
        FROM line l JOIN line o ON o.code = l.overflow_line
        WHERE l.code IN @codes
        """;

    /// <summary>The route, inside a unit: what ringing will follow.</summary>
    public static RoutePlan Plan(Unit unit, string topic, string? municipality)
    {
        var layer = unit.Find<string>("SELECT layer FROM topic WHERE code = @topic", new { topic })
            ?? throw new RefusedException(new Refusal("topic-unknown"));
        var plan = Of(topic, layer, unit.Query<Row>(Candidates, new { topic, municipality = Municipality.Now(unit, municipality) }));
        return plan.Stops.Count == 0 ? plan : With(plan, unit.Query<OverflowRow>(Overflows, new { codes = Codes(plan) }));
    }

    /// <summary>The same route, for showing beforehand.</summary>
    public static async Task<RoutePlan> PlanAsync(Reader reader, string topic, string? municipality, DateTime utc)
    {
        var layer = await reader.FindAsync<string>("SELECT layer FROM topic WHERE code = @topic", new { topic }) ?? "national";
        var plan = Of(topic, layer, await reader.QueryAsync<Row>(Candidates, new { topic, municipality = await Municipality.NowAsync(reader, municipality, utc) }));
        return plan.Stops.Count == 0 ? plan : With(plan, await reader.QueryAsync<OverflowRow>(Overflows, new { codes = Codes(plan) }));
    }

    public static bool IsConnected(Unit unit, string line) => unit.Scalar<long>(
        "SELECT COUNT(*) FROM line l JOIN line_member m ON m.line_code = l.code JOIN professional p ON p.id = m.professional_id WHERE l.code = @line AND l.is_live = 1 AND p.active = 1",
        new { line }) > 0;

    private static RoutePlan Of(string topic, string layer, List<Row> rows) => RoutePlan.For(
        topic,
        layer == "municipal",
        rows.Where(r => r.Topic == topic || (r.Own == 1 && r.Kind == "general")).Select(r => new RouteCandidate(r.Line, r.Organisation, Code.Parse<LineKind>(r.Kind), r.Topic, r.Own == 1, r.Serves == 1, r.Connected == 1)));

    private static string[] Codes(RoutePlan plan) => [.. plan.Ringing.Select(s => s.Line).DefaultIfEmpty("")];

    // One step only: what overflows from an overflow line goes on along the route.
    private static RoutePlan With(RoutePlan plan, List<OverflowRow> rows)
    {
        var overflow = rows.ToDictionary(r => r.Line, r => new RouteStop(r.Overflow, r.Organisation, RouteReason.Overflow, r.Connected == 1), StringComparer.Ordinal);
        return plan.WithOverflow(overflow.GetValueOrDefault);
    }

    private sealed class OverflowRow
    {
        public string Line { get; init; } = "";

        public string Overflow { get; init; } = "";

        public string Organisation { get; init; } = "";

        public int Connected { get; init; }
    }

    private sealed class Row
    {
        public string Line { get; init; } = "";

        public string Organisation { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Topic { get; init; } = "";

        public int Own { get; init; }

        public int Serves { get; init; }

        public int Connected { get; init; }
    }
}
