using Loket.Domain;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.People;
using Loket.Web.Features.Questions;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Questions;

/// <summary>A library asks for a visitor: the municipality owns the chain, the right line rings, and the library sees what came of it and nothing else.</summary>
public sealed class QuestionTests
{
    private static readonly QuestionForm Rent = new("debts", "Mag iemand met een huurschuld verhuizen?", "06 1234 5678");

    private sealed record Scene(Actor Point, Actor Owner, Actor Supervisor, Actor Specialist);

    private static async Task<Scene> SceneAsync(World world, bool named = true)
    {
        var line = await world.Given.Line("gm0344-debts", members: 1);
        var supervisor = await world.Given.Supervisor("gm0344");
        var owner = await world.Given.FrontOffice("gm0344");
        var point = await PointAsync(world, "gm0344-library");
        if (named)
        {
            Assert.True((await world.The<IntakeOwner>().NameAsync(supervisor, owner.Id, null)).IsOk);
        }

        return new Scene(point, owner, supervisor, line.Members[0]);
    }

    private static async Task<Actor> PointAsync(World world, string team)
    {
        var point = await world.Given.Person("gm0344", team);
        await world.ExecuteAsync("UPDATE professional SET information_point = 1 WHERE id = @Id", new { point.Id });
        return await world.ActorAsync(point.Id);
    }

    private static Task<Outcome<QuestionAsked>> AskAsync(World world, Actor point, QuestionForm form, string? key = null) => world.The<AskForCitizen>().RunAsync(point, form, key);

    private static Task<QuestionsView> SeenAsync(World world, Actor point) => world.The<QuestionsQuery>().LoadAsync(point);

    private static async Task<(long Id, long Owner, bool ByOffice)> CaseAsync(World world)
    {
        var id = await world.ScalarAsync<long>("SELECT MAX(id) FROM case_file");
        return (id, await world.ScalarAsync<long>("SELECT owner_id FROM case_file WHERE id = @id", new { id }), await world.ScalarAsync<int>("SELECT owned_by_office FROM case_file WHERE id = @id", new { id }) == 1);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_intake_owner_has_the_chain_the_line_rings_and_the_library_sees_the_answer_and_the_promise(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (point, owner, supervisor, specialist) = await SceneAsync(world);
        await world.Given.Available(specialist);

        Assert.True((await AskAsync(world, point, Rent, "k1")).IsOk);
        Assert.True((await AskAsync(world, point, Rent, "k1")).IsOk);

        var (caseId, ownerId, byOffice) = await CaseAsync(world);
        Assert.Equal((owner.Id, true, 1L), (ownerId, byOffice, await world.ScalarAsync<long>("SELECT COUNT(*) FROM case_file")));
        Assert.Null(await world.Db.ReadAsync(r => CaseAccess.FindAsync(r, point, caseId)));
        Assert.True((await world.Db.ReadAsync(r => CaseAccess.FindAsync(r, owner, caseId)))!.MayEdit);
        Assert.Equal(point.Id, await world.ScalarAsync<long>("SELECT actor_id FROM journal WHERE kind = 'case_opened'"));
        Assert.Equal("asking", Assert.Single((await SeenAsync(world, point)).Questions).State);

        var handoff = await world.ScalarAsync<long>("SELECT id FROM handoff");
        Assert.Null((await world.The<AnswerOffer>().AcceptAsync(specialist, (await world.PendingOfferAsync(specialist))!.Value, null)).Refusal);
        Assert.Equal(("looking", "gm0344"), (await SeenAsync(world, point)).Questions is [var looking] ? (looking.State, looking.By) : default);
        Assert.True((await world.The<Promises>().MakeAsync(specialist, caseId, new PromiseForm("Brief over de regeling", world.Clock.UtcNow.AddDays(2), handoff), null)).IsOk);
        Assert.True((await world.The<Conversation>().FinishAsync(specialist, handoff, new FinishForm("answered", "Ja, als de regeling loopt."), null)).IsOk);

        var seen = Assert.Single((await SeenAsync(world, point)).Questions);
        Assert.Equal(("answered", "Ja, als de regeling loopt.", Rent.Question), (seen.State, seen.Outcome, seen.Question));
        Assert.Equal(("Brief over de regeling", "open"), Assert.Single(seen.Promises) is var p ? (p.Text, p.State) : default);
        Assert.Equal(caseId, seen.AboutCase);
        Assert.Empty((await SeenAsync(world, await PointAsync(world, "gm0344-village"))).Questions);
        Assert.NotEqual(owner.Id, supervisor.Id);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_the_case_grows_into_the_library_does_not_see(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (point, owner, _, _) = await SceneAsync(world);
        Assert.True((await AskAsync(world, point, Rent)).IsOk);
        var (caseId, _, _) = await CaseAsync(world);
        await world.Given.Line("gm0344-permits", members: 1);
        Assert.True((await world.The<SaveCase>().RunAsync(owner, caseId, new SaveCaseForm(null, "Iets heel anders", "permits", "gm0344", null, 1), null)).IsOk);
        var other = await world.Given.Handoff(owner, caseId, question: "Mag de schuur er staan?");
        Assert.True((await world.The<Promises>().MakeAsync(owner, caseId, new PromiseForm("Over de schuur", world.Clock.UtcNow.AddDays(2), other), null)).IsOk);
        Assert.True((await world.The<Promises>().MakeAsync(owner, caseId, new PromiseForm("Wij bellen u", world.Clock.UtcNow.AddDays(2)), null)).IsOk);

        var seen = Assert.Single((await SeenAsync(world, point)).Questions);
        Assert.Equal((Rent.Question, "debts"), (seen.Question, seen.Topic));
        Assert.Equal("Wij bellen u", Assert.Single(seen.Promises).Text);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Nobody_there_means_a_dated_callback_and_the_library_sees_when(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (point, _, _, _) = await SceneAsync(world);
        Assert.True((await AskAsync(world, point, Rent)).IsOk);
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        await world.The<WatchClock>().RunAsync();

        var seen = Assert.Single((await SeenAsync(world, point)).Questions);
        Assert.Equal("call", seen.State);
        Assert.True(seen.CallUntil > world.Clock.UtcNow && seen.CallUntil > seen.CallFrom);
        Assert.Equal("phone", await world.ScalarAsync<string>("SELECT channel FROM party"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_visitor_who_left_no_number_comes_back_for_the_answer(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (point, _, _, _) = await SceneAsync(world);
        Assert.True((await AskAsync(world, point, Rent with { Reach = null })).IsOk);
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        await world.The<WatchClock>().RunAsync();

        var seen = Assert.Single((await SeenAsync(world, point)).Questions);
        Assert.Equal("visit", seen.State);
        Assert.True(seen.CallUntil > world.Clock.UtcNow);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task When_the_intake_owner_is_away_or_nobody_was_named_it_falls_through_to_who_is_there(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (point, owner, supervisor, _) = await SceneAsync(world, named: false);
        Assert.True((await AskAsync(world, point, Rent)).IsOk);
        Assert.Equal((supervisor.Id, true), await CaseAsync(world) is var first ? (first.Owner, first.ByOffice) : default);

        Assert.True((await world.The<IntakeOwner>().NameAsync(supervisor, owner.Id, null)).IsOk);
        var today = Loket.Domain.Terms.AmsterdamTime.DateOf(world.Clock.UtcNow);
        Assert.True((await world.The<Absences>().SetAsync(owner, owner.Id, new AbsenceForm(today, today.AddDays(3), null), null)).IsOk);
        Assert.True((await AskAsync(world, point, Rent)).IsOk);
        Assert.Equal(supervisor.Id, (await CaseAsync(world)).Owner);

        await world.ExecuteAsync("UPDATE professional SET active = 0 WHERE supervisor = 1 OR front_office = 1");
        Assert.Equal("intake-nobody", (await AskAsync(world, point, Rent)).Refusal?.Code);
        Assert.Equal(2, await world.ScalarAsync<long>("SELECT COUNT(*) FROM case_file"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Only_who_works_cases_in_the_municipality_can_be_named_and_an_information_point_is_given_nothing_to_own(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (point, owner, supervisor, specialist) = await SceneAsync(world);
        var elsewhere = await world.Given.FrontOffice("gm0363");
        foreach (var unfit in new[] { point.Id, specialist.Id, elsewhere.Id, 999 })
        {
            Assert.Equal("intake-owner-unfit", (await world.The<IntakeOwner>().NameAsync(supervisor, unfit, null)).Refusal?.Code);
        }

        var national = await world.Given.Supervisor("zb000143");
        Assert.Equal("information-point-municipality", (await world.The<IntakeOwner>().NameAsync(national, null, null)).Refusal?.Code);
        Assert.True((await AskAsync(world, point, Rent)).IsOk);
        var (caseId, _, _) = await CaseAsync(world);
        Assert.Equal("ownership-unreachable", (await world.The<Ownership>().AskAsync(owner, caseId, point.Id, null)).Refusal?.Code);
        var today = Loket.Domain.Terms.AmsterdamTime.DateOf(world.Clock.UtcNow);
        Assert.False((await world.The<Absences>().SetAsync(owner, owner.Id, new AbsenceForm(today, today, point.Id), null)).IsOk);
    }

    [Fact]
    public async Task A_number_and_what_is_no_way_to_reach_somebody_are_refused_and_nothing_is_kept()
    {
        await using var world = await World.NewAsync();
        var (point, _, _, _) = await SceneAsync(world);
        Assert.Equal("question-has-bsn", (await AskAsync(world, point, Rent with { Question = "Iets over 999993112" })).Refusal?.Code);
        Assert.Equal("question-has-bsn", (await AskAsync(world, point, Rent with { Reach = "999993112" })).Refusal?.Code);
        Assert.Equal("reach-unfit", (await AskAsync(world, point, Rent with { Reach = "bij de buren" })).Refusal?.Code);
        Assert.Equal("topic-missing", (await AskAsync(world, point, Rent with { Topic = "" })).Refusal?.Code);
        Assert.Equal("topic-unknown", (await AskAsync(world, point, Rent with { Topic = "no such" })).Refusal?.Code);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM case_file"));
    }
}
