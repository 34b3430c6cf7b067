using Loket.Web;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Benchmarks.Figures;

/// <summary>
/// A database in which very many deadlines stand before the same second: each in a case of its own, opened in the journal,
/// with the people of the demo.
/// </summary>
internal static class DeadlineCrowd
{
    /// <summary>The moment from which they fall due, UTC: a hundred thousand a second.</summary>
    public static readonly DateTime Due = new(2026, 9, 1, 9, 0, 0, DateTimeKind.Utc);

    public static readonly DateTime JustBefore = Due.AddMinutes(-1);

    private const int InUnit = 1000;
    private static readonly TimeSpan Term = TimeSpan.FromHours(8);

    /// <summary>The whole program on this folder and clock; starts nothing yet.</summary>
    public static WebApplication Build(string data, TimeProvider clock, Action<WebApplicationBuilder> runner) => LoketApp.Build(
        ["--Data:Path", data, "--Urls", "http://127.0.0.1:0", "--Demo:Colleagues", "false", "--Logging:LogLevel:Default", "Error"],
        builder =>
        {
            builder.Services.AddSingleton(clock);
            runner(builder);
        });

    public static async Task PrepareAsync(string data, int count)
    {
        var clock = new ShiftedClock(Due - Term);
        await using var app = Build(data, clock, _ => { });
        await app.PrepareAsync();
        var db = app.Services.GetRequiredService<Db>();
        var desk = await PeopleAsync(db, "front_office = 1 AND specialist = 0");
        var specialists = await PeopleAsync(db, "specialist = 1");
        var party = db.NewId();
        await db.WriteAsync<int>(unit => unit.Execute("INSERT INTO party (id, kind) VALUES (@party, 'person')", new { party }));
        for (var made = 0; made < count; made += InUnit)
        {
            var from = made;
            await db.WriteAsync<int>(unit =>
            {
                for (var i = from; i < Math.Min(count, from + InUnit); i++)
                {
                    var owner = desk[i % desk.Count];
                    var id = unit.NewId();
                    var due = Due.AddMilliseconds(i / 100);
                    unit.Execute(
                        """
                        INSERT INTO case_file (id, number, party_id, organisation_code, title, question, topic_code, state, owner_id, owner_organisation, owner_team, opened_by, opened_at, next_due, version)
                        VALUES (@id, @number, @party, @OrganisationCode, 'Huur', 'Ik kan de huur niet betalen.', 'debts', 'open', @Id2, @OrganisationCode, @TeamCode, @Id2, @Now, @due, 1)
                        """,
                        new { id, number = $"{i}", party, owner.OrganisationCode, Id2 = owner.Id, owner.TeamCode, unit.Now, due });
                    unit.Execute(
                        """
                        INSERT INTO deadline (id, subject_kind, subject_id, case_id, professional_id, starts_at, due_at, state, steps_fired, next_at, version)
                        VALUES (@deadline, 'promise', @deadline, @id, @person, @start, @due, 'running', 1, @due, 1)
                        """,
                        new { deadline = unit.NewId(), id, person = specialists[i % specialists.Count].Id, start = due - Term, due });
                    unit.Append(new Entry(id, "case_opened", id, owner.Id, owner.OrganisationCode, new { }));
                }

                return 0;
            });
        }

        // The titles go where they belong now, and not when a copy of this is first started.
        await app.Services.GetRequiredService<MoveTexts>().RunAsync(CancellationToken.None);

        // A minute before, all that these cases brought about is done: the board has placed them.
        clock.Set(JustBefore);
        foreach (var scheduled in Schedule.All)
        {
            await ((IJob)app.Services.GetRequiredService(scheduled.Job)).RunAsync(CancellationToken.None);
        }
    }

    /// <summary>A copy of the whole data folder, on disk: else the first commits would have to bring it there.</summary>
    public static string Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            using var written = File.OpenWrite(copy);
            written.Flush(flushToDisk: true);
        }

        return to;
    }

    // Who is a condition of this class.
    private static Task<List<Person>> PeopleAsync(Db db, string who) => db.ReadAsync(r => r.QueryAsync<Person>(
        $"SELECT id, organisation_code, team_code FROM professional WHERE {who} AND active = 1 ORDER BY id"));

    private sealed class Person
    {
        public long Id { get; init; }

        public string OrganisationCode { get; init; } = "";

        public string TeamCode { get; init; } = "";
    }
}

/// <summary>Runs as fast as the real clock, from a moment that can be set.</summary>
internal sealed class ShiftedClock(DateTime from) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTime start = from;
    private long since = System.GetTimestamp();

    public void Set(DateTime utc)
    {
        lock (gate)
        {
            start = utc;
            since = GetTimestamp();
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return new DateTimeOffset(start + GetElapsedTime(since), TimeSpan.Zero);
        }
    }
}
