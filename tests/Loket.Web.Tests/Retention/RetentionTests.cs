using Loket.Domain;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Retention;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Retention;

/// <summary>Who proposes, approves, holds back and carries out, and that nothing goes before all of that.</summary>
public sealed class RetentionTests
{
    private sealed record Scene(World World, Actor Desk, Actor Lead, Actor OtherLead, Actor Stranger, long CaseId) : IAsyncDisposable
    {
        public static async Task<Scene> NewAsync(TestEngine engine)
        {
            var world = await World.NewAsync(engine);
            var desk = await world.Given.FrontOffice("gm0344");
            var caseId = await world.Given.Case(desk, name: "Wilma van Zon", bsn: World.Wilma.Bsn);
            Assert.Null((await world.The<CloseCase>().CloseAsync(desk, caseId, null)).Refusal);
            return new Scene(
                world, desk, await world.Given.Supervisor("gm0344"), await world.Given.Supervisor("gm0344", team: "gm0344-other"), await world.Given.Supervisor("gm0363"), caseId);
        }

        /// <summary>The years pass and the job proposes; the id of what it proposed.</summary>
        public async Task<long> ProposedAsync()
        {
            World.Clock.Advance(TimeSpan.FromDays((365 * 7) + 4));
            await World.The<ProposeDestruction>().RunAsync(default);
            return await World.ScalarAsync<long>("SELECT MAX(id) FROM destruction");
        }

        public async Task<string?> ApproveAsync(Actor who, long id) => (await World.The<ApproveDestruction>().RunAsync(who, id, null)).Refusal?.Code;

        public Task<Outcome<HoldKept>> HoldAsync(Actor who) => World.The<LegalHolds>().PlaceAsync(who, new HoldForm(Number(), "Bezwaar loopt"), null);

        public Task DestroyAsync() => World.The<DestroyCases>().RunAsync(default);

        public string Number() => World.ScalarAsync<string>("SELECT number FROM case_file WHERE id = @CaseId", new { CaseId }).GetAwaiter().GetResult();

        public Task<string> StateAsync() => World.ScalarAsync<string>("SELECT state FROM destruction ORDER BY id DESC");

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Nothing_is_proposed_before_its_day_and_then_once_by_two_nodes(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var world = scene.World;
        world.Clock.Advance(TimeSpan.FromDays((365 * 7) + 1));
        await world.The<ProposeDestruction>().RunAsync(default);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM destruction"));

        world.Clock.Advance(TimeSpan.FromDays(3));
        var other = await world.AnotherNodeAsync();
        await Task.WhenAll(world.The<ProposeDestruction>().RunAsync(default), other.The<ProposeDestruction>().RunAsync(default));
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(*) FROM destruction"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_different_supervisors_approve_and_then_it_goes_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var id = await scene.ProposedAsync();

        Assert.Equal("destruction-unknown", await scene.ApproveAsync(scene.Stranger, id));
        Assert.Equal("destruction-not-yours", await scene.ApproveAsync(scene.Desk, id));
        Assert.Null(await scene.ApproveAsync(scene.Lead, id));
        Assert.Equal("destruction-same-person", await scene.ApproveAsync(scene.Lead, id));
        await scene.DestroyAsync();
        Assert.Equal("proposed", await scene.StateAsync());
        Assert.Null(await scene.ApproveAsync(scene.OtherLead, id));
        Assert.Equal("destruction-over", await scene.ApproveAsync(scene.OtherLead, id));

        var other = await scene.World.AnotherNodeAsync();
        await Task.WhenAll(scene.DestroyAsync(), other.The<DestroyCases>().RunAsync(default));
        await scene.DestroyAsync();
        Assert.Equal("destroyed", await scene.StateAsync());
        Assert.Equal(1, (await scene.World.TimelineAsync(scene.CaseId)).Count(kind => kind == "case_destroyed"));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM personal_value WHERE value IS NOT NULL OR salt IS NOT NULL"));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM destruction WHERE erased_at IS NULL"));
        Assert.Null(await scene.World.Db.ReadAsync(r => CaseAccess.FindAsync(r, scene.Desk, scene.CaseId)));
        Assert.Equal("case-unknown", (await scene.World.The<CloseCase>().ReopenAsync(scene.Desk, scene.CaseId, null)).Refusal?.Code);
        var view = await scene.World.The<RetentionQuery>().LoadAsync(scene.Lead, FormState.Empty);
        Assert.True(view.Destroyed.Single().Pieces > 3);
        Assert.Empty((await scene.World.The<RetentionQuery>().LoadAsync(scene.Stranger, FormState.Empty)).Destroyed);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Where_there_is_a_privacy_officer_one_of_the_two_is_one(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var officer = await scene.World.Given.Person("gm0344");
        await scene.World.ExecuteAsync("UPDATE professional SET privacy_officer = 1 WHERE id = @Id", new { officer.Id });
        officer = await scene.World.ActorAsync(officer.Id);
        var id = await scene.ProposedAsync();

        Assert.Null(await scene.ApproveAsync(scene.Lead, id));
        Assert.Equal("destruction-officer-needed", await scene.ApproveAsync(scene.OtherLead, id));
        Assert.Null(await scene.ApproveAsync(officer, id));
        Assert.Equal("approved", await scene.StateAsync());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_hold_stops_it_even_when_both_approved_until_it_is_lifted(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var id = await scene.ProposedAsync();
        Assert.Equal("hold-case-unknown", (await scene.HoldAsync(scene.Stranger)).Refusal?.Code);
        Assert.Null(await scene.ApproveAsync(scene.Lead, id));
        Assert.Null(await scene.ApproveAsync(scene.OtherLead, id));
        var hold = (await scene.HoldAsync(scene.Lead)).Value.HoldId;
        Assert.Equal("hold-there", (await scene.HoldAsync(scene.Lead)).Refusal?.Code);

        await scene.DestroyAsync();
        Assert.Equal("approved", await scene.StateAsync());
        Assert.NotEqual(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM personal_value WHERE value IS NOT NULL"));

        Assert.Equal("hold-unknown", (await scene.World.The<LegalHolds>().LiftAsync(scene.Stranger, Given.Id(hold), null)).Refusal?.Code);
        Assert.True((await scene.World.The<LegalHolds>().LiftAsync(scene.OtherLead, Given.Id(hold), null)).IsOk);
        Assert.Equal("hold-over", (await scene.World.The<LegalHolds>().LiftAsync(scene.OtherLead, Given.Id(hold), null)).Refusal?.Code);
        await scene.DestroyAsync();
        Assert.Equal("destroyed", await scene.StateAsync());
        Assert.Equal("hold-case-unknown", (await scene.HoldAsync(scene.Lead)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_that_is_opened_again_is_kept_and_proposed_anew_later(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var id = await scene.ProposedAsync();
        Assert.Null(await scene.ApproveAsync(scene.Lead, id));
        Assert.True((await scene.World.The<CloseCase>().ReopenAsync(scene.Desk, scene.CaseId, null)).IsOk);
        Assert.Equal("destruction-over", await scene.ApproveAsync(scene.OtherLead, id));
        await scene.DestroyAsync();
        Assert.Equal("withdrawn", await scene.StateAsync());

        Assert.True((await scene.World.The<CloseCase>().CloseAsync(scene.Desk, scene.CaseId, null)).IsOk);
        Assert.NotEqual(id, await scene.ProposedAsync());
        Assert.Equal("proposed", await scene.StateAsync());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Cut_off_between_the_list_and_the_values_it_goes_on_where_it_was(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.ProposedAsync();
        await scene.World.ExecuteAsync("UPDATE destruction SET state = 'destroying'");
        scene.World.The<DestroyedList>().Add([scene.CaseId]);

        Assert.Equal("destruction-under-way", (await scene.HoldAsync(scene.Lead)).Refusal?.Code);
        Assert.Equal("destruction-under-way", (await scene.World.The<CloseCase>().ReopenAsync(scene.Desk, scene.CaseId, null)).Refusal?.Code);
        await scene.World.RestartAsync();
        Assert.Equal(1, await scene.World.The<DestroyCases>().ReplayAsync());
        Assert.Equal(0, await scene.World.The<DestroyCases>().ReplayAsync());
        await scene.DestroyAsync();
        Assert.Equal("destroyed", await scene.StateAsync());
    }

    [Fact]
    public async Task A_line_that_somebody_added_to_the_list_destroys_nothing()
    {
        await using var scene = await Scene.NewAsync(TestEngine.Sqlite);
        var file = Path.Combine(scene.World.Folder, "destroyed-cases.txt");
        await File.AppendAllTextAsync(file, $"{scene.CaseId} {Convert.ToBase64String(new byte[32])}\n{scene.CaseId}");

        Assert.Equal(0, await scene.World.The<DestroyCases>().ReplayAsync());
        Assert.Equal(2, (await scene.World.The<DestroyedList>().ReadAsync()).Strange);
        // A line after one that was cut off stands by itself.
        scene.World.The<DestroyedList>().Add([scene.CaseId]);
        Assert.Equal([scene.CaseId], (await scene.World.The<DestroyedList>().ReadAsync()).Cases);
    }
}
