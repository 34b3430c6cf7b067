using Loket.Domain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Live;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>All that can happen to offers and presence.</summary>
public enum RingAct
{
    Ask, Accept, Decline, MoreTime, Say, Switch, Wait, Drop, Connect, Finish, Done, Return, Withdraw, NextLine, SignOut, Set, Join,
}

/// <summary>One act; the numbers choose who, on what, and how, from what exists at that moment.</summary>
public sealed record RingStep(RingAct Act, int Who, int What, int How);

/// <summary>
/// The Hague with four lines of different strategy, tiers, capacity and overflow, seven specialists each on several of
/// them, two desks, and two nodes on one database.
/// </summary>
internal sealed class RingModelWorld : IAsyncDisposable
{
    private static readonly string[] Topics = ["debts", "permits", "care_wmo", "work_income"];
    private static readonly string?[] Spoken = [null, null, "pl", "ar"];
    private readonly World world;
    private readonly Node[] nodes;
    private readonly List<Actor> people = [];
    private readonly List<Actor> desks = [];
    private Actor supervisor = null!;

    private RingModelWorld(World world, Node[] nodes)
    {
        this.world = world;
        this.nodes = nodes;
    }

    public World World => world;

    public static async Task<RingModelWorld> NewAsync(TestEngine engine)
    {
        var fresh = await World.NewAsync(engine);
        var model = new RingModelWorld(fresh, [fresh.Node, await fresh.AnotherNodeAsync()]);
        await model.FillAsync();
        return model;
    }

    public async Task<bool> DoAsync(RingStep s) => s.Act switch
    {
        RingAct.Ask => await AskAsync(s),
        RingAct.Accept => await OnOfferAsync(s, (a, id) => Node(s).The<AnswerOffer>().AcceptAsync(a, id, null)),
        RingAct.Decline => await OnOfferAsync(s, (a, id) => Node(s).The<AnswerOffer>().DeclineAsync(a, id, Refusal(s.How), null)),
        RingAct.MoreTime => await OnOfferAsync(s, (a, id) => Node(s).The<AnswerOffer>().MoreTimeAsync(a, id, null)),
        RingAct.Say => await Ok(Node(s).The<SetPresence>().RunAsync(Person(s), Of(["available", "available", "available", "break", "wrap_up", "offline"], s.How), null)),
        RingAct.Switch => await SwitchAsync(s),
        RingAct.Wait => await WaitAsync(TimeSpan.FromSeconds(1 + (s.How % 31))),
        RingAct.Drop => await Ok(Node(s).The<SetPresence>().VanishAsync(Person(s).Id, await HolderAsync(s), TimeSpan.FromSeconds(Of([1, 3, 25, 70], s.How)), s.How % 7 == 0)),
        RingAct.Connect => await Ok(Node(s).The<SetPresence>().ArriveAsync(Person(s))),
        RingAct.Finish => await OnTalkAsync(s, "connected", (a, id) => Node(s).The<Conversation>().FinishAsync(a, id, new FinishForm("answered", null), null)),
        RingAct.Done => await OnTalkAsync(s, "wrapping", (a, id) => Node(s).The<Conversation>().DoneAsync(a, id, null)),
        RingAct.Return => await OnTalkAsync(s, "connected", (a, id) => Node(s).The<Conversation>().FinishAsync(a, id, new FinishForm("returned", "Past hier niet."), null)),
        RingAct.Withdraw => await OnSentAsync(s, (a, id) => Node(s).The<StopRinging>().WithdrawAsync(a, id, null)),
        RingAct.NextLine => await OnSentAsync(s, (a, id) => Node(s).The<StopRinging>().NextLineAsync(a, id, null)),
        RingAct.Join => await OnTalkAsync(s, "connected", (a, id) => Node(s).The<AskOneMoreLine>().RunAsync(a, id, new AskOneMoreLineForm(Line(s.How), "Kan dit erbij?"), null)),
        RingAct.SignOut => await Ok(Node(s).The<SignOutColleague>().RunAsync(supervisor, Person(s).Id, null)),
        _ => await world.ExecuteAsync("UPDATE line SET capacity = @n WHERE code = @line", new { n = 1 + (s.How % 3), line = Line(s.What) }) == 1,
    };

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private async Task FillAsync()
    {
        var given = world.Given;
        await given.Line("gm0518-debts");
        await given.Line("gm0518-permits", strategy: "ring_all");
        await given.Line("gm0518-care-wmo", strategy: "weighted", offerSeconds: 20);
        await given.Line("gm0518-work-income", strategy: "fewest_handled");
        await given.Line("gm0518-general", strategy: "round_robin");
        await given.Tiers("gm0518-care-wmo", "top_down 10", "round_robin 15 anyone", "ring_all anyone");
        await given.Tiers("gm0518-work-income", "least_talk_time 20");
        await given.Set("gm0518-debts", "capacity", 2);
        await given.Set("gm0518-general", "capacity", 3);
        await given.Set("gm0518-permits", "overflow_line", "gm0518-debts");
        for (var n = 0; n < 7; n++)
        {
            var person = await given.Person("gm0518", specialist: true);
            people.Add(person);
            for (var line = 0; line < 5; line++)
            {
                if ((n + line) % 3 != 0)
                {
                    await given.Member(Line(line), person, 1 + ((n + line) % 2));
                    await given.Place(Line(line), person, n, 1 + (n % 3));
                }
            }

            if (n % 2 == 0)
            {
                await given.Speaks(person, Of(["pl", "ar"], n / 2));
            }
        }

        desks.Add(await given.FrontOffice("gm0344"));
        desks.Add(await given.FrontOffice("gm0344"));
        await given.Supervisor("gm0344");
        supervisor = await given.Supervisor("gm0518");
    }

    private async Task<bool> AskAsync(RingStep s)
    {
        var desk = Of(desks, s.Who);
        var caseId = await world.Given.Case(desk, topic: Of(Topics, s.What));
        var form = new RequestHandoffForm(s.How % 5 == 0 ? "warm" : "consult", "desk", "Wie kan dit?", Language: Of(Spoken, s.How));
        return await Ok(Node(s).The<RequestHandoff>().RunAsync(desk, caseId, form, null));
    }

    private async Task<bool> SwitchAsync(RingStep s)
    {
        var person = Person(s);
        var lines = await world.QueryAsync<string>("SELECT line_code FROM line_member WHERE professional_id = @Id ORDER BY line_code", new { person.Id });
        return await Ok(Node(s).The<SwitchLine>().RunAsync(person, Of(lines, s.What), s.How % 3 > 0, null));
    }

    private async Task<bool> WaitAsync(TimeSpan time)
    {
        world.Clock.Advance(time);
        await Of(nodes, (int)time.TotalSeconds).The<WatchClock>().RunAsync();
        return true;
    }

    private async Task<string> HolderAsync(RingStep s) =>
        (await world.QueryAsync<string?>("SELECT holder FROM presence WHERE professional_id = @Id", new { Person(s).Id })).SingleOrDefault() ?? Node(s).The<Connections>().Holder;

    private DeclineForm Refusal(int how) => (how % 5) switch
    {
        0 => new DeclineForm("not_competent", null, Line(how / 5)),
        1 => new DeclineForm("missing_information", "Welk jaar?", null),
        _ => new DeclineForm("no_capacity", null, null),
    };

    // Mostly what is open now, one time in six anything that ever was.
    private Task<bool> OnOfferAsync<T>(RingStep s, Func<Actor, long, Task<Outcome<T>>> act) => OnAsync(
        s, s.What % 6 == 0 ? "SELECT id, professional_id AS person FROM offer ORDER BY id" : "SELECT id, professional_id AS person FROM offer WHERE state = 'pending' ORDER BY id", act);

    private Task<bool> OnTalkAsync<T>(RingStep s, string state, Func<Actor, long, Task<Outcome<T>>> act) => OnAsync(
        s, $"SELECT id, specialist_id AS person FROM handoff WHERE specialist_id IS NOT NULL{(s.What % 6 == 0 ? "" : $" AND state = '{state}'")} ORDER BY id", act);

    private Task<bool> OnSentAsync<T>(RingStep s, Func<Actor, long, Task<Outcome<T>>> act) => OnAsync(
        s, "SELECT id, sender_id AS person FROM handoff WHERE state IN ('queued', 'offered') ORDER BY id", act);

    private async Task<bool> OnAsync<T>(RingStep s, string sql, Func<Actor, long, Task<Outcome<T>>> act)
    {
        var all = await world.QueryAsync<Subject>(sql);
        if (all.Count == 0)
        {
            return false;
        }

        var one = all[s.What / 6 % all.Count];
        return await Ok(act(await world.ActorAsync(one.Person), one.Id));
    }

    private static async Task<bool> Ok<T>(Task<Outcome<T>> answer) => (await answer).IsOk;

    private Node Node(RingStep s) => Of(nodes, s.Who + s.What);

    private Actor Person(RingStep s) => Of(people, s.Who);

    private static string Line(int n) => $"gm0518-{Of(["debts", "permits", "care-wmo", "work-income", "general"], n)}";

    private static T Of<T>(IReadOnlyList<T> list, int n) => list[n % list.Count];

    private sealed class Subject
    {
        public long Id { get; init; }

        public long Person { get; init; }
    }
}
