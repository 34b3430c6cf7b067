using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Web.Data;

namespace Loket.Web.Features.Handoffs;

/// <summary>Puts the line that a specialist named as better next in the handoff's route.</summary>
public static class Reroute
{
    /// <summary>
    /// <paramref name="line"/> comes right after <paramref name="from"/>, the line of who named it: colleagues who were
    /// asked at the same moment may name another one each.
    /// </summary>
    public static void Suggested(Unit unit, StoredHandoff handoff, string from, string line)
    {
        var organisation = unit.Find<string>("SELECT organisation_code FROM line WHERE code = @line", new { line })
            ?? throw new RefusedException(new Refusal("line-unknown"));
        if (!Routes.IsConnected(unit, line))
        {
            return;
        }

        var stops = unit.Query<Row>(
            """
            SELECT hl.position, hl.line_code, l.organisation_code, hl.reason, hl.entered_at
            FROM handoff_line hl JOIN line l ON l.code = hl.line_code WHERE hl.handoff_id = @Id ORDER BY hl.position
            """,
            new { handoff.Id });
        var plan = new RoutePlan([.. stops.Select(s => new RouteStop(s.LineCode, s.OrganisationCode, Code.Parse<RouteReason>(s.Reason), true))]);
        var position = stops.FindIndex(s => s.LineCode == from);
        var next = plan.WithSuggested(position, new RouteStop(line, organisation, RouteReason.Suggested, true));
        if (ReferenceEquals(plan, next))
        {
            return;
        }

        unit.Execute("DELETE FROM handoff_line WHERE handoff_id = @Id", new { handoff.Id });
        Save(unit, handoff.Id, next);
        foreach (var stop in stops.Where(s => s.EnteredAt is not null))
        {
            unit.Execute("UPDATE handoff_line SET entered_at = @EnteredAt WHERE handoff_id = @Id AND line_code = @LineCode", new { stop.EnteredAt, handoff.Id, stop.LineCode });
        }

        unit.Execute("UPDATE handoff SET route_position = @position WHERE id = @Id", new { position = position + 1, handoff.Id });
    }

    /// <summary>Writes the stops that can ring, in order.</summary>
    public static void Save(Unit unit, long handoffId, RoutePlan plan)
    {
        var position = 0;
        foreach (var stop in plan.Ringing)
        {
            unit.Execute(
                "INSERT INTO handoff_line (handoff_id, position, line_code, reason) VALUES (@handoffId, @position, @Line, @reason)",
                new { handoffId, position = position++, stop.Line, reason = Code.Of(stop.Reason) });
        }
    }

    private sealed class Row
    {
        public int Position { get; init; }

        public string LineCode { get; init; } = "";

        public string OrganisationCode { get; init; } = "";

        public string Reason { get; init; } = "";

        public DateTime? EnteredAt { get; init; }
    }
}
