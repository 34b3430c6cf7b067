using Microsoft.Playwright;

namespace Loket.Browser.Tests;

/// <summary>Every act of the main job is a form that works where scripts do not run.</summary>
public sealed class NoScriptTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    [Fact]
    public async Task The_main_job_works_without_any_script()
    {
        await using var desk = await loket.NewAsync(javaScript: false);
        await using var specialist = await loket.NewAsync(javaScript: false);

        await SignInAsync(specialist, "Martijn de Groot");
        await specialist.Page.ClickAsync("#presence-form button[value=available]");
        await specialist.See("#presence-form button[value=available]").ToHaveAttributeAsync("aria-pressed", "true");

        await SignInAsync(desk, "Fatima Bouzidi");
        await desk.Page.FillAsync("#case-question", "Ik heb drie maanden huurschuld.");
        await desk.Page.SelectOptionAsync("#case-topic", "debts");
        await desk.Page.SelectOptionAsync("#case-municipality", "gm0518");
        await desk.Page.FillAsync("#case-bsn", "999991279");
        await desk.Page.ClickAsync("form[action='/desk'] .action-bar button");
        await desk.AtAsync("/cases/[0-9]+$");
        await desk.Page.ClickAsync("#identity button[value=document]");
        await desk.SeeAsync("#case-head", "Anne-Marie Verheul");
        await desk.Page.FillAsync("#ask-lineQuestion", "Kan de huurschuld in een regeling?");
        await desk.Page.ClickAsync("#ask .action-bar button");
        await desk.See("#ringing[data-state=offered]").ToBeVisibleAsync();

        await specialist.GoAsync("/line");
        await specialist.SeeAsync("#offer", "Kan de huurschuld in een regeling?");
        await specialist.Page.ClickAsync("#accept");
        await specialist.AtAsync("/handoffs/[0-9]+$");
        await specialist.SeeAsync("#talk-case", "Anne-Marie Verheul");
        await specialist.Page.ClickAsync("#confirm-form button[value=headset]");
        await specialist.Page.FillAsync("#message-text", "Ik bel de verhuurder.");
        await specialist.Page.ClickAsync("#message-form button");
        await specialist.SeeAsync("#messages", "Ik bel de verhuurder.");

        await desk.Page.ReloadAsync();
        await desk.Page.ClickAsync("#ringing a[href^='/handoffs/']");
        await desk.SeeAsync("#messages", "Ik bel de verhuurder.");

        await specialist.Page.CheckAsync("input[name=outcome][value=step_taken]");
        await specialist.Page.FillAsync("#finish-text", "Regeling gestart.");
        await specialist.Page.ClickAsync("button[form=finish-form]");
        await specialist.Page.ClickAsync("#side form[action$='/done'] button");
        await specialist.AtAsync("/line$");
        await specialist.See("#presence-form button[value=available]").ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal(1, await loket.CountAsync("SELECT COUNT(*) FROM handoff WHERE state = 'closed' AND outcome = 'step_taken'"));
    }

    [Fact]
    public async Task A_refused_form_comes_back_with_what_was_typed()
    {
        await using var desk = await loket.NewAsync(javaScript: false);
        await SignInAsync(desk, "Sanne Kuiper");
        await desk.Page.FillAsync("#case-question", "Ik heb huurschuld.");
        await desk.Page.SelectOptionAsync("#case-topic", "debts");
        await desk.Page.SelectOptionAsync("#case-municipality", "gm0518");
        await desk.Page.FillAsync("#case-bsn", "111222334");
        await desk.Page.ClickAsync("form[action='/desk'] .action-bar button");

        await desk.SeeAsync("#case-bsn-error", "Dit BSN klopt niet.");
        await desk.See("#case-question").ToHaveValueAsync("Ik heb huurschuld.");
        await desk.See("#case-bsn").ToHaveValueAsync("111222334");
    }

    private static async Task SignInAsync(Person person, string name)
    {
        await person.GoAsync("/sign-in");
        await person.Page.ClickAsync($"#people button[name=professionalId]:has-text(\"{name}\")");
        await Assertions.Expect(person.Page.Locator("#me")).ToContainTextAsync(name);
    }
}
