using Loket.Domain.Journeys;
using Loket.Domain.Proactive;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Partners;
using Loket.Web.Features.Proactive;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Proactive;

/// <summary>Utrecht with its desk and supervisor on 10 February 2026, and rules of the test's own that carry a marker.</summary>
internal sealed class ProactiveScene : IAsyncDisposable
{
    public const string Marker = "Merkteken";
    private static readonly Words Text = new($"{Marker} aan {{name}} op {{day}}", $"{Marker} to {{name}} on {{day}}");

    private ProactiveScene(World world, Actor desk, Actor supervisor)
    {
        World = world;
        Desk = desk;
        Supervisor = supervisor;
    }

    public World World { get; }

    public Actor Desk { get; }

    public Actor Supervisor { get; }

    public static ProactiveRule Turning18 => Rule("turning-18", new(Age: 18), -60, 30);

    public static ProactiveRule Born => Rule("born", new(LifeEvent: "birth"), 0, 90);

    public static async Task<ProactiveScene> NewAsync(TestEngine engine = TestEngine.Sqlite)
    {
        var world = await World.NewAsync(engine);
        return new ProactiveScene(world, await world.Given.FrontOffice("gm0344"), await world.Given.Supervisor("gm0344"));
    }

    /// <summary>The rules with a decision of Utrecht for each, unless another is given.</summary>
    public ProactiveBook Book(ProactiveDecision? decision = null, params ProactiveRule[] rules) => new(
        rules.Length == 0 ? [Turning18, Born] : rules,
        decision is null ? [Decided("turning-18"), Decided("born")] : [decision],
        new PensionAges("AOW art. 7a", [], null),
        World.The<LifeEvents>().Law);

    public static ProactiveDecision Decided(string rule) =>
        new(rule, "gm0344", new RegisterEntry("https://register.example/1", "Attenderen"), new Verified("J. de Wit", new(2026, 1, 5)), 120);

    public FindPeople Find(ProactiveBook? book = null) => new(World.Db, book ?? Book());

    public TellPerson Tell(ProactiveBook? book = null) => new(World.Db, book ?? Book(), World.The<Outgoing>());

    public async Task<T> AskAsync<T>(Func<ProactiveQuery, Task<T>> ask, ProactiveBook? book = null)
    {
        using var request = World.Node.Scope();
        return await ask(new ProactiveQuery(World.Db, request.ServiceProvider.GetRequiredService<Say>(), book ?? Book()));
    }

    public async Task<ProactiveListView> ListAsync(string rule = "turning-18", ProactiveBook? book = null, Actor? by = null) =>
        (await AskAsync(q => q.ListAsync(by ?? Supervisor, rule), book)).Value;

    /// <summary>A case of somebody with this birth date and an address that the desk recorded.</summary>
    public async Task<long> CaseAsync(string name, string? born = null, string? bsn = null, string? lifeEvent = null, bool address = true, Actor? by = null)
    {
        var id = await World.Given.Case(by ?? Desk, "debts", "gm0344", name: name, bsn: bsn);
        if (born is not null)
        {
            Assert.Null((await World.The<Facts>().AddAsync(by ?? Desk, id, new FactForm(null, born, "citizen", "birth_date"), null)).Refusal);
        }

        await World.ExecuteAsync("UPDATE case_file SET life_event = @lifeEvent WHERE id = @id", new { lifeEvent, id });
        if (address)
        {
            Assert.Null((await World.The<Facts>().AddAsync(by ?? Desk, id, new FactForm(null, "Kade 1, 3511 AB Utrecht", "citizen", "address"), null)).Refusal);
        }

        return id;
    }

    public Task<List<OutgoingRow>> OutgoingAsync() => World.The<OutgoingQuery>().LoadAsync(Desk);

    public Task<List<string>> LogAsync() => World.QueryAsync<string>("SELECT act FROM proactive_log ORDER BY id");

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static ProactiveRule Rule(string id, Finds finds, int from, int until) =>
        new(id, 1, new Words($"{Marker} {id}", $"{Marker} {id}"), finds, from, until, "zvw-adult", new LegalBasis("AVG", "6", Text), Text, Text, Text);
}
