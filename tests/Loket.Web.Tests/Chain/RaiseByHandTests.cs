using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>A supervisor who does not wait for the ladder asks somebody above, or the partner; once at a time, by name.</summary>
public sealed class RaiseByHandTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task The_partner_on_duty_hears_it_may_look_and_takes_it_up_by_name(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.CaseOfAsync(await scene.TalkAsync("cold"));
        var date = await DateAsync(scene.World, caseId);
        var raise = scene.World.The<RaiseByHand>();

        var asked = await raise.ToPartnerAsync(scene.DeskSupervisor, caseId, date, null);

        Assert.Equal(scene.LineSupervisor.Name, asked.Value.ToName);
        Assert.Equal("escalation_partner", (await scene.World.TimelineAsync(caseId))[^1]);
        Assert.Equal("escalation-waits", (await raise.ToPartnerAsync(scene.DeskSupervisor, caseId, date, null)).Refusal?.Code);
        Assert.NotNull(await scene.World.Db.ReadAsync(r => CaseAccess.FindAsync(r, scene.LineSupervisor, caseId)));
        Assert.True((await scene.World.The<Escalations>().AcknowledgeAsync(scene.LineSupervisor, Given.Id(asked.Value.EscalationId), null)).IsOk);
        // Answered, and still late: asked again.
        Assert.True((await raise.ToPartnerAsync(scene.DeskSupervisor, caseId, date, null)).IsOk);
        Assert.Equal([5, 6], await scene.World.QueryAsync<int>("SELECT step FROM escalation WHERE case_id = @caseId ORDER BY step", new { caseId }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_has_the_date_is_raised_to_their_own_supervisor(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.CaseOfAsync(await scene.TalkAsync("cold"));

        var asked = await scene.World.The<RaiseByHand>().ToSupervisorAsync(scene.DeskSupervisor, caseId, await DateAsync(scene.World, caseId), "once");
        var again = await scene.World.The<RaiseByHand>().ToSupervisorAsync(scene.DeskSupervisor, caseId, await DateAsync(scene.World, caseId), "once");

        Assert.Equal(asked.Value, again.Value);
        Assert.Equal([scene.LineSupervisor.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM escalation WHERE raised_by = @Id", new { scene.DeskSupervisor.Id }));
    }

    [Fact]
    public async Task Who_does_not_supervise_the_owner_raises_nothing()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.CaseOfAsync(await scene.TalkAsync("cold"));
        var own = await scene.Given.Case(scene.Desk);
        await scene.World.The<Promises>().MakeAsync(scene.Desk, own, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddDays(1)), null);
        var raise = scene.World.The<RaiseByHand>();
        var date = await DateAsync(scene.World, caseId);

        Assert.Equal("case-unknown", (await raise.ToPartnerAsync(await scene.Given.Supervisor("gm0363"), caseId, date, null)).Refusal?.Code);
        Assert.Equal("escalation-supervisor-only", (await raise.ToPartnerAsync(scene.LineSupervisor, caseId, date, null)).Refusal?.Code);
        Assert.Equal("escalation-date-over", (await raise.ToPartnerAsync(scene.DeskSupervisor, own, date, null)).Refusal?.Code);
        Assert.Equal("escalation-no-partner", (await raise.ToPartnerAsync(scene.DeskSupervisor, own, await DateAsync(scene.World, own), null)).Refusal?.Code);
        Assert.Equal("escalation-is-you", (await raise.ToSupervisorAsync(scene.DeskSupervisor, own, await DateAsync(scene.World, own), null)).Refusal?.Code);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM escalation"));
    }

    private static Task<long> DateAsync(World world, long caseId) =>
        world.ScalarAsync<long>("SELECT id FROM deadline WHERE case_id = @caseId AND state = 'running'", new { caseId });
}
