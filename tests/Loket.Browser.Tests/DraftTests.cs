using System.Globalization;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;

namespace Loket.Browser.Tests;

/// <summary>Nothing typed is lost, and no number that names a person stays behind in the browser.</summary>
public sealed class DraftTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    private const string Bsn = "999993653";

    [Fact]
    public async Task A_half_typed_case_survives_a_reload_without_its_bsn()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await desk.GoAsync("/desk");
        await desk.FillAsync("#case-question", "Mijn man is overleden en ik heb huurschuld.");
        await desk.ChooseAsync("#case-topic", "Schul", "debts");
        await desk.FillAsync("#case-bsn", Bsn);
        await desk.SavedAsync();
        await desk.SeeAsync("[data-saved]", "Concept bewaard om");
        Assert.DoesNotContain(Bsn, await desk.StoredInBrowserAsync(), StringComparison.Ordinal);

        await desk.Page.ReloadAsync();
        await desk.See("#case-question").ToHaveValueAsync("Mijn man is overleden en ik heb huurschuld.");
        await desk.See("#case-topic").ToHaveValueAsync("debts");
        await desk.See("#case-bsn").ToHaveValueAsync("");
        Assert.DoesNotContain(Bsn, await desk.StoredInBrowserAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Back_after_a_case_was_opened_shows_an_empty_form_and_not_the_case_to_open_again()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await desk.GoAsync("/desk");
        await desk.FillAsync("#case-question", "Ik wil dit een keer vragen.");
        await desk.ChooseAsync("#case-topic", "Schul", "debts");
        await desk.ChooseAsync("#case-municipality", "Den Ha", "gm0518");
        await desk.PressAsync("Alt+s");
        await desk.AtAsync("/cases/[0-9]+$");
        await desk.Page.GoBackAsync();
        await desk.AtAsync("/desk$");
        await desk.See("#case-question").ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_was_typed_in_the_last_moment_before_a_reload_is_there_too()
    {
        await using var desk = await loket.AsAsync("Sanne Kuiper");
        await desk.GoAsync("/desk");
        desk.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await desk.FillAsync("#case-question", "Ik kan de huur niet betalen.");
        await desk.Page.ReloadAsync();

        await desk.GoAsync("/desk");
        await desk.See("#case-question").ToHaveValueAsync("Ik kan de huur niet betalen.");
    }

    [Fact]
    public async Task A_half_typed_line_question_and_message_survive_a_reload()
    {
        await using var desk = await loket.AsAsync("Youssef Amrani");
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        var caseId = await desk.GivenCaseAsync("debts");
        await desk.GoAsync($"/cases/{caseId}");
        await desk.PressAsync("Alt+q");
        await desk.TypeAsync("Kan de regeling");
        await desk.SavedAsync();
        await desk.Page.ReloadAsync();
        await desk.See("#ask-lineQuestion").ToHaveValueAsync("Kan de regeling");

        await specialist.GivenFreeAsync();
        await desk.GivenHandoffAsync(caseId);
        await specialist.AcceptOfferAsync();
        await specialist.FillAsync("#message-text", "Ik kijk het even na, want");
        await specialist.SavedAsync();
        await specialist.Page.ReloadAsync();
        await specialist.See("#message-text").ToHaveValueAsync("Ik kijk het even na, want");
    }

    [Fact]
    public async Task A_draft_is_gone_once_its_case_is_open()
    {
        await using var desk = await loket.AsAsync("Paul op den Kamp");
        await desk.GoAsync("/desk");
        await desk.FillAsync("#case-question", "Wie helpt mij met mijn schulden?");
        await desk.ChooseAsync("#case-topic", "Schul", "debts");
        await desk.ChooseAsync("#case-municipality", "Den Ha", "gm0518");
        await desk.SavedAsync();
        await desk.PressAsync("Alt+s");
        await desk.AtAsync("/cases/[0-9]+$");

        await desk.GoAsync("/desk");
        await desk.See("#case-question").ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_changed_question_of_a_case_is_there_again_and_says_that_it_is_a_draft_until_the_case_is_saved()
    {
        const string typed = "Ik kan de huur en de stroom niet betalen.";
        await using var desk = await loket.AsAsync("Edwin Goossens");
        var caseId = await desk.GivenCaseAsync("debts");
        await desk.GoAsync($"/cases/{caseId}");
        await desk.FillAsync("#case-question", typed);
        await desk.SavedAsync();
        await desk.SeeAsync("#question [data-saved]", "Concept bewaard om");
        await desk.GoAsync("/cases");

        await desk.GoAsync($"/cases/{caseId}");
        await desk.See("#case-question").ToHaveValueAsync(typed);
        await desk.SeeAsync("#question [data-saved]", "Concept bewaard om");
        await desk.PressAsync("Alt+s");
        await desk.See("#question [data-saved]").Not.ToContainTextAsync("Concept");
        await loket.UntilAsync($"SELECT COUNT(*) FROM case_file WHERE id = {caseId} AND (SELECT v.value FROM personal_value v WHERE v.id = question_id) = '{typed}'", 1);
        await loket.UntilAsync("SELECT COUNT(*) FROM draft WHERE form = 'case-" + caseId + "'", 0);
    }

    [Fact]
    public async Task The_outcome_of_a_talk_a_bottleneck_and_a_question_of_a_library_survive_a_reload_too()
    {
        await using var desk = await loket.AsAsync("Iris van Leeuwen");
        await using var specialist = await loket.AsAsync("Hans Nijland");
        await using var point = await loket.AsAsync("Joke Verweij");
        var caseId = await desk.GivenCaseAsync("debts");
        await specialist.GivenFreeAsync();
        var talk = await desk.GivenHandoffAsync(caseId);
        await specialist.AcceptOfferAsync();
        await specialist.ApiAsync("POST", $"/api/v1/handoffs/{talk}/confirm", new { how = "headset" });
        foreach (var (person, path, field) in new[] { (specialist, $"/handoffs/{talk}", "#finish-text"), (desk, $"/bottlenecks/new?caseId={caseId}", "#bottleneck-text"), (point, "/questions", "#question-question") })
        {
            await person.GoAsync(path);
            await person.FillAsync(field, "Half geschreven, want");
            await person.SavedAsync();
            await person.Page.ReloadAsync();
            await person.See(field).ToHaveValueAsync("Half geschreven, want");
        }

        // What was sent is no draft any more.
        await point.ChooseAsync("#question-topic", "Schul", "debts");
        await point.PressAsync("Alt+s");
        await point.AtAsync("sent=true");
        await point.See("#question-question").ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_is_half_typed_in_any_form_of_a_case_is_back_in_its_open_fold_and_can_be_cleared()
    {
        await using var desk = await loket.AsAsync("Iris van Leeuwen");
        var caseId = await desk.GivenCaseAsync("debts");
        foreach (var (tab, fold, field) in new[] { ("steps", "#promise-new", "#promise-text"), ("steps", "#step-add", "#step-add-title"), ("", "#fact-add", "#fact-value") })
        {
            var page = tab.Length > 0 ? $"/cases/{caseId}?tab={tab}" : $"/cases/{caseId}";
            await desk.GoAsync(page);
            await desk.ConnectedAsync();
            if (await desk.Page.Locator($"{fold}[open]").CountAsync() == 0)
            {
                await desk.EnterOnAsync($"{fold} > summary");
            }

            await desk.See($"{fold}[open]").ToHaveCountAsync(1);
            await desk.FillAsync(field, "Half geschreven");
            await desk.SavedAsync();

            await desk.Page.ReloadAsync();
            await desk.ConnectedAsync();
            await desk.See($"{fold}[open]").ToHaveCountAsync(1);
            await desk.See(field).ToHaveValueAsync("Half geschreven");
            await desk.SeeAsync($"{fold} .draft-back", "Wat u eerder typte");
            await desk.PhotographAsync($"draft-{field[1..]}");

            await desk.EnterOnAsync($"{fold} .draft-back button");
            await desk.See(field).ToHaveValueAsync("");
            await desk.SavedAsync();
            await desk.Page.ReloadAsync();
            await desk.See(field).ToHaveValueAsync("");
            await desk.See($"{fold} .draft-back").ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Who_is_signed_out_halfway_finds_what_they_typed_after_signing_in_again()
    {
        await using var desk = await loket.AsAsync("Sanne Kuiper");
        await desk.GoAsync("/desk");
        await desk.FillAsync("#case-question", "Mijn uitkering is gestopt en ik weet niet waarom.");
        await desk.SavedAsync();
        // As when the time runs out: the cookie is no longer one.
        await desk.Page.Context.ClearCookiesAsync();
        await desk.GoAsync("/desk");
        await desk.AtAsync("/sign-in");
        await desk.SignInAsync("Sanne Kuiper");
        await desk.GoAsync("/desk");
        await desk.See("#case-question").ToHaveValueAsync("Mijn uitkering is gestopt en ik weet niet waarom.");
    }

    [Fact]
    public async Task What_is_typed_while_the_server_is_gone_is_said_to_be_unsaved_and_kept_once_it_is_back()
    {
        const string typed = "Mijn huur is opgezegd terwijl de server weg was.";
        using var data = new TempFolder();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{SignOnProvider.FreePort()}"));
        var server = await ServerProcess.StartAsync(data.Path, ("Urls", address.ToString()));
        await using var desk = await Person.EnterAsync(loket.Browser, address, javaScript: true);
        await desk.SignInAsync("Fatima Bouzidi");
        await desk.GoAsync("/desk");
        await desk.ConnectedAsync();
        await server.DisposeAsync();

        await desk.FillAsync("#case-question", typed);
        await desk.SeeAsync("[data-saved]", "Nog niet bewaard");
        await using var again = await ServerProcess.StartAsync(data.Path, ("Urls", address.ToString()));
        await desk.SeeAsync("[data-saved]", "Concept bewaard om");
        await desk.Page.ReloadAsync();
        await desk.See("#case-question").ToHaveValueAsync(typed);
    }
}
