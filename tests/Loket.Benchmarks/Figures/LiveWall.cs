using System.Diagnostics;
using System.Globalization;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Wall;
using Loket.Web.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Benchmarks.Figures;

/// <summary>The live wall of an organisation that handled very many questions, beside the same wall after ten thousand.</summary>
public sealed class LiveWall : Bench
{
    private const int Few = 10_000;
    private const int Many = 10_000_000;

    public override string Name => "wall";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var count = effort == Effort.Quick ? Many / 100 : Many;
        await using var few = await Wall.NewAsync(Path.Combine(folder, "few"), Few);
        await using var many = await Wall.NewAsync(Path.Combine(folder, "many"), count);
        await RoundAsync(20);
        var rounds = new List<(double, double)>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            rounds.Add(await RoundAsync(60));
        }

        return
        [
            Figure.Lower(
                $"live wall, {count.ToString("N0", CultureInfo.InvariantCulture)} cases", "ms", 1.2, rounds,
                $"WallQuery.LoadAsync of a municipality, p50; {count} cases with a handoff, an offer and a route of two lines each, 60 of them ringing, and a full day of counts; floor: the same over {Few} cases; both on SQLite, in turns"),
        ];

        async Task<(double Value, double Floor)> RoundAsync(int times)
        {
            var (big, small) = (new List<double>(), new List<double>());
            for (var i = 0; i < times; i++)
            {
                big.Add(await many.TimeAsync());
                small.Add(await few.TimeAsync());
            }

            return (Sample.Median(big), Sample.Median(small));
        }
    }

    private sealed class Wall(ServiceProvider services, Actor supervisor) : IAsyncDisposable
    {
        private const int Ringing = 60;

        public static async Task<Wall> NewAsync(string folder, int cases)
        {
            var services = await FilledDatabase.NewAsync(folder, ["case_file", "handoff", "handoff_line", "offer"], Rows(cases));
            var db = services.GetRequiredService<Db>();
            var id = await db.ReadAsync(r => r.ScalarAsync<long>("SELECT MIN(id) FROM professional WHERE organisation_code = 'gm0344' AND supervisor = 1"));
            return new Wall(services, (await Actor.LoadAsync(db, id))!);
        }

        public async Task<double> TimeAsync()
        {
            using var scope = services.CreateScope();
            var query = scope.ServiceProvider.GetRequiredService<WallQuery>();
            var began = Stopwatch.GetTimestamp();
            var view = await query.LoadAsync(supervisor);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            return view.Own.Count > 5 && view.Asked.Count > 5 && view.Own.Sum(l => l.Waiting) == Ringing && view.Own.All(l => l.Hours.Count == 9)
                ? took
                : throw new InvalidOperationException("The wall is not what was written");
        }

        public ValueTask DisposeAsync() => services.DisposeAsync();

        // Questions of one municipality to its own debts line and on to its general one; the last ones ring now.
        private static string Rows(int cases)
        {
            const string Moment = "strftime('%Y-%m-%d %H:%M:%S', 1767225600 + i * 20, 'unixepoch') || '.000'";
            var today = AmsterdamTime.DateOf(TimeProvider.System.GetUtcNow().UtcDateTime);
            var day = (today.Year * 10000) + (today.Month * 100) + today.Day;
            var numbers = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {cases})";
            var rings = $"i > {cases - Ringing}";
            return $"""
                INSERT INTO party (id, kind) VALUES (1, 'none');
                BEGIN;
                {numbers} INSERT INTO case_file (id, number, party_id, organisation_code, title, question, topic_code, state, owner_id, owner_organisation, owner_team, opened_by, opened_at, version)
                SELECT i, 'Z-' || i, 1, 'gm0344', 'Zaak ' || i, 'Vraag', 'debts', 'open', (SELECT MIN(id) FROM professional), 'gm0344', 'board', 1, {Moment}, 1 FROM n;
                {numbers} INSERT INTO handoff (id, case_id, mode, citizen_at, topic_code, line_question, state, sender_id, sender_organisation, round, route_position, queued_at, line_code, version)
                SELECT i, i, 'warm', 'desk', 'debts', 'Kan dat?', CASE WHEN {rings} THEN 'queued' ELSE 'closed' END, (SELECT MIN(id) FROM professional), 'gm0344', 1, 0, {Moment},
                       CASE WHEN {rings} THEN NULL ELSE 'gm0344-debts' END, 1 FROM n;
                {numbers} INSERT INTO handoff_line (handoff_id, position, line_code, reason)
                SELECT i, p.position, p.line, 'municipal' FROM n JOIN (SELECT 0 AS position, 'gm0344-debts' AS line UNION ALL SELECT 1, 'gm0344-general') p;
                {numbers} INSERT INTO offer (id, handoff_id, round, line_code, professional_id, why, why_count, state, offered_at, expires_at, version)
                SELECT i, i, 1, 'gm0344-debts', (SELECT MIN(id) FROM professional), 'longest_idle', 1, 'declined', {Moment}, {Moment}, 1 FROM n;
                COMMIT;
                INSERT INTO wall_day (day, line_code, measure, asker_code, kind, bucket, n)
                SELECT {day}, l.code, m.measure, CASE WHEN m.measure = 'wait' THEN '' ELSE 'gm0344' END, m.kind, m.bucket, 10 FROM line l
                JOIN (SELECT 'offered' AS measure, '' AS kind, 0 AS bucket UNION ALL SELECT 'accepted', '', 0 UNION ALL SELECT 'declined', 'no_capacity', 0 UNION ALL SELECT 'declined', 'outside_area', 0
                      UNION ALL SELECT 'missed', '', 0 UNION ALL SELECT 'abandoned', '', 0
                      UNION ALL SELECT 'wait', h.kind, b.bucket FROM (SELECT '08' AS kind UNION ALL SELECT '09' UNION ALL SELECT '10' UNION ALL SELECT '11' UNION ALL SELECT '12' UNION ALL SELECT '13' UNION ALL SELECT '14' UNION ALL SELECT '15' UNION ALL SELECT '16') h
                      JOIN (SELECT 5 AS bucket UNION ALL SELECT 15 UNION ALL SELECT 30 UNION ALL SELECT 60 UNION ALL SELECT 90 UNION ALL SELECT 120) b) m
                WHERE l.organisation_code IN ('gm0344', 'gm0518');
                """;
        }
    }
}
