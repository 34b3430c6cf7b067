using Loket.Web.Features.Directory;
using Loket.Web.Features.Upkeep;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Upkeep;

/// <summary>A newer file of organisations, confirmed terms of the law, and the national picture.</summary>
public sealed class ReferenceUpkeepTests
{
    private const string Header = "code,name,short_name,kind,oin,kvk,rsin,province,phone,website,municipality_code\n";
    private const string Utrecht = "gm0344,Gemeente Utrecht,Utrecht,municipality,,,,Utrecht,14 030,https://www.utrecht.nl,gm0344\n";
    private const string Almere = "gm0034,Gemeente Almere,Almere,municipality,,,,Flevoland,14 036,https://www.almere.nl,gm0034\n";

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_newer_file_shows_what_it_changes_and_applies_as_one(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var national = await world.Given.Person("rijk1");
        await world.Given.Municipality("gm0344", "Utrecht");
        await world.Given.Municipality("gm0501", "Brielle");
        await world.Given.Municipality("gm0530", "Hellevoetsluis");
        await world.ExecuteAsync("UPDATE organisation SET valid_until = '2022-12-31', successor_code = 'gm0344' WHERE code = 'gm0530'");
        var take = world.The<TakeOrganisations>();
        const string text = Header + Utrecht + Almere + "gm0530,Gemeente Hellevoetsluis,Hellevoetsluis,municipality,,,,Zuid-Holland,14 0181,,gm0530\n";

        var diff = await take.PreviewAsync(text);

        Assert.Equal(
            ["added gm0034 ", "changed gm0344 name", "changed gm0344 phone", "changed gm0344 website", "ended gm0530 ", "missing gm0501 ", "missing rijk1 "],
            diff.Changes.Select(c => $"{c.Kind} {c.Code} {c.Field}").Order(StringComparer.Ordinal));
        Assert.Equal(3, await world.ScalarAsync<long>("SELECT COUNT(*) FROM organisation WHERE kind = 'municipality'"));
        Assert.Equal((1, 1), ((await take.RunAsync(national, text, diff.Seen, "k")).Value.Added, (await take.RunAsync(national, text, diff.Seen, "k")).Value.Changed));
        Assert.Equal(["14 030"], await world.QueryAsync<string>("SELECT phone FROM organisation WHERE code = 'gm0344'"));
        Assert.Equal(["gm0530"], await world.QueryAsync<string>("SELECT code FROM organisation WHERE valid_until IS NOT NULL"));
        Assert.Equal(0, (await take.PreviewAsync(text)).Applies);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_bad_row_or_a_preview_that_is_no_longer_true_changes_nothing(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var national = await world.Given.Person("rijk1");
        var take = world.The<TakeOrganisations>();
        var bad = Header + Utrecht + "gm34,Gemeente Almere,Almere,municipality,,,,Flevoland,14 036,,gm34\n";

        Assert.Equal([3], (await take.PreviewAsync(bad)).Errors.Select(e => e.Line).Distinct());
        Assert.Equal("import-errors", (await take.RunAsync(national, bad, "", null)).Refusal?.Code);
        var seen = (await take.PreviewAsync(Header + Utrecht)).Seen;
        await world.Given.Municipality("gm0344", "Utrecht");
        Assert.Equal("stale", (await take.RunAsync(national, Header + Utrecht, seen, null)).Refusal?.Code);
        Assert.Equal(["Utrecht"], await world.QueryAsync<string>("SELECT name FROM organisation WHERE kind = 'municipality'"));
    }

    [Fact]
    public async Task Once_a_file_was_taken_in_the_one_of_the_program_adds_only_what_is_missing()
    {
        await using var world = await World.NewAsync();
        var national = await world.Given.Person("rijk1");
        var take = world.The<TakeOrganisations>();
        var ours = Header + Utrecht.Replace("14 030", "14 999", StringComparison.Ordinal);
        Assert.True((await take.RunAsync(national, ours, (await take.PreviewAsync(ours)).Seen, null)).IsOk);

        await world.The<ImportReference>().RunAsync(world.The<ReferenceSet>(), null);

        Assert.Equal(["14 999"], await world.QueryAsync<string>("SELECT phone FROM organisation WHERE code = 'gm0344'"));
        Assert.True(await world.ScalarAsync<long>("SELECT COUNT(*) FROM organisation WHERE kind = 'municipality'") > 300);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_term_of_the_law_is_unconfirmed_until_somebody_confirms_what_they_saw(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var national = await world.Given.Person("rijk1", name: "Nienke Oosterhuis");
        var law = world.The<LawQuery>();
        var before = await law.LoadAsync();
        var term = before.Terms[0];

        Assert.Equal(before.Terms.Count, before.Unconfirmed);
        Assert.Equal("stale", (await law.ConfirmAsync(national, term.Id, "another", null)).Refusal?.Code);
        Assert.Equal("law-unknown", (await law.ConfirmAsync(national, "no-such-term", term.Digest, null)).Refusal?.Code);
        Assert.True((await law.ConfirmAsync(national, term.Id, term.Digest, null)).IsOk);
        Assert.True((await law.ConfirmAsync(national, term.Id, term.Digest, null)).IsOk);

        var confirmed = Assert.Single((await law.LoadAsync()).Terms, t => t.ConfirmedBy is not null);
        Assert.Equal((term.Id, "Nienke Oosterhuis", world.Clock.UtcNow), (confirmed.Id, confirmed.ConfirmedBy, confirmed.ConfirmedAt));
        await world.ExecuteAsync("UPDATE legal_confirmation SET digest = 'of-another-text'");
        Assert.Equal(before.Terms.Count, (await law.LoadAsync()).Unconfirmed);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_national_picture_has_one_row_a_day_with_the_last_count(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        await world.Given.Line("gm0344-debts", members: 2);
        await world.Given.Line("gm0518-debts");
        await world.The<CountNational>().RunAsync(default);
        await world.Given.Line("gm0518-permits", members: 1);
        await world.The<CountNational>().RunAsync(default);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.The<CountNational>().RunAsync(default);

        var days = (await world.The<NationalQuery>().LoadAsync()).Days;

        Assert.Equal([(20260210, 2, 2, 3), (20260211, 2, 2, 3)], days.Select(d => (d.Day, d.Bodies, d.Lines, d.Professionals)));
    }
}
