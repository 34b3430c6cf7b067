using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Rota;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Team;

/// <summary>Who of a supervisor's teams is there, and which rings nobody answered today.</summary>
public sealed class TeamQuery(Db db, Say say, RotaQuery rota)
{
    public async Task<TeamView> LoadAsync(Actor actor, Refusal? refusal = null)
    {
        var tooFew = await rota.WarningsAsync(actor);
        return await db.ReadAsync(r => LoadAsync(r, actor, refusal, tooFew));
    }

    private async Task<TeamView> LoadAsync(Reader r, Actor actor, Refusal? refusal, IReadOnlyList<ShortWarning> tooFew)
    {
        var rows = await r.QueryAsync<Row>(
            """
            SELECT w.id, w.name, COALESCE(p.state, 'offline') AS state, p.since, m.line_code, m.is_on,
                   (SELECT COUNT(*) FROM handoff h WHERE h.specialist_id = w.id AND h.state IN ('accepted', 'connected')) AS talks
            FROM team_supervisor s JOIN professional w ON w.team_code = s.team_code AND w.active = 1 AND w.specialist = 1
            LEFT JOIN presence p ON p.professional_id = w.id LEFT JOIN line_member m ON m.professional_id = w.id
            WHERE s.professional_id = @Id ORDER BY w.name, w.id, m.tier, m.line_code
            """,
            new { actor.Id });
        var lines = rows.Where(row => row.LineCode is not null).Select(row => row.LineCode!).Distinct(StringComparer.Ordinal).ToList();
        var names = await LineNames.OfAsync(r, say, lines);
        var unanswered = lines.Count == 0 ? [] : await r.QueryAsync<Warning>(
            $"SELECT g.line_code, g.at, g.asked FROM line_warning g WHERE g.line_code IN @lines AND g.at >= @since ORDER BY g.at DESC, g.id DESC {r.Dialect.First(20)}",
            new { lines, since = AmsterdamTime.StartOfDay(AmsterdamTime.DateOf(db.Now())) });
        return new TeamView
        {
            People = [.. rows.GroupBy(row => row.Id).Select(g => Person([.. g], names))],
            Unanswered = unanswered.ConvertAll(w => new UnansweredRing(names[w.LineCode], w.At, w.Asked)),
            Short = tooFew,
            Refusal = refusal,
        };
    }

    private static TeamPerson Person(List<Row> rows, IReadOnlyDictionary<string, string> names) => new(
        rows[0].Id, rows[0].Name, rows[0].State, rows[0].Since, [.. rows.Where(row => row.LineCode is not null && row.IsOn == 1).Select(row => names[row.LineCode!])],
        rows[0].State != "offline" && rows[0].Talks == 0);

    private sealed class Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string State { get; init; } = "";

        public DateTime? Since { get; init; }

        public string? LineCode { get; init; }

        public int? IsOn { get; init; }

        public int Talks { get; init; }
    }

    private sealed class Warning
    {
        public string LineCode { get; init; } = "";

        public DateTime At { get; init; }

        public int Asked { get; init; }
    }
}
