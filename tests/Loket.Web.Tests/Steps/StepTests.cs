using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.People;
using Loket.Web.Features.Steps;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Steps;

/// <summary>
/// A desk in Utrecht owns a case of somebody in The Hague, whose debts line has two members. The clock starts on
/// Tuesday 10 February 2026.
/// </summary>
public sealed class StepTests
{
    private static readonly StepForm Decision = new("Beslissen op de aanvraag", "gm0518", TermStart: "2026-02-09", Term: "P8W", Basis: "act", Article: "Awb 4:13");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_step_for_another_organisation_stays_the_owners_until_somebody_there_accepts_it(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        var step = await AddAsync(scene, caseId, Decision);
        Assert.Equal([(scene.Desk.Id, "running")], await DatesAsync(scene, step));

        var asked = await scene.World.The<AskStep>().AskAsync(scene.Desk, step, new AskStepForm(Scene.Debts), null);
        Assert.Null(asked.Refusal);
        Assert.Equal("step-already-asked", (await scene.World.The<AskStep>().AskAsync(scene.Desk, step, new AskStepForm(Scene.Debts), null)).Refusal?.Code);
        Assert.Equal([(scene.Desk.Id, "running")], await DatesAsync(scene, step));
        Assert.Null(await AccessAsync(scene, scene.Members[1], caseId));

        var request = Given.Id(asked.Value.RequestId);
        Assert.Null((await scene.World.The<AskStep>().AcceptAsync(scene.Members[1], request, null)).Refusal);
        Assert.Equal("step-ask-answered", (await scene.World.The<AskStep>().AcceptAsync(scene.Members[0], request, null)).Refusal?.Code);
        Assert.Equal([(scene.Members[1].Id, "running")], (await DatesAsync(scene, step)).FindAll(d => d.State == "running"));
        Assert.True((await AccessAsync(scene, scene.Members[1], caseId))!.MayWork);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM disclosure"));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM deadline WHERE subject_kind = 'step_ask' AND state = 'running'"));
    }

    [Fact]
    public async Task A_day_that_is_over_is_no_day_to_agree_on()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        async Task<string?> AddedAsync(string day) => (await scene.World.The<AddSteps>().RunAsync(scene.Desk, caseId, new StepForm("Bellen", "gm0344", DueDay: day), null)).Refusal?.Code;

        Assert.Equal("step-day-past", await AddedAsync("2026-02-09"));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step"));
        Assert.Null(await AddedAsync("2026-02-10"));
    }

    [Fact]
    public async Task An_ask_nobody_answers_reaches_the_line_s_supervisor_after_a_working_day_without_showing_the_case()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        await scene.World.The<AskStep>().AskAsync(scene.Desk, await AddAsync(scene, caseId, Decision), new AskStepForm(Scene.Debts), null);

        scene.Clock.Advance(TimeSpan.FromDays(1));
        await scene.ChaseAsync();
        await scene.ChaseAsync();

        Assert.Equal(
            [scene.LineSupervisor.Id],
            await scene.World.QueryAsync<long>("SELECT DISTINCT e.to_id FROM escalation e JOIN deadline d ON d.id = e.deadline_id WHERE d.subject_kind = 'step_ask'"));
        Assert.Null(await AccessAsync(scene, scene.LineSupervisor, caseId));
    }

    [Fact]
    public async Task A_line_without_people_is_asked_at_the_duty_supervisor_and_a_body_that_is_not_connected_cannot_be_asked()
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Line("gm0518-permits");
        await scene.Given.Line("gm0599-permits");
        var caseId = await scene.Given.Case(scene.Desk);

        var here = await scene.World.The<AskStep>().AskAsync(scene.Desk, await AddAsync(scene, caseId, Decision), new AskStepForm("gm0518-permits"), null);
        Assert.Null(here.Refusal);
        Assert.Equal([scene.LineSupervisor.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM step_request"));
        var elsewhere = await AddAsync(scene, caseId, Decision with { Organisation = "gm0599" });
        Assert.Equal("step-ask-nobody", (await scene.World.The<AskStep>().AskAsync(scene.Desk, elsewhere, new AskStepForm("gm0599-permits"), null)).Refusal?.Code);
        Assert.Equal("step-line-other", (await scene.World.The<AskStep>().AskAsync(scene.Desk, elsewhere, new AskStepForm(Scene.Debts), null)).Refusal?.Code);
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_and_leaves_the_step_with_the_owner()
    {
        await using var scene = await Scene.NewAsync();
        var step = await AddAsync(scene, await scene.Given.Case(scene.Desk), Decision);
        var asked = Given.Id((await scene.World.The<AskStep>().AskAsync(scene.Desk, step, new AskStepForm(Scene.Debts), null)).Value.RequestId);

        Assert.Equal("step-ask-unknown", (await scene.World.The<AskStep>().RefuseAsync(await scene.Given.FrontOffice("gm0363"), asked, "nee", null)).Refusal?.Code);
        Assert.Equal("step-ask-not-yours", (await scene.World.The<AskStep>().RefuseAsync(scene.Desk, asked, "nee", null)).Refusal?.Code);
        Assert.Equal("step-reason-missing", (await scene.World.The<AskStep>().RefuseAsync(scene.Members[0], asked, " ", null)).Refusal?.Code);
        Assert.Null((await scene.World.The<AskStep>().RefuseAsync(scene.Members[0], asked, "Dit doet de SVB", null)).Refusal);
        Assert.Equal([(scene.Desk.Id, "running")], await DatesAsync(scene, step));
        Assert.Null((await scene.World.The<AskStep>().AskAsync(scene.Desk, step, new AskStepForm(Scene.Debts), null)).Refusal);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Eight_weeks_asked_to_complete_with_a_period_moves_by_the_days_it_really_took(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var step = await AddAsync(scene, await scene.Given.Case(scene.Desk), Decision);
        Assert.Equal("2026-04-07", await DueDayAsync(scene, step));

        At(scene, "2026-03-11");
        var work = scene.World.The<WorkStep>();
        Assert.Null((await work.AskCitizenAsync(scene.Desk, step, new AskCitizenForm("De jaaropgave", "2026-04-08", Suspends: true), null)).Refusal);
        Assert.Equal("2026-05-04", await DueDayAsync(scene, step));
        At(scene, "2026-03-23");
        Assert.Null((await work.ResumeAsync(scene.Desk, step, null)).Refusal);

        Assert.Equal("2026-04-17", await DueDayAsync(scene, step));
        Assert.Equal([(scene.Desk.Id, "running")], (await DatesAsync(scene, step)).FindAll(d => d.State == "running"));
    }

    [Fact]
    public async Task Asking_the_citizen_without_a_period_moves_no_date()
    {
        await using var scene = await Scene.NewAsync();
        var step = await AddAsync(scene, await scene.Given.Case(scene.Desk), Decision);
        var work = scene.World.The<WorkStep>();

        Assert.Equal("step-until-missing", (await work.AskCitizenAsync(scene.Desk, step, new AskCitizenForm("De jaaropgave", null), null)).Refusal?.Code);
        Assert.Null((await work.AskCitizenAsync(scene.Desk, step, new AskCitizenForm("De jaaropgave", "2026-02-20"), null)).Refusal);
        Assert.Equal("2026-04-07", await DueDayAsync(scene, step));
        At(scene, "2026-02-24");
        Assert.Null((await work.ResumeAsync(scene.Desk, step, null)).Refusal);
        Assert.Equal("2026-04-07", await DueDayAsync(scene, step));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task While_a_step_stands_still_nobody_is_chased_and_going_on_moves_the_date(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var step = await AddAsync(scene, await scene.Given.Case(scene.Desk), Decision);
        At(scene, "2026-03-02");
        var work = scene.World.The<WorkStep>();
        Assert.Equal("step-suspend-kind", (await work.SuspendAsync(scene.Desk, step, new SuspendStepForm("completion"), null)).Refusal?.Code);
        Assert.Null((await work.SuspendAsync(scene.Desk, step, new SuspendStepForm("force_majeure"), null)).Refusal);
        Assert.Equal([(scene.Desk.Id, "suspended")], await DatesAsync(scene, step));

        At(scene, "2026-06-01");
        await scene.ChaseAsync();
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM escalation"));
        Assert.Null((await work.ResumeAsync(scene.Desk, step, null)).Refusal);

        // 91 days from 2 March on, added to the raw end of 6 April.
        Assert.Equal("2026-07-06", await DueDayAsync(scene, step));
        Assert.Equal([(scene.Desk.Id, "running")], (await DatesAsync(scene, step)).FindAll(d => d.State is "running" or "suspended"));
    }

    [Fact]
    public async Task A_step_that_waits_for_another_is_done_after_it_and_who_waited_hears_it()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var first = await AddAsync(scene, caseId, Decision);
        var second = await AddAsync(scene, caseId, new StepForm("Uitbetalen", "gm0344", DueDay: "2026-05-01", Needs: [Scene.Text(first)]));
        var work = scene.World.The<WorkStep>();

        Assert.Equal("step-needs-first", (await work.FinishAsync(scene.Desk, second, null, null)).Refusal?.Code);
        Assert.Null((await work.FinishAsync(scene.Desk, first, "Toegekend", null)).Refusal);
        Assert.Null((await work.FinishAsync(scene.Desk, second, null, null)).Refusal);
        Assert.Equal("step-over", (await work.CancelAsync(scene.Desk, second, "te laat", null)).Refusal?.Code);
        Assert.Equal(["met", "met"], await scene.World.QueryAsync<string>("SELECT state FROM deadline WHERE subject_kind = 'step'"));
    }

    [Fact]
    public async Task A_cancelled_step_takes_its_date_and_its_open_ask_along()
    {
        await using var scene = await Scene.NewAsync();
        var step = await AddAsync(scene, await scene.Given.Case(scene.Desk), Decision with { Line = Scene.Debts });

        Assert.Equal("step-reason-missing", (await scene.World.The<WorkStep>().CancelAsync(scene.Desk, step, null, null)).Refusal?.Code);
        Assert.Null((await scene.World.The<WorkStep>().CancelAsync(scene.Desk, step, "De inwoner wil dit niet meer", null)).Refusal);

        Assert.Equal(["withdrawn", "withdrawn"], await scene.World.QueryAsync<string>("SELECT state FROM deadline WHERE subject_kind IN ('step', 'step_ask')"));
        Assert.Equal(["withdrawn"], await scene.World.QueryAsync<string>("SELECT state FROM step_request"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Several_planned_steps_come_in_one_transaction_or_not_at_all(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        PlannedStep Planned(string step, params string[] needs) =>
            new(new StepForm($"Stap {step}", "gm0518", Needs: needs), new StepTemplate("death", 1, step, ArticleVerified: true));

        var added = await scene.World.Db.WriteAsync<int>(unit => scene.World.The<AddSteps>().Add(unit, scene.Desk, caseId, [Planned("a"), Planned("b", "a")]).Count);
        Assert.Equal(2, added.Value);
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step_need"));
        var wrong = await scene.World.Db.WriteAsync<int>(unit => scene.World.The<AddSteps>().Add(unit, scene.Desk, caseId, [Planned("c"), Planned("d", "nowhere")]).Count);
        Assert.Equal("step-need-unknown", wrong.Refusal?.Code);
        Assert.Equal(2, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step"));
    }

    [Fact]
    public async Task A_new_chain_owner_answers_for_what_nobody_accepted_and_for_nothing_else()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var open = await AddAsync(scene, caseId, Decision);
        var taken = await AddAsync(scene, caseId, Decision with { Organisation = "gm0344", Take = true });
        var colleague = await scene.Given.FrontOffice("gm0344");
        var asked = (await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, colleague.Id, null)).Value;
        Assert.Null((await scene.World.The<Ownership>().AcceptAsync(colleague, Given.Id(asked.RequestId), null)).Refusal);

        Assert.Equal([colleague.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM chain_step WHERE id = @open", new { open }));
        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM chain_step WHERE id = @taken", new { taken }));
    }

    [Fact]
    public async Task Who_leaves_hands_their_steps_to_the_successor_also_those_that_stand_still()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var step = await AddAsync(scene, caseId, Decision with { Line = Scene.Debts });
        var request = await scene.World.ScalarAsync<long>("SELECT id FROM step_request");
        await scene.World.The<AskStep>().AcceptAsync(scene.Members[0], request, null);
        await scene.World.The<WorkStep>().SuspendAsync(scene.Members[0], step, new SuspendStepForm("consent"), null);

        Assert.Null((await scene.World.The<Deactivate>().RunAsync(scene.LineSupervisor, scene.Members[0].Id, null)).Refusal);

        Assert.Equal([scene.LineSupervisor.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM chain_step"));
        Assert.Equal([scene.LineSupervisor.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM deadline WHERE state = 'suspended'"));
        Assert.True((await AccessAsync(scene, scene.LineSupervisor, caseId))!.MayWork);
    }

    [Theory]
    [InlineData("", "gm0518", "step-title-missing")]
    [InlineData("Bel met mevrouw Jansen", "gm0518", "title-names-somebody")]
    [InlineData("Beslissen", "", "step-who-missing")]
    [InlineData("Beslissen", "gm9999", "step-organisation-unknown")]
    public async Task A_wrong_step_is_refused_with_its_reason(string title, string organisation, string reason)
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);

        Assert.Equal(reason, (await scene.World.The<AddSteps>().RunAsync(scene.Desk, caseId, new StepForm(title, organisation), null)).Refusal?.Code);
    }

    internal static async Task<long> AddAsync(Scene scene, long caseId, StepForm form)
    {
        var added = await scene.World.The<AddSteps>().RunAsync(scene.Desk, caseId, form, null);
        Assert.Null(added.Refusal);
        return Given.Id(added.Value.StepIds[0]);
    }

    private static void At(Scene scene, string day) => scene.Clock.AdvanceTo(DateTime.Parse($"{day}T09:00:00Z", null, System.Globalization.DateTimeStyles.AdjustToUniversal));

    private static Task<CaseAccess?> AccessAsync(Scene scene, Actor actor, long caseId) => scene.World.Db.ReadAsync(r => CaseAccess.FindAsync(r, actor, caseId));

    private static async Task<string> DueDayAsync(Scene scene, long step)
    {
        var due = await scene.World.ScalarAsync<DateTime>("SELECT due_at FROM deadline WHERE subject_kind = 'step' AND subject_id = @step AND state = 'running'", new { step });
        return Domain.Terms.AmsterdamTime.DateOf(due).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<List<(long Person, string State)>> DatesAsync(Scene scene, long step) => (await scene.World.QueryAsync<DateRow>(
        "SELECT professional_id, state FROM deadline WHERE subject_kind = 'step' AND subject_id = @step ORDER BY id", new { step })).ConvertAll(d => (d.ProfessionalId, d.State));

    private sealed class DateRow
    {
        public long ProfessionalId { get; init; }

        public string State { get; init; } = "";
    }
}
