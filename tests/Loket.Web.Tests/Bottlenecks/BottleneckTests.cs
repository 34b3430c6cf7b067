using Loket.Web.Features.Bottlenecks;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Bottlenecks;

/// <summary>A desk in Utrecht that The Hague's debts line refuses; Utrecht's supervisor keeps the register.</summary>
public sealed class BottleneckTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_refusal_for_want_of_information_becomes_one_signal_however_often_the_journal_is_read(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await DeclineAsync(scene, "missing_information", "Wat was haar inkomen?");
        await DeclineAsync(scene, "no_capacity", null);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => KeepAsync(scene)));
        await KeepAsync(scene);

        var row = Assert.Single((await ListAsync(scene, scene.DeskSupervisor)).All!);
        Assert.Equal(("missing_information", Scene.Debts, "debts", "new", 1), (row.Kind, row.LineCode, row.TopicCode, row.State, row.Signals));
        // What was written with the refusal stays with the case.
        Assert.Null(row.Text);
        Assert.Equal(row.Id, Assert.Single((await ListAsync(scene, scene.Desk)).Mine).Id);
        Assert.Empty((await ListAsync(scene, scene.LineSupervisor)).All!);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_same_refusal_again_recurs_and_opens_an_answered_one(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await DeclineAsync(scene, "missing_information", "Wat was haar inkomen?");
        await KeepAsync(scene);
        var id = Assert.Single((await ListAsync(scene, scene.DeskSupervisor)).All!).Id;

        Assert.Equal("bottleneck-answer-first", (await Work(scene).CloseAsync(scene.DeskSupervisor, id, null)).Refusal?.Code);
        Assert.Equal("in_progress", (await Work(scene).TakeAsync(scene.DeskSupervisor, id, null)).Value.State);
        Assert.Equal("answered", (await Work(scene).AnswerAsync(scene.DeskSupervisor, id, "Wij vragen het inkomen voortaan eerst.", null)).Value.State);
        Assert.Equal("Wij vragen het inkomen voortaan eerst.", Assert.Single((await ListAsync(scene, scene.Desk)).Mine).Answer);
        Assert.Equal(
            [$"\"notify\":[\"{scene.Desk.Id}\"]"],
            (await scene.World.QueryAsync<string>("SELECT payload FROM journal WHERE kind = 'bottleneck_answered'")).ConvertAll(p => p.Trim('{', '}')));

        await DeclineAsync(scene, "missing_information", "Is er een uitkering?");
        await KeepAsync(scene);
        var again = Assert.Single((await ListAsync(scene, scene.DeskSupervisor)).All!);
        Assert.Equal((id, "in_progress", 2), (again.Id, again.State, again.Signals));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_remarks_about_the_same_thing_are_merged_with_all_their_signals(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (first, second) = (await RemarkAsync(scene, "De lijn is op maandag dicht"), await RemarkAsync(scene, "Op maandag is er niemand"));

        Assert.Equal("bottleneck-merge-missing", (await Work(scene).MergeAsync(scene.DeskSupervisor, first, first, null)).Refusal?.Code);
        Assert.Equal("bottleneck-unknown", (await Work(scene).MergeAsync(scene.LineSupervisor, first, second, null)).Refusal?.Code);
        Assert.Equal("closed", (await Work(scene).MergeAsync(scene.DeskSupervisor, first, second, null)).Value.State);
        Assert.Equal("bottleneck-closed", (await Work(scene).MergeAsync(scene.DeskSupervisor, second, first, null)).Refusal?.Code);

        var row = Assert.Single((await ListAsync(scene, scene.DeskSupervisor)).All!);
        Assert.Equal((second, 2), (row.Id, row.Signals));
        Assert.Equal(2, (await ShowAsync(scene, scene.DeskSupervisor, second))!.Cases.Count);
    }

    [Fact]
    public async Task The_register_holds_nobody_and_shows_a_case_only_to_who_may_see_it()
    {
        await using var scene = await Scene.NewAsync();
        var elsewhere = await scene.Given.Supervisor("gm0344", "gm0344-other");
        var caseId = await scene.Given.Case(scene.Desk);

        async Task<string?> Refused(string? text) => (await scene.World.The<RaiseBottleneck>().FromCaseAsync(scene.Desk, caseId, text, null)).Refusal?.Code;

        Assert.Equal("bottleneck-text-missing", await Refused("  "));
        Assert.Equal("text-has-bsn", await Refused("Het ging om 111222333"));
        Assert.Equal("text-too-long", await Refused(new string('x', 501)));
        Assert.Equal("bottleneck-names-somebody", await Refused("Mevrouw Jansen werd drie keer doorverbonden"));
        Assert.Equal("case-unknown", (await scene.World.The<RaiseBottleneck>().FromCaseAsync(await scene.Given.FrontOffice("gm0599"), caseId, "De lijn is dicht", null)).Refusal?.Code);

        var id = await RemarkAsync(scene, "De lijn is op maandag dicht");
        Assert.Single((await ShowAsync(scene, scene.DeskSupervisor, id))!.Cases);
        var blind = (await ShowAsync(scene, elsewhere, id))!;
        Assert.Equal((0, 1), (blind.Cases.Count, blind.Unseen));
        Assert.Null(await ShowAsync(scene, scene.LineSupervisor, id));
        Assert.Null(await ShowAsync(scene, scene.Desk, id));
        Assert.Equal("bottleneck-unknown", (await Work(scene).TakeAsync(scene.Desk, id, null)).Refusal?.Code);
    }

    [Fact]
    public async Task In_a_talk_both_sides_may_raise_one_in_their_own_register_and_nobody_else()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync("consult");

        Assert.True((await scene.World.The<RaiseBottleneck>().FromTalkAsync(scene.Members[0], handoff, "De vraag mist vaak het inkomen", null)).IsOk);
        Assert.Equal("handoff-unknown", (await scene.World.The<RaiseBottleneck>().FromTalkAsync(scene.Members[1], handoff, "De vraag mist vaak het inkomen", null)).Refusal?.Code);

        Assert.Single((await ListAsync(scene, scene.LineSupervisor)).All!);
        Assert.Empty((await ListAsync(scene, scene.DeskSupervisor)).All!);
    }

    private static async Task DeclineAsync(Scene scene, string reason, string? text)
    {
        await scene.RingAsync("warm", scene.Members[0]);
        var offer = (await scene.World.PendingOfferAsync(scene.Members[0]))!.Value;
        Assert.Null((await scene.World.The<AnswerOffer>().DeclineAsync(scene.Members[0], offer, new DeclineForm(reason, text, null), null)).Refusal);
    }

    private static async Task<long> RemarkAsync(Scene scene, string text) =>
        Given.Id((await scene.World.The<RaiseBottleneck>().FromCaseAsync(scene.Desk, await scene.Given.Case(scene.Desk), text, null)).Value.BottleneckId);

    private static Task KeepAsync(Scene scene) => scene.World.The<KeepBottlenecks>().RunAsync(CancellationToken.None);

    private static WorkBottleneck Work(Scene scene) => scene.World.The<WorkBottleneck>();

    private static Task<BottlenecksView> ListAsync(Scene scene, Actor who) => scene.World.AskAsync<BottlenecksQuery, BottlenecksView>(q => q.LoadAsync(who, closed: false));

    private static Task<BottleneckView?> ShowAsync(Scene scene, Actor who, long id) =>
        scene.World.AskAsync<BottlenecksQuery, BottleneckView?>(q => q.ShowAsync(who, id, FormState.Empty));
}
