using System.Diagnostics;
using System.Globalization;
using Loket.Benchmarks.Floor;
using Loket.Domain;
using Loket.Web;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Live;
using Loket.Web.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Benchmarks.Figures;

/// <summary>
/// Sixteen callers ask, accept and close handoffs at the use cases, in this process, without HTTP: acknowledged steps a
/// second beside single bare durable commits a second.
/// </summary>
public sealed class HandoffSteps : Bench
{
    private const int Callers = 16;
    private const int StepsOfOne = 4;
    private const int HandoffsOfOne = 5;
    private const int CommitsInSlice = 400;
    private const int WarmUp = 40;

    public override string Name => "steps";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var slices = 5 * effort.Scale;
        await using var services = await CoreAsync(Path.Combine(folder, "loket"));
        using var commit = new DurableCommit(Path.Combine(folder, "commit.db"));
        var callers = await CallersAsync(services);
        for (var warm = 0; warm < WarmUp; warm++)
        {
            await SliceAsync(services, callers);
        }

        var rounds = new List<(double, double)>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            var (steps, commits) = (TimeSpan.Zero, TimeSpan.Zero);
            for (var slice = 0; slice < slices; slice++)
            {
                commits += commit.Time(CommitsInSlice);
                steps += await SliceAsync(services, callers);
            }

            rounds.Add((slices * Callers * HandoffsOfOne * StepsOfOne / steps.TotalSeconds, slices * CommitsInSlice / commits.TotalSeconds));
        }

        return
        [
            Figure.Higher(
                "handoff steps a second, at the use cases", "/s", 1, rounds,
                $"{Callers} callers, {slices * HandoffsOfOne} handoffs each a round in {slices} turns with the floor; a step is one acknowledged durable transaction with state, journal, deadline and idempotency key: request, accept, finish, close; floor: single bare durable commits one after the other"),
        ];
    }

    private static async Task<ServiceProvider> CoreAsync(string data)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddLocalization(o => o.ResourcesPath = "Texts");
        collection.AddLoketCore(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:Path"] = data, ["Demo:Enabled"] = "true" }).Build());
        var services = collection.BuildServiceProvider();
        await services.GetRequiredService<Migrator>().RunAsync();
        await services.GetRequiredService<NodeLease>().TakeAsync();
        await services.GetRequiredService<ImportReference>().RunAsync(services.GetRequiredService<ReferenceSet>(), services.GetRequiredService<DemoSet>());
        return services;
    }

    /// <summary>Pairs of a desk and a specialist who is the only one that is free on a line of their own.</summary>
    private static async Task<List<Caller>> CallersAsync(ServiceProvider services)
    {
        var db = services.GetRequiredService<Db>();
        var members = await db.ReadAsync(r => r.QueryAsync<MemberRow>(
            """
            SELECT m.line_code, m.professional_id, l.topic_code, CASE WHEN o.kind = 'municipality' THEN o.code ELSE 'gm0344' END AS municipality
            FROM line_member m JOIN line l ON l.code = m.line_code JOIN organisation o ON o.code = l.organisation_code ORDER BY m.line_code, m.professional_id
            """));
        var desk = (await Actor.LoadAsync(db, (await db.ReadAsync(r => r.QueryAsync<long>("SELECT id FROM professional WHERE front_office = 1 AND specialist = 0 ORDER BY id")))[0]))!;
        var linesOf = members.ToLookup(m => m.ProfessionalId, m => m.LineCode);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var callers = new List<Caller>();
        foreach (var line in members.GroupBy(m => m.LineCode, StringComparer.Ordinal).Where(l => !taken.Contains(l.Key)))
        {
            if (callers.Count < Callers && line.FirstOrDefault(m => !linesOf[m.ProfessionalId].Any(taken.Contains)) is { } free)
            {
                taken.UnionWith(linesOf[free.ProfessionalId]);
                var specialist = (await Actor.LoadAsync(db, free.ProfessionalId))!;
                Need(await services.GetRequiredService<SetPresence>().RunAsync(specialist, "available", null));
                callers.Add(new Caller(desk, specialist, line.Key, free.TopicCode, free.Municipality));
            }
        }

        return callers.Count == Callers ? callers : throw new InvalidOperationException($"Only {callers.Count} lines with a specialist of their own");
    }

    private static async Task<TimeSpan> SliceAsync(ServiceProvider services, List<Caller> callers)
    {
        var open = services.GetRequiredService<OpenCase>();
        var cases = await Task.WhenAll(callers.Select(async caller =>
        {
            var ids = new List<long>();
            for (var i = 0; i < HandoffsOfOne; i++)
            {
                var form = new OpenCaseForm("Ik kan de huur niet betalen en krijg brieven.", "person", caller.Topic, caller.Municipality);
                ids.Add(Id(Need(await open.RunAsync(caller.Desk, form, null)).CaseId));
            }

            return ids;
        }));
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(callers.Select((caller, i) => Task.Run(() => WorkAsync(services, caller, cases[i]))));
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task WorkAsync(ServiceProvider services, Caller caller, List<long> cases)
    {
        var request = services.GetRequiredService<RequestHandoff>();
        var answer = services.GetRequiredService<AnswerOffer>();
        var conversation = services.GetRequiredService<Conversation>();
        var db = services.GetRequiredService<Db>();
        foreach (var caseId in cases)
        {
            var form = new RequestHandoffForm("consult", "desk", Handoffs.Question, FirstLine: caller.Line);
            var asked = Need(await request.RunAsync(caller.Desk, caseId, form, Key()));
            var handoff = Id(asked.HandoffId);
            var offer = await db.ReadAsync(r => r.ScalarAsync<long>("SELECT id FROM offer WHERE professional_id = @Id AND state = 'pending'", new { caller.Specialist.Id }));
            Need(await answer.AcceptAsync(caller.Specialist, offer, Key()));
            Need(await conversation.FinishAsync(caller.Specialist, handoff, new FinishForm("answered", "Uitgelegd wat er nodig is."), Key()));
            Need(await conversation.DoneAsync(caller.Specialist, handoff, Key()));
        }
    }

    private static T Need<T>(Outcome<T> outcome) => outcome.IsOk ? outcome.Value : throw new InvalidOperationException(outcome.Refusal!.Code);

    private static long Id(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    private static string Key() => Guid.NewGuid().ToString("N");

    private sealed record Caller(Actor Desk, Actor Specialist, string Line, string Topic, string Municipality);

    private sealed class MemberRow
    {
        public string LineCode { get; init; } = "";

        public long ProfessionalId { get; init; }

        public string TopicCode { get; init; } = "";

        public string Municipality { get; init; } = "";
    }
}
