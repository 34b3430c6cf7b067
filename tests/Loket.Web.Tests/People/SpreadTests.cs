using Loket.Domain;
using Loket.Web.Features.Chain;
using Loket.Web.Features.People;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Loket.Web.Tests.Chain;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.People;

/// <summary>A sick colleague with 14 promises: one previewed act spreads them, and no reminder goes to who is away.</summary>
public sealed class SpreadTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Fourteen_promises_of_a_sick_colleague_are_spread_in_one_act_and_no_reminder_reaches_the_sick(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (one, two) = (await scene.Given.FrontOffice("gm0344"), await scene.Given.FrontOffice("gm0344"));
        await AbsenceTests.PromisesAsync(scene, one, 4);
        await AbsenceTests.PromisesAsync(scene, scene.Desk, 14);
        await AbsenceTests.SetAsync(scene, scene.DeskSupervisor, scene.Desk, 0, 30, null);

        var view = await PreviewAsync(scene, scene.DeskSupervisor, scene.Desk);
        Assert.Equal(14, view!.Items.Count(i => i.Kind == "promise"));
        Assert.Equal(14, view.Items.Count(i => i.Kind == "chain"));
        Assert.All(view.Items, i => Assert.NotNull(i.Title));
        var rows = view.Items.Where(i => i.Kind == "promise").Select(i => new SpreadRow(i.Id, null, i.To!.Value)).ToList();

        var done = await RunAsync(scene, scene.DeskSupervisor, rows);

        Assert.Equal(14, done.Value.Moved);
        Assert.Equal((0, 9, 9), (await AbsenceTests.HeldAsync(scene, scene.Desk), await AbsenceTests.HeldAsync(scene, one), await AbsenceTests.HeldAsync(scene, two)));
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
        for (var day = 0; day < 29; day++)
        {
            scene.Clock.Advance(TimeSpan.FromDays(1));
            await scene.ChaseAsync();
            await scene.World.The<ClimbEscalations>().RunAsync(CancellationToken.None);
        }

        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM escalation WHERE to_id = @Id", new { scene.Desk.Id }));
        Assert.True(await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM escalation WHERE to_id = @Id", new { one.Id }) > 0);
    }

    [Fact]
    public async Task The_proposal_gives_each_row_to_whoever_has_the_fewest_running_dates()
    {
        await using var scene = await Scene.NewAsync();
        var (busy, free) = (await scene.Given.FrontOffice("gm0344"), await scene.Given.FrontOffice("gm0344"));
        await AbsenceTests.PromisesAsync(scene, busy, 3);
        await AbsenceTests.PromisesAsync(scene, scene.Desk, 5);

        var dates = (await PreviewAsync(scene, scene.DeskSupervisor, scene.Desk))!.Items.Where(i => i.Kind == "promise").ToList();

        Assert.Equal([free.Id, free.Id, free.Id, free.Id, busy.Id], dates.ConvertAll(i => i.To!.Value));
        var onlyBusy = await PreviewAsync(scene, scene.DeskSupervisor, scene.Desk, busy.Id);
        Assert.All(onlyBusy!.Items, i => Assert.Equal(busy.Id, i.To));
    }

    [Fact]
    public async Task A_row_that_changed_meanwhile_is_named_and_nothing_is_done()
    {
        await using var scene = await Scene.NewAsync();
        var colleague = await scene.Given.FrontOffice("gm0344");
        await AbsenceTests.PromisesAsync(scene, scene.Desk, 3);
        var items = (await PreviewAsync(scene, scene.DeskSupervisor, scene.Desk))!.Items;
        var rows = items.Select(i => i.Kind == "chain" ? new SpreadRow(null, i.Id, colleague.Id) : new SpreadRow(i.Id, null, colleague.Id)).ToList();
        var kept = await scene.World.ScalarAsync<long>("SELECT subject_id FROM deadline WHERE id = @Id", new { items[1].Id });
        Assert.True((await scene.World.The<Promises>().KeepAsync(scene.Desk, kept, null)).IsOk);

        var done = await RunAsync(scene, scene.DeskSupervisor, rows);

        Assert.Equal("spread-stale", done.Refusal?.Code);
        Assert.Equal(items[1].CaseNumber, done.Refusal!.Args.Single());
        Assert.Equal((2, 0), (await AbsenceTests.HeldAsync(scene, scene.Desk), await AbsenceTests.HeldAsync(scene, colleague)));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM ownership_request"));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'obligations_moved'"));
    }

    [Fact]
    public async Task A_chain_is_asked_of_the_colleague_who_has_to_accept_it()
    {
        await using var scene = await Scene.NewAsync();
        var colleague = await scene.Given.FrontOffice("gm0344");
        var caseId = await scene.Given.Case(scene.Desk);

        var done = await RunAsync(scene, scene.DeskSupervisor, [new SpreadRow(null, caseId, colleague.Id)]);

        Assert.Equal((0, 1), (done.Value.Moved, done.Value.Asked));
        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT owner_id FROM case_file"));
        Assert.Equal([colleague.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM ownership_request WHERE state = 'asked'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_who_spread_the_same_at_once_do_it_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (one, two) = (await scene.Given.FrontOffice("gm0344"), await scene.Given.FrontOffice("gm0344"));
        var second = await scene.Given.Supervisor("gm0344");
        await AbsenceTests.PromisesAsync(scene, scene.Desk, 6);
        var dates = (await PreviewAsync(scene, scene.DeskSupervisor, scene.Desk))!.Items.Where(i => i.Kind == "promise").ToList();

        var done = await Task.WhenAll(
            Task.Run(() => RunAsync(scene, scene.DeskSupervisor, dates.ConvertAll(i => new SpreadRow(i.Id, null, one.Id)))),
            Task.Run(() => RunAsync(scene, second, dates.ConvertAll(i => new SpreadRow(i.Id, null, two.Id)))));

        Assert.Single(done, d => d.IsOk);
        Assert.Single(done, d => d.Refusal?.Code == "spread-stale");
        Assert.Equal(6, Math.Max(await AbsenceTests.HeldAsync(scene, one), await AbsenceTests.HeldAsync(scene, two)));
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
    }

    [Fact]
    public async Task Only_who_leads_the_colleague_spreads_and_only_to_colleagues_who_are_here()
    {
        await using var scene = await Scene.NewAsync();
        var colleague = await scene.Given.FrontOffice("gm0344");
        await AbsenceTests.PromisesAsync(scene, scene.Desk, 1);
        var date = await scene.World.ScalarAsync<long>("SELECT id FROM deadline WHERE state = 'running'");
        async Task<string?> Code(Actor by, params SpreadRow[] rows) => (await RunAsync(scene, by, [.. rows])).Refusal?.Code;

        Assert.Equal("professional-unknown", await Code(scene.LineSupervisor, new SpreadRow(date, null, colleague.Id)));
        Assert.Equal("professional-unknown", await Code(colleague, new SpreadRow(date, null, colleague.Id)));
        Assert.Null(await PreviewAsync(scene, scene.LineSupervisor, scene.Desk));
        Assert.Equal("spread-colleague", await Code(scene.DeskSupervisor, new SpreadRow(date, null, scene.Members[0].Id)));
        Assert.Equal("spread-colleague", await Code(scene.DeskSupervisor, new SpreadRow(date, null, scene.Desk.Id)));
        Assert.Equal("spread-colleague", await Code(scene.DeskSupervisor, new SpreadRow(date, null, (await scene.Given.Person("gm0344")).Id)));
        Assert.Equal("spread-nothing", await Code(scene.DeskSupervisor));
        Assert.Equal("spread-rows", await Code(scene.DeskSupervisor, new SpreadRow(date, 5, colleague.Id)));
        Assert.Equal("spread-rows", await Code(scene.DeskSupervisor, new SpreadRow(date, null, colleague.Id), new SpreadRow(date, null, colleague.Id)));
        await AbsenceTests.SetAsync(scene, colleague, colleague, 0, 1, null);
        Assert.Equal("spread-colleague", await Code(scene.DeskSupervisor, new SpreadRow(date, null, colleague.Id)));
        Assert.Null(await Code(scene.DeskSupervisor, new SpreadRow(date, null, scene.DeskSupervisor.Id)));
    }

    private static Task<Outcome<SpreadDone>> RunAsync(Scene scene, Actor by, List<SpreadRow> rows) =>
        scene.World.The<Spread>().RunAsync(by, scene.Desk.Id, new SpreadForm(rows), null);

    private static Task<SpreadView?> PreviewAsync(Scene scene, Actor by, Actor of, params long[] with) =>
        scene.World.AskAsync<SpreadQuery, SpreadView?>(q => q.LoadAsync(by, of.Id, with, FormState.Empty));
}
