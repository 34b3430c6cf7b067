using Loket.Domain.Handoffs;
using Loket.Web.Features.Handoffs;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Handoffs;

/// <summary>Many accept at the same moment: exactly one has it, the others hear so.</summary>
public sealed class AtOnceTests(ITestOutputHelper output)
{
    private const int Many = 64;
    private static readonly string[] Clear = ["offer-taken", "offer-answered", "handoff-taken"];

    [Theory, OnSqlite, OnSqlServer]
    public async Task Of_64_acceptances_of_one_offer_one_wins_and_63_get_a_clear_conflict(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.RingAsync();
        var offer = await scene.OfferAsync(scene.Members[0]);
        var other = await scene.World.AnotherNodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(n => Task.Run(() =>
            (n % 2 == 0 ? scene.World.Node : other).The<AnswerOffer>().AcceptAsync(scene.Members[0], offer, $"key-{n}"))));

        await AssertOneWonAsync(scene, handoff, answers, engine);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Of_64_specialists_who_accept_one_ring_at_once_one_wins_and_63_get_a_clear_conflict(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: Many, strategy: "ring_all");
        var handoff = await scene.RingAsync();
        var offers = await Task.WhenAll(scene.Members.Select(scene.OfferAsync));
        Assert.Equal(Many, offers.Length);
        var other = await scene.World.AnotherNodeAsync();

        var answers = await Task.WhenAll(scene.Members.Select((member, n) => Task.Run(() =>
            (n % 2 == 0 ? scene.World.Node : other).The<AnswerOffer>().AcceptAsync(member, offers[n], $"key-{n}"))));

        await AssertOneWonAsync(scene, handoff, answers, engine);
        Assert.Equal(Many - 1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM offer WHERE state = 'rescinded'"));
        Assert.Equal(Many - 1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM presence WHERE state = 'available'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Sixteen_desks_that_ring_one_specialist_at_once_reserve_them_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        await scene.Given.Available(scene.Members);
        var cases = new List<long>();
        for (var i = 0; i < 16; i++)
        {
            cases.Add(await scene.Given.Case(scene.Desk));
        }

        var answers = await Task.WhenAll(cases.Select(id => Task.Run(() =>
            scene.World.The<RequestHandoff>().RunAsync(scene.Desk, id, new RequestHandoffForm("warm", "desk", "Kan de regeling opnieuw?"), null))));

        Assert.All(answers, a => Assert.True(a.IsOk));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM offer"));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM handoff WHERE state = 'offered'"));
        Assert.Equal(15, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM handoff WHERE state = 'queued'"));
    }

    private async Task AssertOneWonAsync(Scene scene, long handoff, Domain.Outcome<OfferAnswered>[] answers, TestEngine engine)
    {
        var refusals = answers.Where(a => !a.IsOk).Select(a => a.Refusal!.Code).GroupBy(code => code).ToDictionary(g => g.Key, g => g.Count());
        output.WriteLine($"{engine}: {answers.Count(a => a.IsOk)} won; {string.Join(", ", refusals.Select(r => $"{r.Value} {r.Key}"))}");
        Assert.Single(answers, a => a.IsOk);
        Assert.All(refusals.Keys, code => Assert.Contains(code, Clear));
        Assert.All(refusals.Keys, code => Assert.Equal(409, Api.Refusals.StatusOf(new Domain.Refusal(code))));
        Assert.Equal(HandoffState.Accepted, await scene.StateAsync(handoff));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM offer WHERE state = 'accepted'"));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM presence WHERE state = 'engaged'"));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'handoff_accepted'"));
    }
}
