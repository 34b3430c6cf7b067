using System.Globalization;
using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Live;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>
/// A desk in Utrecht with a supervisor, and The Hague's debts line with a supervisor: the two sides of a handoff. The
/// citizen lives in The Hague.
/// </summary>
internal sealed class Scene(World world) : IAsyncDisposable
{
    public const string Debts = "gm0518-debts";

    public World World => world;

    public Given Given => world.Given;

    public FakeClock Clock => world.Clock;

    public Actor Desk { get; private set; } = null!;

    public Actor DeskSupervisor { get; private set; } = null!;

    public Actor LineSupervisor { get; private set; } = null!;

    public IReadOnlyList<Actor> Members { get; private set; } = [];

    /// <summary>Specialists of one more line, after the others.</summary>
    public void Add(IEnumerable<Actor> more) => Members = [.. Members, .. more];

    public static async Task<Scene> NewAsync(
        TestEngine engine = TestEngine.Sqlite, int members = 2, string strategy = "longest_idle", int offerSeconds = 30, int liveSeconds = 120)
    {
        var world = await World.NewAsync(engine);
        var line = await world.Given.Line(Debts, members, strategy, offerSeconds, liveSeconds);
        return new Scene(world)
        {
            Desk = await world.Given.FrontOffice("gm0344"),
            DeskSupervisor = await world.Given.Supervisor("gm0344"),
            LineSupervisor = await world.Given.Supervisor("gm0518"),
            Members = line.Members,
        };
    }

    /// <summary>All members available, the one who was first idle longest; a case; a handoff that rings.</summary>
    public async Task<long> RingAsync(string mode = "warm", params Actor[] available)
    {
        foreach (var person in available.Length == 0 ? Members : available)
        {
            await Given.Available(person);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return await Given.Handoff(Desk, await Given.Case(Desk), mode);
    }

    /// <summary>A handoff this member has accepted.</summary>
    public async Task<long> TalkAsync(string mode, Actor? member = null)
    {
        var handoff = await RingAsync(mode, member ?? Members[0]);
        Assert.True((await AcceptAsync(member ?? Members[0])).IsOk);
        return handoff;
    }

    /// <summary>A case of which the debts line has the name.</summary>
    public async Task<(long CaseId, long Name)> NameGivenAsync()
    {
        await Given.Available(Members[0]);
        var caseId = await Given.Case(Desk, name: "Wilma van Zon");
        var name = await world.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'name'");
        Assert.True((await world.The<RequestHandoff>().RunAsync(Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan het in een regeling?", Facts: [name]), null)).IsOk);
        Assert.True((await AcceptAsync(Members[0])).IsOk);
        return (caseId, name);
    }

    /// <summary>What this person's lines were told of corrected facts.</summary>
    public Task<IReadOnlyList<FactNotice>> NoticesAsync(Actor person) =>
        world.AskAsync<Say, IReadOnlyList<FactNotice>>(say => world.Db.ReadAsync(r => FactNotices.ToAsync(r, say, person)));

    public async Task<Outcome<OfferAnswered>> AcceptAsync(Actor person) =>
        await world.The<AnswerOffer>().AcceptAsync(person, await OfferAsync(person), null);

    public async Task<Outcome<OfferAnswered>> DeclineAsync(Actor person, string reason = "no_capacity", string? text = null, string? line = null) =>
        await world.The<AnswerOffer>().DeclineAsync(person, await OfferAsync(person), new DeclineForm(reason, text, line), null);

    public async Task<Outcome<OfferAnswered>> MoreTimeAsync(Actor person) =>
        await world.The<AnswerOffer>().MoreTimeAsync(person, await OfferAsync(person), null);

    public async Task<long> OfferAsync(Actor person) =>
        await world.PendingOfferAsync(person) ?? throw new InvalidOperationException($"{person.Name} was not offered anything");

    /// <summary>Who it rings at now, by id.</summary>
    public Task<List<long>> RingingAtAsync(long handoff) => world.QueryAsync<long>(
        "SELECT professional_id FROM offer WHERE handoff_id = @handoff AND state = 'pending' ORDER BY professional_id", new { handoff });

    public Task<HandoffState> StateAsync(long handoff) => world.HandoffStateAsync(handoff);

    public Task<string> PresenceAsync(Actor person) => world.PresenceAsync(person);

    public Task<Outcome<PresenceAnswer>> SetPresenceAsync(Actor person, string state) => world.The<SetPresence>().RunAsync(person, state, null);

    /// <summary>The person's last connection was lost that long ago.</summary>
    public Task<Outcome<PresenceAnswer>> VanishAsync(Actor person, double seconds) =>
        world.The<SetPresence>().VanishAsync(person.Id, world.The<Connections>().Holder, TimeSpan.FromSeconds(seconds));

    public async Task AfterAsync(double seconds)
    {
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        await world.The<WatchClock>().RunAsync();
    }

    public Task ChaseAsync() => world.The<ChaseDeadlines>().RunAsync(CancellationToken.None);

    /// <summary>The member who has the callback calls in vain, each time at the moment that was agreed, until the supervisor has it.</summary>
    public async Task CallInVainAsync(long handoff)
    {
        for (var callback = await CallbackAsync(handoff); callback.State == "scheduled"; callback = await CallbackAsync(handoff))
        {
            Clock.AdvanceTo(callback.FromAt);
            Assert.True((await world.The<AttemptCallback>().RunAsync(Members[0], callback.Id, new AttemptForm("no_answer", null), null)).IsOk);
        }
    }

    /// <summary>The open callback of a handoff; throws when there is none.</summary>
    public async Task<StoredCallback> CallbackAsync(long handoff) => Assert.Single(
        await world.QueryAsync<StoredCallback>($"SELECT {StoredCallback.Columns} FROM callback c WHERE c.handoff_id = @handoff", new { handoff }));

    public async Task<long> CaseOfAsync(long handoff) => await world.ScalarAsync<long>("SELECT case_id FROM handoff WHERE id = @handoff", new { handoff });

    public async Task<bool> IsReleasedAsync(long handoff) =>
        await world.ScalarAsync<long>("SELECT COUNT(*) FROM handoff WHERE id = @handoff AND sender_released_at IS NOT NULL", new { handoff }) == 1;

    public async Task<T?> FieldAsync<T>(long handoff, string column) =>
        (await world.QueryAsync<T?>($"SELECT {column} FROM handoff WHERE id = @handoff", new { handoff })).Single();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
