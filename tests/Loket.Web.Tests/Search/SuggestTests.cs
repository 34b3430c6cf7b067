using Loket.Web.Features.Directory;
using Loket.Web.Features.Search;
using Loket.Web.Tests.Directory;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Search;

/// <summary>From question to door: a story leads to topics, and a choice against them is kept without the story.</summary>
public sealed class SuggestTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Haar man is vorige week overleden en ze huurt een woning van de corporatie, ze weet niet of ze een uitkering krijgt", "pension_survivors")]
    [InlineData("Meneer is ontslagen en kan over twee maanden de huur niet meer betalen", "unemployment")]
    [InlineData("Ze heeft een brief van de deurwaarder gekregen en dreigt uit huis gezet te worden", "debts")]
    [InlineData("Mijn moeder kan niet meer alleen thuis wonen en heeft de hele dag zorg nodig", "long_term_care")]
    [InlineData("My son turned 18 and wants to study, can he get a student loan?", "education")]
    [InlineData("Er komt een dakkapel op het dak, moet daar een vergunning voor?", "permits")]
    [InlineData("Wij hebben een baby gekregen, waar geven we dat aan?", "civil_affairs")]
    [InlineData("Ik word uit huis gezet", "debts")]
    [InlineData("Man overleden, drie maanden huurachterstand", "civil_affairs")]
    [InlineData("Man overleden, drie maanden huurachterstand", "debts")]
    [InlineData("Mijn rijbewijs is verlopen en ik heb een boete van het CJIB", "civil_affairs")]
    [InlineData("Mijn rijbewijs is verlopen en ik heb een boete van het CJIB", "fines")]
    public async Task A_story_leads_to_its_topic(string story, string topic)
    {
        await using var world = await World.NewAsync();

        var suggested = world.The<Suggest>().For(story, english: false, null);

        output.WriteLine(string.Join("; ", suggested.Select(s => $"{s.Kind} {s.Code} ({s.Topic}) {s.Score} {s.Why.Code} {s.Why.Word}")));
        Assert.Contains(suggested, s => s.Topic == topic);
        Assert.InRange(suggested.Count, 1, Suggest.Most);
        Assert.Equal(suggested, world.The<Suggest>().For(story, english: false, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Goedemorgen")]
    [InlineData("Kunt u mij helpen?")]
    public async Task Words_that_say_nothing_suggest_nothing(string story)
    {
        await using var world = await World.NewAsync();

        Assert.Empty(world.The<Suggest>().For(story, english: false, null));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_choice_against_every_suggestion_is_kept_once_as_codes_only(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var set = ReferenceFiles.Read(ReferenceFolder.Real);
        await world.The<ImportReference>().RunAsync(set, ReferenceFiles.ReadDemo(ReferenceFolder.Real, set));
        var desk = await world.ActorAsync(1001);
        const string Story = "Zij heeft huurtoeslag en ziet niet waarom die stopt";

        await world.The<Suggest>().RememberAsync(desk, Story, "benefits", "a");
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM suggestion_correction"));

        await world.The<Suggest>().RememberAsync(desk, Story, "debts", "b");
        await world.The<Suggest>().RememberAsync(desk, Story, "debts", "b");

        Assert.Equal(["scheme huurtoeslag benefits debts"], await world.QueryAsync<string>(
            "SELECT CONCAT(suggested_kind, ' ', suggested_code, ' ', suggested_topic, ' ', chosen_topic) FROM suggestion_correction"));
    }
}
