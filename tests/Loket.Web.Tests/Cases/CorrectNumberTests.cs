using Loket.Web.Features.Cases;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Cases;

/// <summary>A wrong BSN is put right: nothing of the other person stays, and who had it is told.</summary>
public sealed class CorrectNumberTests
{
    private const string Wilma = "999993112";
    private const string Right = "999990019";

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_the_register_said_of_the_other_goes_everywhere_and_the_case_is_found_by_the_right_number(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var world = scene.World;
        var ofWilma = await world.Given.Case(scene.Desk, bsn: Wilma);
        var caseId = await world.Given.Case(scene.Desk, bsn: Wilma);
        var ofRight = await world.Given.Case(scene.Desk, bsn: Right);
        await world.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", null);
        await world.Given.AcceptedHandoff(scene.Desk, caseId, scene.Members[0]);
        var name = await world.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'name' AND case_id = @caseId", new { caseId });
        Assert.True((await world.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(name, Scene.Debts), null)).IsOk);
        var before = await world.ShownAsync(scene.Desk, caseId);
        Assert.Equal(("Wilma van Zon", true, ofWilma), (before.Party.Name, before.MayCorrectNumber, Assert.Single(before.OtherCases).CaseId));

        Assert.True((await CorrectAsync(world, scene.Desk, caseId, "9999 90 019")).IsOk);

        var after = await world.ShownAsync(scene.Desk, caseId);
        Assert.Equal(("019", null, 0, 0), (after.Party.BsnTail, after.Party.IdentityMethod, after.Facts.Count, after.OtherCases.Count));
        Assert.NotEqual("Wilma van Zon", after.Party.Name);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM personal_value WHERE value LIKE '%Wilma van Zon%' AND case_id = @caseId", new { caseId }));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM disclosure WHERE fact_id = @name AND until IS NULL", new { name }));
        Assert.Contains("fact_withdrawn", await world.TimelineAsync(caseId));
        Assert.Contains("number_corrected", await world.TimelineAsync(caseId));
        Assert.DoesNotContain(await world.QueryAsync<string>("SELECT payload FROM journal"), text => text.Contains(Wilma, StringComparison.Ordinal) || text.Contains(Right, StringComparison.Ordinal));
        await world.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", null);
        after = await world.ShownAsync(scene.Desk, caseId);
        Assert.Equal(("document", ofRight), (after.Party.IdentityMethod, Assert.Single(after.OtherCases).CaseId));
        Assert.Empty((await world.The<VerifyJournal>().RunAsync()).Faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_name_in_the_register_that_is_not_the_one_that_was_told_is_said_on_the_case_and_nothing_of_it_goes_along_by_itself(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        async Task<(string? Name, string? Told, bool GoesAlong)> NamesAsync(string told)
        {
            var caseId = await scene.Given.Case(scene.Desk, bsn: Wilma);
            Assert.True((await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm("", told, "citizen", "name"), null)).IsOk);
            await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", null);
            var shown = await scene.World.ShownAsync(scene.Desk, caseId);
            return (shown.Party.Name, shown.Party.ToldName, shown.Facts.Any(f => f.Source == IPersonRegister.Source && f.GoesAlong));
        }

        Assert.Equal(("Wilma van Zon", "Jansen", false), await NamesAsync("Jansen"));
        Assert.Equal(("Wilma van Zon", null, true), await NamesAsync("Willemien van Zon"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_answer_about_the_wrong_number_that_comes_late_is_not_kept(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var world = scene.World;
        var caseId = await world.Given.Case(scene.Desk, bsn: Wilma);
        // Identity was recorded again by then: only the number tells the answers apart.
        var register = new SlowRegister(async () =>
        {
            Assert.True((await CorrectAsync(world, scene.Desk, caseId, Right)).IsOk);
            await world.ExecuteAsync("UPDATE case_file SET identity_method = 'document' WHERE id = @caseId", new { caseId });
        });

        await new EstablishIdentity(world.Db, world.The<KeyRing>(), register).RunAsync(scene.Desk, caseId, "document", null);

        Assert.Equal(Wilma, register.Asked);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM fact WHERE case_id = @caseId", new { caseId }));
    }

    [Fact]
    public async Task Only_who_decides_about_a_case_of_their_own_puts_a_number_right_and_two_at_once_do_not_mix()
    {
        await using var scene = await Scene.NewAsync();
        var world = scene.World;
        var caseId = await world.Given.Case(scene.Desk, bsn: Wilma);
        await world.Given.AcceptedHandoff(scene.Desk, caseId, scene.Members[0]);
        var without = await world.Given.Case(scene.Desk);
        async Task<string?> WhyAsync(Actor who, long id, string? bsn) => (await CorrectAsync(world, who, id, bsn)).Refusal?.Code;
        Assert.Equal("number-missing", await WhyAsync(scene.Desk, caseId, " "));
        Assert.Equal("bsn-wrong", await WhyAsync(scene.Desk, caseId, "999993113"));
        Assert.Equal("number-same", await WhyAsync(scene.Desk, caseId, Wilma));
        Assert.Equal("number-not-there", await WhyAsync(scene.Desk, without, Right));
        Assert.Equal("case-read-only", await WhyAsync(scene.Members[0], caseId, Right));
        Assert.Equal("case-unknown", await WhyAsync(await world.Given.FrontOffice("gm0599"), caseId, Right));
        Assert.Equal("112", (await world.ShownAsync(scene.Desk, caseId)).Party.BsnTail);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CorrectAsync(world, scene.Desk, caseId, Right))));
        Assert.Single(answers, a => a.IsOk);
        Assert.All(answers.Where(a => !a.IsOk), a => Assert.Equal("number-same", a.Refusal!.Code));
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'number_corrected'"));
        var correct = world.The<CorrectNumber>();
        var first = await correct.RunAsync(scene.Desk, caseId, Wilma, "sleutel");
        Assert.Equal(first.Value, (await correct.RunAsync(scene.Desk, caseId, Wilma, "sleutel")).Value);
        Assert.Equal("key-reused", (await correct.RunAsync(scene.Desk, caseId, Right, "sleutel")).Refusal?.Code);
    }

    private static Task<Domain.Outcome<CaseSaved>> CorrectAsync(World world, Actor who, long caseId, string? bsn) => world.The<CorrectNumber>().RunAsync(who, caseId, bsn, null);

    /// <summary>Answers with Wilma, after something else happened.</summary>
    private sealed class SlowRegister(Func<Task> meanwhile) : IPersonRegister
    {
        public string? Asked { get; private set; }

        public async Task<RegisterAnswer> FindAsync(string bsn, CancellationToken ct)
        {
            Asked = bsn;
            await meanwhile();
            return await new TestPersons([World.Wilma]).FindAsync(bsn, ct);
        }
    }
}
