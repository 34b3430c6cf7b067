using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.People;
using Loket.Web.Features.Presence;
using Loket.Web.Features.Shared;
using Loket.Web.Live;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>
/// Three bodies with people who do anything at any moment: mostly on what is theirs, sometimes on what is not. A step
/// ends in an answer or a refusal; an exception is a defect.
/// </summary>
internal sealed partial class ModelWorld(World world) : IAsyncDisposable
{
    private static readonly (string Topic, string? Municipality)[] Subjects =
        [("debts", "gm0518"), ("debts", "gm0518"), ("debts", "gm0518"), ("permits", "gm0518"), ("general", "gm0518"), ("debts", "gm0344"), ("child_benefit", null), ("fines", null)];

    private static readonly string[] Modes = ["consult", "warm", "cold"];
    private static readonly string[] Lines = ["gm0518-debts", "gm0518-general", "zb000143-child-benefit"];
    private static readonly string[] Reasons = ["no_capacity", "other", "not_competent", "conflict_of_interest", "missing_information", "tired"];
    private static readonly string[] Outcomes = ["answered", "returned", "callback", "step_taken", ""];
    private static readonly string[] Presences = ["available", "available", "available", "available", "available", "available", "break", "wrap_up", "offline"];
    private readonly List<long> people = [];

    public World World => world;

    public static async Task<ModelWorld> NewAsync(TestEngine engine)
    {
        var world = await World.NewAsync(engine);
        var given = world.Given;
        var made = new List<Actor>
        {
            await given.FrontOffice("gm0344"), await given.FrontOffice("gm0344"), await given.FrontOffice("gm0518"),
            await given.Supervisor("gm0344"), await given.Supervisor("gm0344", onDuty: false),
            await given.Supervisor("gm0518"), await given.Supervisor("gm0518", onDuty: false), await given.Supervisor("zb000143"),
        };
        made.AddRange((await given.Line("gm0518-debts", members: 3)).Members);
        made.AddRange((await given.Line("gm0518-general", members: 2, strategy: "ring_all")).Members);
        made.AddRange((await given.Line("zb000143-child-benefit", members: 2)).Members);
        await given.Line("gm0344-debts");
        await given.Line("gm0518-permits");
        await given.Line("oorg10101-fines");
        // One specialist on two lines, and a desk colleague who is on the general line too.
        await given.Member("gm0518-general", made[8]);
        await given.Member("gm0518-general", made[2], tier: 2);
        var model = new ModelWorld(world);
        model.people.AddRange(made.Select(a => a.Id));
        await given.Available(made.Skip(8));
        for (var i = 0; i < 3; i++)
        {
            await model.DoAsync(new ModelStep(Act.OpenCase, 1, i, 0));
        }

        return model;
    }

    /// <summary>Does the step; true when something came of it.</summary>
    public Task<bool> DoAsync(ModelStep s) => s.Act switch
    {
        Act.OpenCase => ByAsync(Mostly(s, 0, 3), a => Ask(world.The<OpenCase>().RunAsync(
            a, new OpenCaseForm("Hoe moet dit?", "person", Of(Subjects, s.What).Topic, Of(Subjects, s.What).Municipality), null))),
        Act.Request => OnAsync("SELECT id, owner_id AS person FROM case_file ORDER BY id", s, (a, id) => Ask(world.The<RequestHandoff>().RunAsync(
            a, id, new RequestHandoffForm(Of(Modes, s.How), "desk", "Kan dit opnieuw?", s.How % 2 == 0, s.How % 5 == 0 ? "gm0518-general" : null), null))),
        Act.Accept => OnAsync(Offers, s, (a, id) => Ask(world.The<AnswerOffer>().AcceptAsync(a, id, null))),
        Act.Decline => OnAsync(Offers, s, (a, id) => Ask(world.The<AnswerOffer>().DeclineAsync(
            a, id, new DeclineForm(Of(Reasons, s.How), s.How % 7 == 0 ? null : "reden", Of(Lines, s.Who)), null))),
        Act.MoreTime => OnAsync(Offers, s, (a, id) => Ask(world.The<AnswerOffer>().MoreTimeAsync(a, id, null))),
        Act.Presence => OnAsync(Away, s, (a, _) => Ask(world.The<SetPresence>().RunAsync(a, Of(Presences, s.How), null))),
        Act.Wait => WaitAsync(TimeSpan.FromSeconds(1 + (s.How % 25))),
        Act.Vanish => ByAsync(Mostly(s, 8, 15), a => Ask(world.The<SetPresence>().VanishAsync(a.Id, world.The<Connections>().Holder, TimeSpan.FromSeconds(s.How % 90)))),
        Act.Arrive => ByAsync(Mostly(s, 8, 15), a => Ask(world.The<SetPresence>().ArriveAsync(a))),
        Act.Confirm => OnAsync(Talks("accepted"), s, (a, id) => Ask(world.The<Conversation>().ConfirmCitizenAsync(a, id, "headset", null))),
        Act.Finish => OnAsync(Talks("connected"), s, (a, id) => Ask(world.The<Conversation>().FinishAsync(
            a, id, new FinishForm(Of(Outcomes, s.How), s.How % 9 == 0 ? null : "tekst", world.Clock.UtcNow.AddHours(s.How % 50)), null))),
        Act.Done => OnAsync(Talks("wrapping"), s, (a, id) => Ask(world.The<Conversation>().DoneAsync(a, id, null))),
        Act.Message => OnAsync(Talks("connected"), s, (a, id) => Ask(world.The<Conversation>().SendAsync(a, id, "Dag", null))),
        Act.Withdraw => OnAsync(Sent(Open), s, (a, id) => Ask(world.The<StopRinging>().WithdrawAsync(a, id, null))),
        Act.CitizenLeft => OnAsync(Sent(Open), s, (a, id) => Ask(world.The<StopRinging>().CitizenLeftAsync(a, id, null))),
        Act.NextLine => OnAsync(Sent("'queued', 'offered'"), s, (a, id) => Ask(world.The<StopRinging>().NextLineAsync(a, id, null))),
        Act.Callback => OnAsync(Sent("'queued', 'offered'"), s, (a, id) => Ask(world.The<StopRinging>().CallbackAsync(a, id, null))),
        Act.Attempt => OnAsync(Callbacks, s, (a, id) => Ask(world.The<AttemptCallback>().RunAsync(a, id, new AttemptForm(s.How % 3 == 0 ? "reached" : "no_answer", null), null))),
        Act.Promise => OnAsync("SELECT case_id AS id, professional_id AS person FROM case_participant WHERE until IS NULL ORDER BY case_id, professional_id", s, (a, id) =>
            Ask(world.The<Promises>().MakeAsync(a, id, new PromiseForm("Ik zoek het uit", world.Clock.UtcNow.AddHours(s.How % 60)), null))),
        Act.EndPromise => OnAsync("SELECT id, professional_id AS person FROM promise ORDER BY state DESC, id", s, (a, id) => Ask(s.How % 2 == 0
            ? world.The<Promises>().KeepAsync(a, id, null)
            : world.The<Promises>().WithdrawAsync(a, id, s.How % 5 == 0 ? null : "niet nodig", null))),
        Act.AskOwner => OnAsync("SELECT id, owner_id AS person FROM case_file ORDER BY id", s, (a, id) => Ask(world.The<Ownership>().AskAsync(a, id, Of(people, s.How), null))),
        Act.AnswerOwner => AnswerOwnerAsync(s),
        Act.Chase => ChaseAsync(TimeSpan.FromHours(s.How % 30)),
        Act.Acknowledge => OnAsync("SELECT id, to_id AS person FROM escalation ORDER BY CASE WHEN acknowledged_at IS NULL THEN 1 ELSE 0 END, id", s, (a, id) => Ask(world.The<Escalations>().AcknowledgeAsync(a, id, null))),
        Act.AddStep or Act.AskStep or Act.AnswerStep or Act.WorkStep or Act.SuspendStep or Act.EndStep => StepAsync(s),
        Act.Away => ByAsync(s.How % 2 == 0 ? Mostly(s, 3, 8) : Mostly(s, 0, 15), a => AwayAsync(a, s)),
        Act.Back => OnAsync("SELECT id, professional_id AS person FROM absence ORDER BY until_at, id", s, (a, id) => Ask(world.The<Absences>().EndAsync(a, id, null))),
        Act.Spread => ByAsync(Mostly(s, 3, 8), a => SpreadAsync(a, s)),
        Act.Ladder => ByAsync(Mostly(s, 3, 8), a => LadderAsync(a, s)),
        Act.Day => ChaseAsync(TimeSpan.FromHours(4 + (s.How % 60))),
        _ => ByAsync(Mostly(s, 3, 8), async a => await Ask(world.The<Deactivate>().RunAsync(a, s.How % 3 == 0 ? Of(people, s.What) : await LedAsync(a, s), null))),
    };

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private const string Away = "SELECT professional_id AS id, professional_id AS person FROM presence ORDER BY CASE WHEN state IN ('missed', 'offline', 'break') THEN 1 ELSE 0 END, since DESC";
    private const string Offers = "SELECT id, professional_id AS person FROM offer WHERE state IN ('pending', 'timed_out', 'rescinded', 'accepted') ORDER BY CASE WHEN state = 'pending' THEN 1 ELSE 0 END, id";
    private const string Open = "'queued', 'offered', 'accepted', 'connected', 'wrapping', 'callback_scheduled', 'escalated'";
    private const string Callbacks = "SELECT id, professional_id AS person FROM callback ORDER BY CASE WHEN state IN ('scheduled', 'failed') THEN 1 ELSE 0 END, id";

    // Each list ends with what the action is meant for.
    private static string Talks(string state) =>
        $"SELECT id, specialist_id AS person FROM handoff WHERE specialist_id IS NOT NULL ORDER BY CASE WHEN state = '{state}' THEN 1 ELSE 0 END, id";

    private static string Sent(string states) =>
        $"SELECT id, sender_id AS person FROM handoff ORDER BY CASE WHEN state IN ({states}) THEN 1 ELSE 0 END, id";

    private Task<bool> AnswerOwnerAsync(ModelStep s)
    {
        var ownership = world.The<Ownership>();
        return (s.How % 5) switch
        {
            0 => OnAsync("SELECT id, asked_by AS person FROM ownership_request ORDER BY id", s, (a, id) => Ask(ownership.WithdrawAsync(a, id, null))),
            1 => OnAsync("SELECT id, to_id AS person FROM ownership_request ORDER BY id", s, (a, id) => Ask(ownership.RefuseAsync(a, id, s.How % 2 == 0 ? null : "druk", null))),
            _ => OnAsync("SELECT id, to_id AS person FROM ownership_request ORDER BY id", s, (a, id) => Ask(ownership.AcceptAsync(a, id, null))),
        };
    }

    private async Task<bool> WaitAsync(TimeSpan time)
    {
        world.Clock.Advance(time);
        await world.The<WatchClock>().RunAsync();
        return true;
    }

    private async Task<bool> ChaseAsync(TimeSpan time)
    {
        await WaitAsync(time);
        await world.The<StartAbsences>().RunAsync(CancellationToken.None);
        await world.The<ChaseDeadlines>().RunAsync(CancellationToken.None);
        await world.The<ClimbEscalations>().RunAsync(CancellationToken.None);
        return true;
    }

    // Themselves or somebody they lead, for a few days or until further notice; mostly a colleague stands in.
    private async Task<bool> AwayAsync(Actor by, ModelStep s)
    {
        var who = s.How % 3 == 0 ? await LedAsync(by, s) : by.Id;
        var first = AmsterdamTime.DateOf(world.Clock.UtcNow).AddDays(s.How / 2 % 3);
        var colleagues = await world.QueryAsync<long>("SELECT id FROM professional WHERE organisation_code = @OrganisationCode AND id <> @who ORDER BY id", new { by.OrganisationCode, who });
        long? standIn = s.How % 5 == 0 ? null : s.How % 7 == 0 || colleagues.Count == 0 ? Of(people, s.What) : Of(colleagues, s.What);
        return await Ask(world.The<Absences>().SetAsync(by, who, new AbsenceForm(first, s.How % 4 == 0 ? null : first.AddDays(s.How / 6 % 9), standIn), null));
    }

    // Mostly the one of the team with most to do.
    private async Task<long> LedAsync(Actor by, ModelStep s)
    {
        var led = await world.QueryAsync<long>(
            """
            SELECT p.id FROM professional p JOIN team_supervisor t ON t.team_code = p.team_code WHERE t.professional_id = @Id AND p.id <> @Id
            ORDER BY (SELECT COUNT(*) FROM deadline d WHERE d.professional_id = p.id AND d.state = 'running'), p.id
            """,
            new { by.Id });
        return led.Count == 0 || s.What % 8 == 0 ? Of(people, s.What) : led[^(1 + (s.What % Math.Min(2, led.Count)))];
    }

    // As previewed, with one row in ten for somebody else.
    private async Task<bool> SpreadAsync(Actor by, ModelStep s)
    {
        var who = await LedAsync(by, s);
        var preview = await world.AskAsync<SpreadQuery, SpreadView?>(q => q.LoadAsync(by, who, null, FormState.Empty));
        var rows = (preview?.Items ?? []).Where(i => i.To is not null).Select((i, n) =>
        {
            var to = (n + s.How) % 10 == 0 ? Of(people, s.How) : i.To!.Value;
            return i.Kind == "chain" ? new SpreadRow(null, i.Id, to) : new SpreadRow(i.Id, null, to);
        }).ToList();
        return await Ask(world.The<Spread>().RunAsync(by, who, new SpreadForm(rows), null));
    }

    private async Task<bool> LadderAsync(Actor by, ModelStep s)
    {
        var now = await world.AskAsync<LadderQuery, LadderView>(q => q.LoadAsync(by, FormState.Empty));
        return await Ask(world.The<LadderSettings>().SaveAsync(by, new LadderForm(5 + (s.How % 90), 5 + (s.What % 150), 15 + (s.How % 300), 1 + (s.What % 20), now.Version), null));
    }

    // Mostly the person it belongs to, one time in eight anybody; what comes last in the list most often.
    private async Task<bool> OnAsync(string sql, ModelStep s, Func<Actor, long, Task<bool>> act)
    {
        var all = await world.QueryAsync<Subject>(sql);
        if (all.Count == 0)
        {
            return false;
        }

        var one = all[s.What % 4 != 0 ? all.Count - 1 - (s.What % Math.Min(2, all.Count)) : s.What / 4 % all.Count];
        var actor = s.Who % 8 == 0 ? await Actor.LoadAsync(world.Db, Of(people, s.Who / 8)) : await Actor.LoadAsync(world.Db, one.Person);
        return actor is not null && await act(actor, one.Id);
    }

    // People are kept by part: desks, then supervisors, then specialists.
    private static int Mostly(ModelStep s, int from, int to) => s.Who % 8 == 0 ? s.Who / 8 : from + (s.Who % (to - from));

    private async Task<bool> ByAsync(int who, Func<Actor, Task<bool>> act) =>
        await Actor.LoadAsync(world.Db, Of(people, who)) is { } actor && await act(actor);

    private static async Task<bool> Ask<T>(Task<Outcome<T>> answer) => (await answer).IsOk;

    private static T Of<T>(IReadOnlyList<T> list, int n) => list[n % list.Count];

    private sealed class Subject
    {
        public long Id { get; init; }

        public long Person { get; init; }
    }
}
