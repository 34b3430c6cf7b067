using System.Diagnostics;
using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Benchmarks.Figures;

/// <summary>The chain board over ten million open cases of one team (a hundred thousand when it has to be quick), beside the same board over ten thousand.</summary>
public sealed class ChainBoard : Bench
{
    private const int Few = 10_000;
    private const int Many = 10_000_000;

    public override string Name => "board";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var count = effort == Effort.Quick ? Many / 100 : Many;
        await using var few = await Board.NewAsync(Path.Combine(folder, "few"), Few);
        await using var many = await Board.NewAsync(Path.Combine(folder, "many"), count);
        await RoundAsync(4);
        var rounds = new List<(double, double)>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            rounds.Add(await RoundAsync(6));
        }

        return
        [
            Figure.Lower(
                $"chain board, {count.ToString("N0", CultureInfo.InvariantCulture)} cases", "ms", 1.2, rounds,
                $"ChainQuery.LoadAsync (rows, counts and panel), p50 over all tabs with and without choices and on a later page, all cases open in one team; floor: the same over {Few} cases; both on SQLite, in turns"),
        ];

        async Task<(double Value, double Floor)> RoundAsync(int times)
        {
            var (big, small) = (new List<double>(), new List<double>());
            for (var i = 0; i < times; i++)
            {
                foreach (var filter in Board.Filters)
                {
                    big.Add(await many.TimeAsync(filter));
                    small.Add(await few.TimeAsync(filter));
                }
            }

            return (Sample.Median(big), Sample.Median(small));
        }
    }

    /// <summary>A database of one team with so many open cases, written as rows: use cases would take hours.</summary>
    private sealed class Board(ServiceProvider services, Actor supervisor) : IAsyncDisposable
    {
        private const string Team = "gm0344-board";

        public static readonly IReadOnlyList<BoardFilter> Filters =
        [
            .. from tab in BoardFilter.Tabs
               from choice in new BoardFilter[]
               {
                   new(), new() { Topic = "debts" }, new() { LifeEvent = "death" }, new() { Organisation = "gm0518", Topic = "debts", LifeEvent = "death" },
                   new() { After = $"{new DateTime(2026, 1, 1, 0, 20, 0, DateTimeKind.Utc).Ticks}-1" },
               }
               select choice with { Tab = tab },
        ];

        public static async Task<Board> NewAsync(string folder, int cases)
        {
            var services = await FilledDatabase.NewAsync(folder, ["case_file", "deadline", "board_entry"], Rows(cases));
            var db = services.GetRequiredService<Db>();
            var id = await db.ReadAsync(r => r.ScalarAsync<long>("SELECT MIN(professional_id) FROM team_supervisor WHERE team_code = @Team", new { Team }));
            return new Board(services, (await Actor.LoadAsync(db, id))!);
        }

        public async Task<double> TimeAsync(BoardFilter filter)
        {
            using var scope = services.CreateScope();
            var board = scope.ServiceProvider.GetRequiredService<ChainQuery>();
            var began = Stopwatch.GetTimestamp();
            var view = await board.LoadAsync(supervisor, filter, null, FormState.Empty);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            return view.Rows.Rows.Count == 25 ? took : throw new InvalidOperationException($"{filter} shows {view.Rows.Rows.Count} rows");
        }

        public ValueTask DisposeAsync() => services.DisposeAsync();

        // Every case has a date and is on the first tab, some on all.
        private static string Rows(int cases)
        {
            const string Moment = "strftime('%Y-%m-%d %H:%M:%S', 1767225600 + i * 60, 'unixepoch') || '.000'";
            const string Topic = "CASE WHEN i % 3 = 0 THEN 'debts' ELSE 'general' END";
            const string LifeEvent = "CASE WHEN i % 2 = 0 THEN 'death' ELSE '-' END";
            var numbers = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {cases})";
            return $"""
                INSERT INTO team (code, organisation_code, name) VALUES ('{Team}', 'gm0344', 'Board');
                INSERT INTO professional (id, organisation_code, team_code, name, supervisor, front_office) VALUES (9001, 'gm0344', '{Team}', 'Supervisor', 1, 0), (9002, 'gm0344', '{Team}', 'Owner', 0, 1);
                INSERT INTO team_supervisor (team_code, professional_id) VALUES ('{Team}', 9001);
                INSERT INTO party (id, kind) VALUES (1, 'none');
                BEGIN;
                {numbers} INSERT INTO case_file (id, number, party_id, organisation_code, title, question, topic_code, life_event, state, owner_id, owner_organisation, owner_team, opened_by, opened_at, next_due, version)
                SELECT i, 'Z-' || i, 1, 'gm0344', 'Zaak ' || i, 'Vraag', {Topic}, {LifeEvent}, 'open', 9002, 'gm0344', '{Team}', 9002, {Moment}, {Moment}, 1 FROM n;
                {numbers} INSERT INTO deadline (id, subject_kind, subject_id, case_id, professional_id, starts_at, due_at, state, steps_fired, version)
                SELECT i, 'promise', i, i, 9002, {Moment}, {Moment}, 'running', 3, 1 FROM n;
                {numbers} INSERT INTO board_entry (case_id, tab, place, team_code, topic_code, life_event, at)
                SELECT i, t.tab, p.place, '{Team}', {Topic}, {LifeEvent}, {Moment}
                FROM n JOIN (SELECT 'risk' AS tab UNION ALL SELECT 'stalled' UNION ALL SELECT 'waiting' UNION ALL SELECT 'asked' UNION ALL SELECT 'open') t ON t.tab = 'risk' OR i % 10 < 3
                JOIN (SELECT '*' AS place UNION ALL SELECT 'gm0518') p ON p.place = '*' OR i % 50 < 3;
                COMMIT;
                """;
        }
    }
}
