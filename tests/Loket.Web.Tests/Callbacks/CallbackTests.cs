using Loket.Domain.Handoffs;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Tests.Chain;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.People;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Callbacks;

/// <summary>The end of every route that found nobody: a dated callback with a named person.</summary>
public sealed class CallbackTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Nobody_there_a_named_colleague_of_the_connected_body_calls_back_within_working_hours(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));

        var callback = await scene.CallbackAsync(handoff);
        Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(handoff));
        Assert.Equal(("gm0518", Scene.Debts), (callback.OrganisationCode, callback.LineCode));
        Assert.Contains(callback.ProfessionalId, scene.Members.Select(m => m.Id));
        Assert.Equal((scene.Clock.UtcNow, scene.Clock.UtcNow.AddMinutes(20)), (callback.FromAt, callback.UntilAt));
        Assert.Equal(1, await scene.World.RunningDeadlinesAsync(callback.CaseId));
        Assert.Equal([callback.ProfessionalId], await scene.World.QueryAsync<long>("SELECT professional_id FROM deadline WHERE state = 'running'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Nobody_connected_the_asker_promises_on_behalf_of_their_own_organisation(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 0);
        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));

        var callback = await scene.CallbackAsync(handoff);
        Assert.Equal(("gm0344", (string?)null, scene.Desk.Id), (callback.OrganisationCode, callback.LineCode, callback.ProfessionalId));
        Assert.True((await scene.World.The<AttemptCallback>().RunAsync(scene.Desk, callback.Id, new AttemptForm("reached", null), null)).IsOk);
        Assert.Equal(HandoffState.Fulfilled, await scene.StateAsync(handoff));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_asks_while_away_leaves_the_callback_to_the_stand_in_who_then_works_on_the_case(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 0);
        var standIn = await scene.Given.FrontOffice("gm0344");
        Assert.Null((await AbsenceTests.SetAsync(scene, scene.Desk, scene.Desk, 0, 3, standIn)).Refusal);

        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));

        var callback = await scene.CallbackAsync(handoff);
        Assert.Equal(standIn.Id, callback.ProfessionalId);
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
        Assert.True((await scene.World.The<AttemptCallback>().RunAsync(standIn, callback.Id, new AttemptForm("reached", null), null)).IsOk);
    }

    [Fact]
    public async Task A_line_whose_people_all_left_promises_nothing_and_the_next_connected_one_does()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var general = await scene.Given.Line("gm0518-general", members: 1);
        var handoff = await scene.RingAsync();
        await scene.World.The<Features.People.Deactivate>().RunAsync(scene.LineSupervisor, scene.Members[0].Id, null);

        Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(handoff));
        Assert.Equal(general.Members[0].Id, (await scene.CallbackAsync(handoff)).ProfessionalId);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_number_given_twice_is_known_once_and_the_caller_sees_the_last_one_that_can_be_called(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 0);
        var caseId = await scene.Given.Case(scene.Desk);
        foreach (var (label, value) in new[] { ("", "030 286 00 00"), ("", "w.van.zon@example.nl") })
        {
            Assert.True((await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm(label, value, "citizen", "phone_email"), null)).IsOk);
        }

        var form = new RequestHandoffForm("warm", "phone", "Kan de regeling opnieuw?", Phone: "06 12 34 56 78");
        var handoff = Given.Id((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, form, null)).Value.HandoffId);
        Assert.True((await scene.World.The<StopRinging>().WithdrawAsync(scene.Desk, handoff, null)).IsOk);
        Assert.True((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, form, null)).IsOk);

        Assert.Equal(3, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM fact WHERE case_id = @caseId AND kind = 'phone_email'", new { caseId }));
        var row = Assert.Single(await scene.World.Node.AskAsync((Say say) => scene.World.Db.ReadAsync(r => CallbackQuery.OfPersonAsync(r, say, scene.Desk))));
        Assert.Equal("06 12 34 56 78", row.Phone);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_has_to_call_for_a_line_reads_number_and_question_without_being_on_it(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        var form = new RequestHandoffForm("cold", "absent", "Kan de regeling opnieuw?", Phone: "06 12 34 56 78", CallbackOnly: true);
        Assert.Null((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, form, null)).Refusal);
        Task<CallbackRow?> RowAsync() => scene.World.Node.AskAsync((Say say) => scene.World.Db.ReadAsync(async r => (await CallbackQuery.OfPersonAsync(r, say, scene.LineSupervisor)).SingleOrDefault()));
        Assert.Null(await RowAsync());

        await scene.World.ExecuteAsync("UPDATE callback SET professional_id = @Id", new { scene.LineSupervisor.Id });

        Assert.Equal("06 12 34 56 78", (await RowAsync())!.Phone);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_call_that_did_not_reach_the_citizen_is_no_longer_promised_on_the_case(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        var handoff = await scene.Given.Handoff(scene.Desk, caseId, mode: "consult");
        var callback = await scene.CallbackAsync(handoff);
        async Task<LinesView> LinesAsync() => (await scene.World.AskAsync((LinesQuery q) => q.ForCaseAsync(scene.Desk, caseId)))!;
        Assert.Equal((true, false), (await LinesAsync()).Callback is { } slot ? (slot.IsFixed, slot.HasFailed) : default);

        var caller = await scene.World.ActorAsync(callback.ProfessionalId);
        Assert.Null((await scene.World.The<AttemptCallback>().RunAsync(caller, callback.Id, new AttemptForm("wrong_number", null), null)).Refusal);

        var after = await LinesAsync();
        Assert.True(after.Callback!.HasFailed);
        Assert.Equal(("Kan de betalingsregeling opnieuw?", "consult", "desk"), (after.LastQuestion, after.LastMode, after.LastCitizenAt));
        await scene.World.ExecuteAsync("UPDATE handoff SET mode = 'cold', citizen_at = 'absent' WHERE id = @handoff", new { handoff });
        Assert.Equal((null, null), await LinesAsync() is var cold ? (cold.LastMode, cold.LastCitizenAt) : default);
    }

    [Fact]
    public async Task Who_had_a_conflict_of_interest_does_not_call_back()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();
        await scene.DeclineAsync(scene.Members[0], "conflict_of_interest");
        await scene.DeclineAsync(scene.Members[1]);

        Assert.Equal(scene.Members[1].Id, (await scene.CallbackAsync(handoff)).ProfessionalId);
    }

    [Fact]
    public async Task Callbacks_are_spread_over_the_people_and_over_time()
    {
        await using var scene = await Scene.NewAsync();
        var callbacks = new List<StoredCallback>();
        for (var i = 0; i < 4; i++)
        {
            callbacks.Add(await scene.CallbackAsync(await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk))));
        }

        Assert.Equal([2, 2], callbacks.GroupBy(c => c.ProfessionalId).Select(g => g.Count()));
        Assert.Equal(4, callbacks.Select(c => (c.ProfessionalId, c.FromAt)).Distinct().Count());
    }

    [Fact]
    public async Task Outside_opening_hours_it_is_promised_for_the_next_opening()
    {
        await using var scene = await Scene.NewAsync();
        scene.Clock.AdvanceTo(new DateTime(2026, 4, 3, 9, 0, 0, DateTimeKind.Utc));
        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));

        // Good Friday; Monday is Easter Monday; Tuesday 08:30 in summer time.
        Assert.Equal(new DateTime(2026, 4, 7, 6, 40, 0, DateTimeKind.Utc), (await scene.CallbackAsync(handoff)).FromAt);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task After_three_attempts_without_answer_the_supervisor_has_it_and_can_still_fulfil_it(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        var callback = await scene.CallbackAsync(handoff);
        var attempt = scene.World.The<AttemptCallback>();
        for (var n = 1; n <= 2; n++)
        {
            Assert.Equal(new CallbackAttempted(Scene.Text(callback.Id), "scheduled", n), (await attempt.RunAsync(scene.Members[0], callback.Id, new AttemptForm("no_answer", "Voicemail"), null)).Value);
            Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(handoff));
            Assert.Equal(1, await scene.World.RunningDeadlinesAsync(callback.CaseId));
            var next = await scene.CallbackAsync(handoff);
            Assert.True(next.FromAt >= scene.Clock.UtcNow.AddHours(1));
            Assert.Equal("callback-not-yet", (await attempt.RunAsync(scene.Members[0], callback.Id, new AttemptForm("engaged", null), null)).Refusal?.Code);
            scene.Clock.AdvanceTo(next.FromAt);
        }

        Assert.Equal(new CallbackAttempted(Scene.Text(callback.Id), "failed", 3), (await attempt.RunAsync(scene.Members[0], callback.Id, new AttemptForm("no_answer", null), null)).Value);

        Assert.Equal(HandoffState.Escalated, await scene.StateAsync(handoff));
        Assert.Equal(scene.LineSupervisor.Id, (await scene.CallbackAsync(handoff)).ProfessionalId);
        Assert.Equal([scene.Desk.Id, scene.LineSupervisor.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM escalation ORDER BY to_id"));
        Assert.Equal([scene.LineSupervisor.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM deadline WHERE state = 'running'"));
        Assert.Equal("callback-unknown", (await attempt.RunAsync(scene.Members[0], callback.Id, new AttemptForm("reached", null), null)).Refusal?.Code);

        Assert.True((await attempt.RunAsync(scene.LineSupervisor, callback.Id, new AttemptForm("reached", "Gesproken"), null)).IsOk);
        Assert.Equal(HandoffState.Fulfilled, await scene.StateAsync(handoff));
        Assert.Equal(0, await scene.World.RunningDeadlinesAsync(callback.CaseId));
        Assert.Equal("callback-over", (await attempt.RunAsync(scene.LineSupervisor, callback.Id, new AttemptForm("reached", null), null)).Refusal?.Code);
    }

    [Fact]
    public async Task A_new_attempt_that_is_late_is_chased_again_from_the_first_rung()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        scene.Clock.AdvanceTo((await scene.CallbackAsync(handoff)).UntilAt);
        await scene.ChaseAsync();
        await scene.ChaseAsync();
        var before = await ToldAsync(scene);
        await scene.World.The<AttemptCallback>().RunAsync(scene.Members[0], (await scene.CallbackAsync(handoff)).Id, new AttemptForm("no_answer", null), null);

        scene.Clock.AdvanceTo((await scene.CallbackAsync(handoff)).UntilAt);
        await scene.ChaseAsync();
        await scene.ChaseAsync();

        Assert.Equal([(1, scene.Members[0].Id), (2, scene.Members[0].Id), (2, scene.LineSupervisor.Id)], before);
        Assert.Equal([.. before, .. before], await ToldAsync(scene));
    }

    [Theory]
    [InlineData(null), InlineData("busy"), InlineData("")]
    public async Task An_attempt_says_whether_somebody_was_reached(string? result)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var callback = await scene.CallbackAsync(await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk)));
        Assert.Equal("callback-result-missing", (await scene.World.The<AttemptCallback>().RunAsync(scene.Members[0], callback.Id, new AttemptForm(result, null), null)).Refusal?.Code);
        Assert.Equal("callback-unknown", (await scene.World.The<AttemptCallback>().RunAsync(scene.Desk, callback.Id, new AttemptForm("reached", null), null)).Refusal?.Code);
        Assert.Equal(0, (await scene.World.QueryAsync<int>("SELECT attempts FROM callback")).Single());
    }

    [Fact]
    public async Task A_supervisor_who_takes_over_a_failed_callback_may_see_its_case()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        // The line's people are in a team of which this supervisor is not the supervisor.
        await scene.World.ExecuteAsync("DELETE FROM team_supervisor WHERE professional_id = @Id", new { scene.LineSupervisor.Id });
        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        var callback = await scene.CallbackAsync(handoff);
        await scene.CallInVainAsync(handoff);

        Assert.NotNull(await scene.World.Db.ReadAsync(r => Features.Cases.CaseAccess.FindAsync(r, scene.LineSupervisor, callback.CaseId)));
        var escalation = await scene.World.ScalarAsync<long>("SELECT id FROM escalation");
        Assert.True((await scene.World.The<Escalations>().AcknowledgeAsync(scene.LineSupervisor, escalation, null)).IsOk);
    }

    [Fact]
    public async Task A_local_number_that_was_written_down_as_a_fact_is_there_for_who_calls()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var caseId = await scene.Given.Case(scene.Desk);
        Assert.True((await scene.World.The<Features.Cases.Facts>().AddAsync(scene.Desk, caseId, new Features.Cases.FactForm("", "365 30 00", "citizen", "phone_email"), null)).IsOk);
        await scene.Given.Handoff(scene.Desk, caseId);

        Assert.Equal("365 30 00", Assert.Single((await scene.World.PageAsync(scene.Desk, caseId)).Callbacks).Phone);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_has_the_chain_reads_on_the_case_that_a_call_failed_and_takes_it_up_there(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        var callback = await scene.CallbackAsync(handoff);
        Assert.Empty((await scene.World.ShownAsync(scene.Desk, callback.CaseId)).Warnings);

        Assert.Null((await scene.World.The<AttemptCallback>().RunAsync(scene.Members[0], callback.Id, new AttemptForm("wrong_number", null), null)).Refusal);

        var warning = Assert.Single((await scene.World.ShownAsync(scene.Desk, callback.CaseId)).Warnings);
        Assert.True((await scene.World.The<Escalations>().AcknowledgeAsync(scene.Desk, warning, null)).IsOk);
        Assert.Empty((await scene.World.ShownAsync(scene.Desk, callback.CaseId)).Warnings);
    }

    private static async Task<List<(int, long)>> ToldAsync(Scene scene) =>
        (await scene.World.QueryAsync<Told>("SELECT step, to_id FROM escalation ORDER BY raised_at, id")).ConvertAll(t => (t.Step, t.ToId));

    private sealed class Told
    {
        public int Step { get; init; }

        public long ToId { get; init; }
    }
}
