using System.Net;
using System.Text.RegularExpressions;

namespace Loket.Web.Tests.Server;

/// <summary>Upkeep of life events and proactive rules, as a supervisor gets them, and the rota as a line manager does.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class SupervisorPagesTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task The_pages_open_and_show_what_changed_between_two_versions()
    {
        using var supervisor = await app.AsAsync(1007);

        Assert.Contains("/upkeep/life-events/turning_18", (await supervisor.GetAsync("/upkeep/life-events")).Ok().Text, StringComparison.Ordinal);
        var page = (await supervisor.GetAsync("/upkeep/life-events/turning_18?municipality=gm0344")).Ok().Text;

        Assert.Contains("<td>local-taxes</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>rent-benefit</td>", page, StringComparison.Ordinal);
        Assert.Contains("archive/turning_18-1.json", (await supervisor.GetAsync("/upkeep/life-events/turning_18?version=1")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_of_proactive_rules_open()
    {
        using var supervisor = await app.AsAsync(1007);

        Assert.Contains("/proactive/moved", (await supervisor.GetAsync("/proactive")).Ok().Text, StringComparison.Ordinal);
        foreach (var rule in new[] { "moved", "death-reported" })
        {
            Assert.Contains("register.utrecht.example", (await supervisor.GetAsync($"/proactive/{rule}")).Ok().Text, StringComparison.Ordinal);
        }

        Assert.Equal(404, (await supervisor.GetAsync("/proactive/nothing")).Status);
        Assert.Equal(422, (await supervisor.PostAsync("/api/v1/proactive/death-reported/find")).Status);
    }

    [Fact]
    public async Task Wrong_working_times_are_told_in_the_days_of_the_page_and_stay_as_they_were_typed()
    {
        using var manager = await app.AsAsync(3001);
        var field = SomebodysTimes().Match((await manager.GetAsync("/rota")).Ok().Text);

        var refused = await manager.FormAsync($"/rota/lines/{field.Groups[1].Value}", new Dictionary<string, string> { ["least"] = "1", [field.Groups[2].Value] = "ma 17:00-9:00" });

        Assert.Equal(422, refused.Status);
        Assert.Contains("‘ma 17:00-9:00’ is geen werktijd", WebUtility.HtmlDecode(refused.Text), StringComparison.Ordinal);
        Assert.Contains("value=\"ma 17:00-9:00\"", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_of_another_day_of_duty_is_refused_at_the_half_that_is_missing_and_the_other_stays()
    {
        using var manager = await app.AsAsync(3001);

        var noPerson = await manager.FormAsync("/rota/duty", new Dictionary<string, string> { ["date"] = "2099-12-25", ["datePerson"] = "" });
        Assert.Equal(422, noPerson.Status);
        Assert.Contains("id=\"duty-datePerson-error\"", noPerson.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"2099-12-25\"", noPerson.Text, StringComparison.Ordinal);

        var noDay = await manager.FormAsync("/rota/duty", new Dictionary<string, string> { ["date"] = "", ["datePerson"] = "1007" });
        Assert.Contains("id=\"duty-date-error\"", noDay.Text, StringComparison.Ordinal);

        var past = await manager.FormAsync("/rota/duty", new Dictionary<string, string> { ["date"] = "2020-01-01", ["datePerson"] = "1007" });
        Assert.Contains("id=\"duty-date-error\"", past.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"2020-01-01\"", past.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_day_of_duty_that_two_changed_only_that_day_is_chosen_anew()
    {
        using var one = await app.AsAsync(3001);
        using var other = await app.AsAsync(3001);
        Assert.Equal(303, (await one.FormAsync("/rota/duty", new Dictionary<string, string> { ["duty-sat"] = "1007" })).Status);
        // Both saw Saturday; one gives it away and names Sunday.
        Assert.Equal(303, (await one.FormAsync("/rota/duty", new Dictionary<string, string> { ["seen-sat"] = "1007", ["duty-sat"] = "1008", ["duty-sun"] = "1008" })).Status);

        var refused = await other.FormAsync("/rota/duty", new Dictionary<string, string> { ["seen-sat"] = "1007", ["duty-sat"] = "" });

        Assert.Equal(422, refused.Status);
        Assert.Contains("(za)", refused.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"seen-sat\" value=\"1008\"", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("seen-sun", refused.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await other.FormAsync("/rota/duty", new Dictionary<string, string> { ["seen-sat"] = "1008", ["duty-sat"] = "" })).Status);
        Assert.Equal(1, await app.CountAsync("SELECT COUNT(*) FROM organisation_duty WHERE day = 'sun' AND professional_id = 1008"));
        Assert.Equal(0, await app.CountAsync("SELECT COUNT(*) FROM organisation_duty WHERE day = 'sat'"));
    }

    [Fact]
    public async Task Who_works_in_no_case_gets_no_form_to_look_into_one()
    {
        using var manager = await app.AsAsync(3001);
        Assert.Equal(302, (await manager.GetAsync("/glass")).Status);
        Assert.Equal(403, (await manager.PostAsync("/api/v1/glass", new { number = "Z-2026-000001", reason = "Het kan niet wachten tot morgen" })).Status);
    }

    [GeneratedRegex("id=\"rota-([a-z0-9-]+?)-(rota-[0-9]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SomebodysTimes();
}
