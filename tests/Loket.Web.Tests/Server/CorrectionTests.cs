namespace Loket.Web.Tests.Server;

/// <summary>A choice against the suggestions is kept only when they stood on the page.</summary>
[Collection(ServerCollection.Name)]
public sealed class CorrectionTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task A_topic_chosen_before_any_suggestion_was_shown_corrects_nothing()
    {
        using var desk = await app.AsAsync(1001);
        var form = new Dictionary<string, string> { ["question"] = "Zij heeft huurtoeslag en ziet niet waarom die stopt", ["kind"] = "none", ["topic"] = "debts", ["municipality"] = "gm0344" };

        Assert.Equal(303, (await desk.FormAsync("/desk", new Dictionary<string, string>(form) { ["key"] = "a" })).Status);
        Assert.Equal(0, await app.CountAsync("SELECT COUNT(*) FROM suggestion_correction"));

        var shown = await desk.FormAsync("/desk/suggestions", form);
        Assert.Contains("name=\"suggested\" value=\"true\"", shown.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await desk.FormAsync("/desk", new Dictionary<string, string>(form) { ["key"] = "b", ["suggested"] = "true" })).Status);
        Assert.Equal(1, await app.CountAsync("SELECT COUNT(*) FROM suggestion_correction"));
    }
}
