using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Loket.Web;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Live;
using Loket.Web.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Benchmarks;

/// <summary>
/// Specialists who accept, refuse or let it ring, in one process on a real SQLite file with the sweeps running: the use
/// cases as the hub and the pages call them, without HTTP between.
/// </summary>
public sealed class RingLoad(RingLoadPlan plan, string folder)
{
    private const int Municipalities = 12;
    private readonly ConcurrentBag<double> requests = [];
    private readonly ConcurrentBag<double> answers = [];
    private readonly ConcurrentDictionary<long, bool> seen = [];
    private readonly ConcurrentBag<Task> people = [];
    private ServiceProvider services = null!;
    private int requested;

    public async Task<RingLoadResult> RunAsync()
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddLocalization(options => options.ResourcesPath = "Texts");
        collection.AddLoketCore(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:Path"] = folder }).Build());
        services = collection.BuildServiceProvider();
        await using (services)
        {
            await The<Migrator>().RunAsync();
            await The<NodeLease>().TakeAsync();
            var desks = await FillAsync();
            var cases = await CasesAsync(desks);
            using var stop = new CancellationTokenSource();
            var sweeping = SweepAsync(stop.Token);
            var answering = AnswerAsync(stop.Token);
            var began = Stopwatch.GetTimestamp();
            await AskAsync(cases);
            var rate = requested / Stopwatch.GetElapsedTime(began).TotalSeconds;
            await DrainAsync();
            await stop.CancelAsync();
            await Task.WhenAll(sweeping, answering);
            await Task.WhenAll(people);
            return await ResultAsync(rate);
        }
    }

    private async Task<List<Actor>> FillAsync()
    {
        await WriteAsync(unit =>
        {
            unit.Execute("INSERT INTO organisation (code, name, short_name, display_name, sort_name, kind) VALUES ('gm9000', 'Balie', 'Balie', 'Balie', 'balie', 'municipality')");
            unit.Execute("INSERT INTO team (code, organisation_code, name) VALUES ('gm9000-team', 'gm9000', 'Balie')");
            for (var n = 0; n < 20; n++)
            {
                Person(unit, 100 + n, "gm9000", specialist: false);
            }

            unit.Execute("INSERT INTO team_supervisor (team_code, professional_id) VALUES ('gm9000-team', 100)");
            for (var m = 0; m < Municipalities; m++)
            {
                var code = $"gm90{m + 10}";
                unit.Execute("INSERT INTO organisation (code, name, short_name, display_name, sort_name, kind) VALUES (@code, @code, @code, @code, @code, 'municipality')", new { code });
                unit.Execute("INSERT INTO team (code, organisation_code, name) VALUES (@team, @code, @code)", new { team = $"{code}-team", code });
            }

            for (var line = 0; line < plan.Lines; line++)
            {
                var (topic, municipality) = ($"topic{line / Municipalities}", $"gm90{(line % Municipalities) + 10}");
                if (line % Municipalities == 0)
                {
                    unit.Execute("INSERT INTO topic (code, name_nl, name_en, layer, position) VALUES (@topic, @topic, @topic, 'municipal', @line)", new { topic, line });
                }

                unit.Execute(
                    """
                    INSERT INTO line (code, organisation_code, topic_code, kind, name_nl, name_en, strategy, offer_seconds, live_seconds, is_live)
                    VALUES (@code, @municipality, @topic, 'municipal', @code, @code, @strategy, 3, 20, 1)
                    """,
                    new { code = $"{municipality}-{topic}", municipality, topic, strategy = Strategies[line % Strategies.Length] });
            }

            return 1;
        });
        await WriteAsync(unit =>
        {
            // Each specialist is on one line, and every third on a second one of the same municipality.
            for (var n = 0; n < plan.Specialists; n++)
            {
                var (line, id) = (n % plan.Lines, 1000 + n);
                Person(unit, id, $"gm90{(line % Municipalities) + 10}", specialist: true);
                Member(unit, id, line, n);
                if (n % 3 == 0 && line + Municipalities < plan.Lines)
                {
                    Member(unit, id, line + Municipalities, n);
                }
            }

            return 1;
        });
        for (var n = 0; n < plan.Specialists; n++)
        {
            await The<SetPresence>().RunAsync((await Actor.LoadAsync(The<Db>(), 1000 + n))!, "available", null);
        }

        var desks = new List<Actor>();
        for (var n = 0; n < 20; n++)
        {
            desks.Add((await Actor.LoadAsync(The<Db>(), 100 + n))!);
        }

        return desks;
    }

    private static readonly string[] Strategies = ["longest_idle", "longest_idle", "round_robin", "fewest_handled", "least_talk_time", "top_down", "weighted", "ring_all"];

    private static void Person(Unit unit, long id, string organisation, bool specialist) => unit.Execute(
        "INSERT INTO professional (id, organisation_code, team_code, name, front_office, specialist, supervisor, duty_supervisor) VALUES (@id, @organisation, @team, @name, @desk, @specialist, @first, @first)",
        new { id, organisation, team = $"{organisation}-team", name = $"Persoon {id}", desk = specialist ? 0 : 1, specialist = specialist ? 1 : 0, first = id == 100 ? 1 : 0 });

    private void Member(Unit unit, long id, int line, int n) => unit.Execute(
        "INSERT INTO line_member (line_code, professional_id, tier, position, weight) VALUES (@line, @id, @tier, @n, @weight)",
        new { line = Line(line), id, tier = 1 + (n / plan.Lines % 2), n, weight = 1 + (n % 3) });

    private static string Line(int line) => $"gm90{(line % Municipalities) + 10}-topic{line / Municipalities}";

    // Opened beforehand: what is measured is ringing, not the opening of cases.
    private async Task<List<(Actor Desk, long Case)>> CasesAsync(List<Actor> desks)
    {
        var cases = new List<(Actor, long)>();
        for (var n = 0; n < (int)(plan.PerSecond * plan.Time.TotalSeconds); n++)
        {
            var (desk, line) = (desks[n % desks.Count], n * 7 % plan.Lines);
            var opened = await The<OpenCase>().RunAsync(desk, new OpenCaseForm("Vraag", "person", $"topic{line / Municipalities}", $"gm90{(line % Municipalities) + 10}"), null);
            cases.Add((desk, long.Parse(opened.Value.CaseId, CultureInfo.InvariantCulture)));
        }

        return cases;
    }

    private async Task AskAsync(List<(Actor Desk, long Case)> cases)
    {
        var began = Stopwatch.GetTimestamp();
        var asking = new List<Task>();
        for (var n = 0; n < cases.Count; n++)
        {
            var wait = TimeSpan.FromSeconds((double)n / plan.PerSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            var (desk, caseId) = cases[n];
            asking.Add(Task.Run(async () =>
            {
                var at = Stopwatch.GetTimestamp();
                var answer = await The<RequestHandoff>().RunAsync(desk, caseId, new RequestHandoffForm("consult", "desk", "Wie kan dit?"), null);
                if (answer.IsOk)
                {
                    Interlocked.Increment(ref requested);
                    if (answer.Value.State == "offered")
                    {
                        requests.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                    }
                }
            }));
        }

        await Task.WhenAll(asking);
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await The<WatchClock>().RunAsync();
            await PauseAsync(500, ct);
        }
    }

    // Every specialist hears of an offer within 50 ms, as a push would tell them.
    private async Task AnswerAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var offer in await The<Db>().ReadAsync(r => r.QueryAsync<Pending>("SELECT id, professional_id, handoff_id FROM offer WHERE state = 'pending'")))
            {
                if (seen.TryAdd(offer.Id, true))
                {
                    people.Add(Task.Run(() => AnswerAsync(offer), CancellationToken.None));
                }
            }

            await PauseAsync(50, ct);
        }
    }

    private async Task AnswerAsync(Pending offer)
    {
        var chance = new Random((int)(offer.Id & int.MaxValue));
        var actor = (await Actor.LoadAsync(The<Db>(), offer.ProfessionalId))!;
        await Task.Delay(chance.Next(50, 400));
        switch (chance.Next(100))
        {
            case < 80:
                if ((await The<AnswerOffer>().AcceptAsync(actor, offer.Id, null)).IsOk)
                {
                    await Task.Delay(chance.Next(500, 2500));
                    await The<Conversation>().FinishAsync(actor, offer.HandoffId, new FinishForm("answered", null), null);
                    await The<Conversation>().DoneAsync(actor, offer.HandoffId, null);
                }

                break;
            case < 95:
                var at = Stopwatch.GetTimestamp();
                if ((await The<AnswerOffer>().DeclineAsync(actor, offer.Id, new DeclineForm("no_capacity", null, null), null)).IsOk)
                {
                    answers.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                }

                break;
            default:
                // Lets it ring, and is back a little after it was missed.
                await Task.Delay(5000);
                await The<SetPresence>().RunAsync(actor, "available", null);
                break;
        }
    }

    private async Task DrainAsync()
    {
        for (var n = 0; n < 400; n++)
        {
            if (await CountAsync("SELECT COUNT(*) FROM handoff h WHERE h.state IN ('queued', 'offered', 'accepted', 'connected', 'wrapping')") == 0)
            {
                return;
            }

            await Task.Delay(100);
        }
    }

    private async Task<RingLoadResult> ResultAsync(double rate)
    {
        // Two offers of one person that were pending at the same moment.
        var doubles = await CountAsync(
            """
            SELECT COUNT(*) FROM offer a JOIN offer b ON b.professional_id = a.professional_id AND b.id > a.id
            WHERE b.offered_at < a.decided_at
            """);
        var twice = await CountAsync("SELECT COUNT(*) FROM (SELECT handoff_id FROM offer WHERE state = 'accepted' GROUP BY handoff_id HAVING COUNT(*) > 1) x");
        var closed = await CountAsync("SELECT COUNT(*) FROM handoff WHERE state = 'closed'");
        var callbacks = await CountAsync("SELECT COUNT(*) FROM handoff WHERE state = 'callback_scheduled'");
        return new RingLoadResult(
            requested, await CountAsync("SELECT COUNT(*) FROM offer"), closed, callbacks, requested - closed - callbacks, doubles, twice,
            At(requests, 0.5), At(requests, 0.99), At(requests, 1), At(answers, 0.5), At(answers, 0.99), rate);
    }

    private static double At(IEnumerable<double> sample, double share)
    {
        var sorted = sample.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    private async Task<int> CountAsync(string sql) => (int)await The<Db>().ReadAsync(r => r.ScalarAsync<long>(sql));

    private Task WriteAsync(Func<Unit, int> write) => The<Db>().WriteAsync<int>(unit => write(unit));

    private static async Task PauseAsync(int milliseconds, CancellationToken ct)
    {
        try
        {
            await Task.Delay(milliseconds, ct);
        }
        catch (OperationCanceledException)
        {
            // The loop ends by its condition.
        }
    }

    private T The<T>() where T : notnull => services.GetRequiredService<T>();

    private sealed class Pending
    {
        public long Id { get; init; }

        public long ProfessionalId { get; init; }

        public long HandoffId { get; init; }
    }
}
