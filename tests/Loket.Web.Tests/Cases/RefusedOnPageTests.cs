using Loket.Web.Tests.Server;

namespace Loket.Web.Tests.Cases;

/// <summary>A "no" is said where it happened, in words that tell what to do.</summary>
[Collection(ServerCollection.Name)]
public sealed class RefusedOnPageTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task A_case_that_cannot_be_closed_yet_says_why_at_its_button()
    {
        using var desk = await app.AsAsync(1001);
        var caseId = await OpenAsync(desk);
        (await desk.PostAsync($"/api/v1/cases/{caseId}/promises", new { text = "Bellen", dueAt = TimeProvider.System.GetUtcNow().AddDays(3) })).Ok();

        var refused = await desk.FormAsync($"/cases/{caseId}/close", new Dictionary<string, string>(StringComparer.Ordinal));

        Assert.Equal(409, refused.Status);
        var part = refused.Text[refused.Text.IndexOf("id=\"end-part\"", StringComparison.Ordinal)..];
        Assert.Contains("field__error", part[..part.IndexOf("</div>", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_for_a_telephone_number_are_refused_at_their_field_and_kept()
    {
        using var desk = await app.AsAsync(1001);
        var caseId = await OpenAsync(desk);

        var refused = await desk.FormAsync($"/cases/{caseId}/callback", new Dictionary<string, string>(StringComparer.Ordinal) { ["phone"] = "heeft geen telefoon", ["lineQuestion"] = "Kan dit?" });

        Assert.Equal(422, refused.Status);
        Assert.Contains("id=\"ask-phone-error\"", refused.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"heeft geen telefoon\"", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_call_in_vain_before_the_new_moment_is_refused_at_that_callback_and_its_note_is_kept()
    {
        using var desk = await app.AsAsync(1001);
        (await desk.PostAsync($"/api/v1/cases/{await OpenAsync(desk)}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion = "Kan de regeling anders?" })).Ok();
        var callback = await app.CountAsync("SELECT MAX(id) FROM callback");
        using var caller = await app.AsAsync(await app.CountAsync($"SELECT professional_id FROM callback WHERE id = {callback}"));
        var attempt = new Dictionary<string, string>(StringComparer.Ordinal) { ["result"] = "no_answer", ["note"] = "Voicemail", ["returnUrl"] = "/line" };
        Assert.Equal(303, (await caller.FormAsync($"/callbacks/{callback}/attempts", attempt)).Status);

        var refused = await caller.FormAsync($"/callbacks/{callback}/attempts", attempt);

        Assert.Equal(409, refused.Status);
        var row = refused.Text[refused.Text.IndexOf($"id=\"callback-{callback}\"", StringComparison.Ordinal)..];
        row = row[..row.IndexOf("</form>", StringComparison.Ordinal)];
        Assert.Contains("field__error", row, StringComparison.Ordinal);
        Assert.Contains("value=\"Voicemail\"", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_with_a_page_of_its_own_is_not_called_a_fault_of_ours()
    {
        using var desk = await app.AsAsync(1001);
        var page = await desk.GetAsync("/error?status=422");
        Assert.Contains("Kijk dit na", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Er ging iets mis bij ons", page.Text, StringComparison.Ordinal);
    }

    private static async Task<string> OpenAsync(Session desk) =>
        (await desk.PostAsync("/api/v1/cases", new { question = "Ik kan de huur niet betalen.", kind = "person", topic = "debts", municipality = "gm0518" })).Ok()["caseId"]!;
}
