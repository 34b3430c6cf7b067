using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Cases;

/// <summary>Title, question and name lie where destruction reaches them, also those from before that was so.</summary>
public sealed class MoveTextsTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Texts_of_an_old_case_are_moved_once_and_read_as_before(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        var named = await OldAsync(world, await world.Given.Case(desk, name: "Wilma van Zon"), "Huur", "Ik kan de huur niet betalen.", "Wilma van Zon");
        var loose = await OldAsync(world, await world.Given.Case(desk), "", "Wie helpt mij?", "Naam zonder gegeven");

        Assert.Equal(2, await world.The<MoveTexts>().RunAsync(default));
        Assert.Equal(0, await world.The<MoveTexts>().RunAsync(default));

        Assert.Equal(("Huur", "Ik kan de huur niet betalen.", "Wilma van Zon"), await ShownAsync(world, desk.Id, named));
        Assert.Equal(("", "Wie helpt mij?", "Naam zonder gegeven"), await ShownAsync(world, desk.Id, loose));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM case_file WHERE title <> '' OR question <> ''"));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM party WHERE name IS NOT NULL OR birth_date IS NOT NULL"));
        Assert.True((await world.The<VerifyJournal>().RunAsync()).Holds);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_a_case_says_is_written_in_personal_values_alone(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        await world.Given.Case(desk);
        var form = new OpenCaseForm("Merkvraag", "person", "debts", "gm0518", Title: "merktitel", Name: "Merknaam");
        var id = Given.Id((await world.The<OpenCase>().RunAsync(desk, form, null)).Value.CaseId);

        Assert.True((await world.The<SaveCase>().RunAsync(desk, id, new SaveCaseForm("merktitel twee", "Merkvraag", "debts", "gm0518", null, 1), null)).IsOk);

        Assert.Equal(("merktitel twee", "Merkvraag", "Merknaam"), await ShownAsync(world, desk.Id, id));
        Assert.Equal(
            ["Merknaam", "Merkvraag", "merktitel", "merktitel twee"],
            (await world.QueryAsync<string>("SELECT value FROM personal_value WHERE case_id = @id", new { id })).Order(StringComparer.Ordinal));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM case_file WHERE title <> '' OR question <> ''"));
        Assert.True((await world.The<VerifyJournal>().RunAsync()).Holds);

        Assert.True((await world.The<SaveCase>().RunAsync(desk, id, new SaveCaseForm("", "Merkvraag twee", "debts", "gm0518", null, 2), null)).IsOk);
        Assert.Equal(("", "Merkvraag twee", "Merknaam"), await ShownAsync(world, desk.Id, id));
    }

    private static async Task<(string Title, string Question, string? Name)> ShownAsync(World world, long person, long caseId)
    {
        var shown = await world.ShownAsync(await world.ActorAsync(person), caseId);
        return (shown.Title ?? "", shown.Question, shown.Party.Name);
    }

    // As a row was before: the texts in it, and none of them in an entry of the journal that could not have been there.
    private static async Task<long> OldAsync(World world, long caseId, string title, string question, string name)
    {
        await world.ExecuteAsync("UPDATE case_file SET title = @title, question = @question, title_id = NULL, question_id = NULL WHERE id = @caseId", new { title, question, caseId });
        await world.ExecuteAsync(
            "UPDATE party SET name = @name, birth_date = '1970-04-07', name_id = NULL WHERE id = (SELECT c.party_id FROM case_file c WHERE c.id = @caseId)", new { name, caseId });
        return caseId;
    }
}
