namespace Loket.Browser.Tests;

/// <summary>What goes wrong is said in Dutch on the page where it happened, what was typed stays, and nothing half-done is kept.</summary>
public sealed class BadInputTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    private const string Question = "Ik verlies mijn huis. Wat nu?";

    [Fact]
    public async Task A_wrong_bsn_is_refused_beside_the_field_and_no_case_is_opened()
    {
        await using var desk = await loket.AsAsync("Jasper van 't Hof");
        await desk.GoAsync("/desk");
        await desk.FillAsync("#case-question", Question);
        await desk.ChooseAsync("#case-topic", "Schul", "debts");
        await desk.ChooseAsync("#case-municipality", "Den Ha", "gm0518");
        await desk.FillAsync("#case-bsn", "111222334");
        await desk.PressAsync("Alt+s");

        await desk.SeeAsync("#case-bsn-error", "Dit BSN klopt niet. Kijk de 9 cijfers na.");
        await desk.See("#case-bsn").ToHaveAttributeAsync("aria-invalid", "true");
        await desk.See("#case-bsn").ToHaveValueAsync("111222334");
        await desk.See("#case-question").ToHaveValueAsync(Question);
        await desk.See("#case-topic").ToHaveValueAsync("debts");
        await desk.See("#case-municipality").ToHaveValueAsync("gm0518");
        await desk.FocusAsync("[data-error-summary]");
        await desk.AtAsync("/desk$");
        Assert.Equal(0, await loket.CountAsync("SELECT COUNT(*) FROM case_file WHERE opened_by = 1006"));
    }

    [Fact]
    public async Task An_unknown_municipality_is_refused_and_what_was_typed_stays()
    {
        await using var desk = await loket.AsAsync("Youssef Amrani");
        await desk.GoAsync("/desk");
        await desk.FillAsync("#case-question", Question);
        await desk.ChooseAsync("#case-topic", "Schul", "debts");
        await desk.Page.EvaluateAsync("() => { const list = document.getElementById('case-municipality'); list.add(new Option('Lutjebroek', 'gm9999', true, true)); }");
        await desk.PressAsync("Alt+s");

        await desk.SeeAsync("#case-municipality-error", "Loket kent deze gemeente niet. Kies er een uit de lijst.");
        await desk.See("#case-question").ToHaveValueAsync(Question);
        await desk.See("#case-topic").ToHaveValueAsync("debts");
        Assert.Equal(0, await loket.CountAsync("SELECT COUNT(*) FROM case_file WHERE opened_by = 1003"));
    }

    [Fact]
    public async Task A_line_question_with_a_bsn_rings_nowhere_and_stays_to_be_mended()
    {
        const string asked = "Zij heeft nummer 999993653 en kan de huur niet betalen.";
        await using var desk = await loket.AsAsync("Sanne Kuiper");
        var caseId = await desk.GivenCaseAsync("debts");
        await desk.GoAsync($"/cases/{caseId}");
        await desk.PressAsync("Alt+q");
        await desk.FocusAsync("#ask-lineQuestion");
        await desk.TypeAsync(asked);
        await desk.PressAsync("Alt+v");

        await desk.SeeAsync("#ask-lineQuestion-error", "In de vraag aan de lijn staat een BSN. Haal het eerst weg.");
        await desk.See("#ask-lineQuestion").ToHaveValueAsync(asked);
        await desk.See("#ringing").ToHaveCountAsync(0);
        Assert.Equal(0, await loket.CountAsync($"SELECT COUNT(*) FROM handoff WHERE case_id = {caseId}"));
    }

    [Fact]
    public async Task A_name_in_the_line_question_is_marked_and_masked_with_one_key_before_it_leaves()
    {
        await using var desk = await loket.AsAsync("Sanne Kuiper");
        var caseId = await desk.GivenCaseAsync("debts", "gm0344");
        await desk.GoAsync($"/cases/{caseId}");
        await desk.PressAsync("Alt+q");
        await desk.FocusAsync("#ask-lineQuestion");
        await desk.TypeAsync("Mijn man Gerrit kan de huur niet betalen.");
        await desk.PressAsync("Alt+v");

        await desk.SeeAsync("#marks mark", "Gerrit");
        await desk.See("#ask-lineQuestion").ToHaveValueAsync("Mijn man Gerrit kan de huur niet betalen.");
        await desk.PressAsync("Alt+m");
        await loket.UntilAsync($"SELECT COUNT(*) FROM handoff WHERE case_id = {caseId}", 1);
        Assert.Equal(0, await loket.CountAsync($"SELECT COUNT(*) FROM handoff WHERE case_id = {caseId} AND line_question LIKE '%Gerrit%'"));
    }

    [Fact]
    public async Task A_promise_for_a_day_that_is_over_is_refused_beside_that_day()
    {
        await using var desk = await loket.AsAsync("Sanne Kuiper");
        var caseId = await desk.GivenCaseAsync("debts");
        await desk.GoAsync($"/cases/{caseId}?tab=steps");
        await desk.ConnectedAsync();
        await desk.FillAsync("#promise-text", "Ik bel u");
        await desk.Page.EvaluateAsync("() => { const day = document.getElementById('promise-dueDate'); day.removeAttribute('min'); day.value = '2026-01-01'; }");
        await desk.EnterOnAsync("#promise-form button");

        await desk.SeeAsync("#promise-dueDate-error", "Dit moment is al voorbij. Kies een later moment.");
        await desk.See("#promise-text").ToHaveValueAsync("Ik bel u");
        Assert.Equal(0, await loket.CountAsync($"SELECT COUNT(*) FROM promise WHERE case_id = {caseId}"));
    }

    [Fact]
    public async Task A_case_of_others_is_a_page_not_found_that_tells_nothing()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var stranger = await loket.AsAsync("Corine Maas");
        var caseId = await desk.GivenCaseAsync("debts", "gm0356", "Geheime vraag van Utrecht");

        var seen = await stranger.GoAsync($"/cases/{caseId}");
        Assert.Equal(404, seen!.Status);
        await stranger.SeeAsync("main", "Deze zaak bestaat niet, of u mag hem niet zien.");
        await stranger.See("body").Not.ToContainTextAsync("Geheime vraag");
        var none = await stranger.GoAsync("/cases/12345");
        Assert.Equal(404, none!.Status);
        await stranger.SeeAsync("main", "Deze zaak bestaat niet, of u mag hem niet zien.");
    }

    [Fact]
    public async Task An_offer_a_colleague_took_says_so()
    {
        await loket.ExecuteAsync("UPDATE line SET strategy = 'ring_all' WHERE code = 'gm0518-permits'");
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var late = await loket.AsAsync("Paul Scholten");
        await using var quick = await loket.AsAsync("Daphne Groen");
        await late.GivenFreeAsync();
        await quick.GivenFreeAsync();
        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("permits"));
        await quick.FocusAsync("[data-accept]");
        await late.FocusAsync("[data-accept]");
        await late.DeafenAsync();
        await quick.AcceptOfferAsync();

        await late.PressAsync("Alt+Enter");
        await late.SeeAsync("#refusal [role=alert], #offer .ended", "Een collega was u voor. De vraag is in goede handen.");
        await late.AtAsync("/line$");
    }

    [Fact]
    public async Task An_offer_that_ran_out_says_so()
    {
        await loket.ExecuteAsync("UPDATE line SET offer_seconds = 2 WHERE code = 'gm0518-care-wmo'");
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var slow = await loket.AsAsync("Gerard van Dam");
        await slow.GivenFreeAsync();
        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("care_wmo"));
        await slow.FocusAsync("[data-accept]");
        await slow.DeafenAsync();
        await loket.UntilAsync("SELECT COUNT(*) FROM offer WHERE professional_id = 1338 AND state = 'timed_out'", 1);

        await slow.PressAsync("Alt+Enter");
        await slow.SeeAsync("#refusal [role=alert], #offer .ended", "De tijd was om. De vraag is bij de volgende.");
    }

    [Fact]
    public async Task The_same_form_sent_twice_opens_one_case()
    {
        await using var desk = await loket.AsAsync("Paul op den Kamp");
        await desk.GoAsync("/desk");
        await desk.FillAsync("#case-question", Question);
        await desk.ChooseAsync("#case-topic", "Schul", "debts");
        await desk.ChooseAsync("#case-municipality", "Den Ha", "gm0518");
        var reached = await desk.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const form = document.querySelector('form.new-case');
              const send = () => fetch(form.action, { method: 'POST', body: new URLSearchParams([...new FormData(form)]) }).then(r => r.url);
              return await Promise.all([send(), send(), send()]);
            }
            """);

        Assert.Single(reached.Distinct());
        Assert.Matches("/cases/[0-9]+$", reached[0]);
        Assert.Equal(1, await loket.CountAsync("SELECT COUNT(*) FROM case_file WHERE opened_by = 1004"));
    }

    [Fact]
    public async Task A_version_that_another_tab_changed_is_not_overwritten_and_the_text_stays()
    {
        await using var desk = await loket.AsAsync("Edwin Goossens");
        var caseId = await desk.GivenCaseAsync("debts");
        await desk.GoAsync($"/cases/{caseId}");
        await using var other = await desk.AnotherTabAsync();
        await other.GoAsync($"/cases/{caseId}");
        await other.FillAsync("#case-question", "Ik kan de huur en de stroom niet betalen.");
        await other.PressAsync("Tab");
        await loket.UntilAsync($"SELECT version FROM case_file WHERE id = {caseId}", 2);

        await desk.FillAsync("#case-question", "Ik heb drie maanden huurschuld.");
        await desk.PressAsync("Tab");
        await desk.SeeAsync("#question [data-error-summary]", "wijzigde dit intussen");
        await desk.See("#case-question").ToHaveValueAsync("Ik heb drie maanden huurschuld.");
        Assert.Equal(2, await loket.CountAsync($"SELECT version FROM case_file WHERE id = {caseId}"));

        // Nothing is saved by itself until the person chose.
        await desk.SeeAsync("#question .field__stored", "Ik kan de huur en de stroom niet betalen.");
        await desk.FillAsync("#case-question", "Ik heb vier maanden huurschuld.");
        await desk.PressAsync("Tab");
        await desk.SavedAsync();
        Assert.Equal(2, await loket.CountAsync($"SELECT version FROM case_file WHERE id = {caseId}"));
        await desk.EnterOnAsync("#question button[name=mine]");
        await loket.UntilAsync($"SELECT COUNT(*) FROM case_file WHERE id = {caseId} AND version = 3 AND (SELECT v.value FROM personal_value v WHERE v.id = question_id) = 'Ik heb vier maanden huurschuld.'", 1);
        await desk.See("#question button[name=mine]").ToHaveCountAsync(0);
    }

    [Fact]
    public async Task After_a_conflict_what_stands_there_can_be_taken_instead()
    {
        await using var desk = await loket.AsAsync("Edwin Goossens");
        var caseId = await desk.GivenCaseAsync("debts");
        await desk.GoAsync($"/cases/{caseId}");
        await desk.ApiAsync("PUT", $"/api/v1/cases/{caseId}", new { question = "De stroom is afgesloten.", topic = "debts", municipality = "gm0518", version = 1 });
        await desk.FillAsync("#case-question", "Ik heb drie maanden huurschuld.");
        await desk.PressAsync("Tab");
        await desk.SeeAsync("#question .field__stored", "De stroom is afgesloten.");

        await desk.EnterOnAsync("#question button[name=theirs]");
        await desk.See("#case-question").ToHaveValueAsync("De stroom is afgesloten.");
        await desk.See("#question button[name=theirs]").ToHaveCountAsync(0);
        Assert.Equal(2, await loket.CountAsync($"SELECT version FROM case_file WHERE id = {caseId}"));
    }

    [Fact]
    public async Task A_message_to_a_talk_that_ended_meanwhile_is_refused_in_the_talk_and_stays_typed()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Mirjam van der Wal");
        await specialist.GivenFreeAsync();
        var talk = await desk.GivenHandoffAsync(await desk.GivenCaseAsync("work_income"));
        await specialist.AcceptOfferAsync();
        await desk.GoAsync($"/handoffs/{talk}");
        await desk.ConnectedAsync();
        await desk.DeafenAsync();
        await specialist.ApiAsync("POST", $"/api/v1/handoffs/{talk}/confirm", new { how = "called" });

        await desk.FillAsync("#message-text", "Nog een ding over de huur.");
        await desk.PressAsync("Enter");
        await desk.SeeAsync("#talk-write [role=alert]", "In dit gesprek kunt u niet meer schrijven.");
        await desk.See("#message-text").ToHaveValueAsync("Nog een ding over de huur.");
    }
}
