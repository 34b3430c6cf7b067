using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Loket.Web.Tests.Terms;

/// <summary>The calculator as a page, without script. The clock stands on Tuesday 10 February 2026.</summary>
public sealed class TermsPageTests(TermsApp app) : IClassFixture<TermsApp>
{
    private const string Easter = "/terms?start=2026-02-09&common=decision&basis=act";

    [Fact]
    public async Task The_sum_is_dutch_by_default_with_the_article_behind_the_plain_reason()
    {
        using var client = await app.SignedInAsync("frontOffice");
        var page = await TermsApp.PageAsync(client, Easter);

        Assert.Equal("nl", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Termijnen", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("Waarom dinsdag 7 april?", page.QuerySelector("#result h2")!.TextContent);
        Assert.Equal(["Aanvraag ontvangen", "Termijn: 8 weken", "Tweede paasdag schuift door"], Texts(page, ".sum__title"));
        Assert.Equal(["ma 9 feb", "ma 6 apr", "di 7 apr"], Texts(page, ".sum__day"));
        Assert.Equal("Een termijn uit een wet eindigt niet op een feestdag (Algemene termijnenwet art. 1 lid 1).", Texts(page, ".sum__why")[^1]);
        Assert.EndsWith("(Awb 4:13).", Texts(page, ".sum__why")[1], StringComparison.Ordinal);
        Assert.Equal("dinsdag 7 april 2026", page.QuerySelector(".panel__date")!.TextContent.Trim());
    }

    [Fact]
    public async Task The_sum_is_english_for_who_reads_english()
    {
        using var client = await app.SignedInAsync("frontOffice", "en");
        var page = await TermsApp.PageAsync(client, Easter);

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Terms", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["Application received", "Term: 8 weeks", "Easter Monday moves on"], Texts(page, ".sum__title"));
        Assert.Equal("Tuesday 7 April 2026", page.QuerySelector(".panel__date")!.TextContent.Trim());
    }

    [Fact]
    public async Task The_line_shows_the_days_that_do_not_count_the_shift_and_today()
    {
        using var client = await app.SignedInAsync("supervisor");
        // 6 April and 5 days: Saturday 11, so Monday 13 April.
        var page = await TermsApp.PageAsync(client, $"{Easter}&invited=2026-03-11&completed=2026-03-17");

        Assert.Equal("maandag 13 april 2026", page.QuerySelector(".panel__date")!.TextContent.Trim());
        Assert.Equal("5 dagen stil", page.QuerySelector(".plot__text--still")!.TextContent);
        Assert.Equal("13 apr", page.QuerySelector(".plot__text--due")!.TextContent);
        Assert.NotEqual("0", page.QuerySelector(".plot__shift")!.GetAttribute("width"));
        Assert.NotNull(page.QuerySelector(".plot__today"));
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src])"));
    }

    [Fact]
    public async Task The_first_visit_counts_eight_weeks_from_today()
    {
        using var client = await app.SignedInAsync("specialist");
        var page = await TermsApp.PageAsync(client, "/terms");

        Assert.Equal("2026-02-10", Field(page, "#terms-start").Value);
        Assert.Equal("dinsdag 7 april 2026", page.QuerySelector(".panel__date")!.TextContent.Trim());
        Assert.Empty(page.QuerySelectorAll("[name=invited]"));
    }

    [Fact]
    public async Task Rows_come_and_go_without_script()
    {
        using var client = await app.SignedInAsync("frontOffice");
        var more = await TermsApp.PageAsync(client, $"{Easter}&invited=2026-03-11&completed=2026-03-23&add=1");
        var less = await TermsApp.PageAsync(client, $"{Easter}&invited=2026-03-11&completed=2026-03-23&invited=2026-02-16&completed=2026-02-20&drop=0");

        Assert.Equal(["2026-03-11", ""], Values(more, "[name=invited]"));
        Assert.Equal("vrijdag 17 april 2026", more.QuerySelector(".panel__date")!.TextContent.Trim());
        Assert.Equal(["2026-02-16"], Values(less, "[name=invited]"));
        Assert.Equal("donderdag 9 april 2026", less.QuerySelector(".panel__date")!.TextContent.Trim());
    }

    [Fact]
    public async Task The_first_button_of_the_form_reckons_so_that_enter_does()
    {
        using var client = await app.SignedInAsync("frontOffice");
        var page = await TermsApp.PageAsync(client, $"{Easter}&add=1");

        Assert.Null(page.QuerySelector("form.terms button")!.GetAttribute("name"));
    }

    [Fact]
    public async Task The_address_of_the_interface_works_on_the_page_too()
    {
        using var client = await app.SignedInAsync("frontOffice");
        var page = await TermsApp.PageAsync(client, "/terms?start=2026-02-09&term=P8W&basis=act&suspensions=2026-03-11/2026-03-23");

        Assert.Equal("vrijdag 17 april 2026", page.QuerySelector(".panel__date")!.TextContent.Trim());
        Assert.Equal("P8W", Field(page, "#terms-term").Value);
        Assert.Equal("other", page.QuerySelector<IHtmlSelectElement>("#terms-common")!.Value);
    }

    [Fact]
    public async Task The_penalty_is_under_the_date()
    {
        using var client = await app.SignedInAsync("frontOffice");
        var page = await TermsApp.PageAsync(client, $"{Easter}&notice=2026-04-08&decided=2026-06-04");

        Assert.Equal("€ 1.442 na 42 dagen", Texts(page, ".panel__date")[1].Replace('\u00a0', ' '));
    }

    [Theory]
    [InlineData("start=&common=decision&basis=act", "terms-start")]
    [InlineData("start=2026-02-09&common=other&term=abc&basis=act", "terms-term")]
    [InlineData("start=2026-02-09&common=decision&basis=act&invited=2026-03-11&completed=", "terms-completed-0")]
    [InlineData("start=2026-02-09&common=decision&basis=act&invited=2026-03-23&completed=2026-03-11", "terms-completed-0")]
    [InlineData("start=2026-02-09&common=decision&basis=act&notice=2026-04-01", "terms-notice")]
    public async Task What_does_not_add_up_is_said_at_its_field_and_what_was_typed_stays(string query, string field)
    {
        using var client = await app.SignedInAsync("frontOffice");
        var page = await TermsApp.PageAsync(client, $"/terms?{query}", HttpStatusCode.UnprocessableEntity);
        var control = page.GetElementById(field)!;

        Assert.Equal("true", control.GetAttribute("aria-invalid"));
        Assert.Contains($"{field}-error", control.GetAttribute("aria-describedby")!, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"[data-error-summary] a[href='#{field}']"));
        Assert.Equal(query.Contains("start=&", StringComparison.Ordinal) ? "" : "2026-02-09", Field(page, "#terms-start").Value);
    }

    [Theory]
    [InlineData("decision", "di 7 apr")]
    [InlineData("thirteen-weeks", "di 12 mei")]
    [InlineData("not-handled", "di 10 mrt")]
    [InlineData("objection", "di 24 mrt")]
    [InlineData("objection-decision", "di 24 mrt")]
    [InlineData("objection-committee", "wo 6 mei")] // 5 May
    [InlineData("default-notice", "di 24 feb")]
    [InlineData("debts", "di 10 mrt")]
    [InlineData("debts-urgent", "vr 13 feb")]
    [InlineData("three-days", "vr 13 feb")]
    public async Task Every_common_term_gives_its_date_and_has_a_name(string common, string due)
    {
        using var client = await app.SignedInAsync("frontOffice");
        var page = await TermsApp.PageAsync(client, $"/terms?start=2026-02-10&common={common}&basis=act");
        var chosen = page.QuerySelector<IHtmlSelectElement>("#terms-common")!.SelectedOptions.Single();

        Assert.Equal(due, Texts(page, ".sum__day")[^1]);
        Assert.DoesNotContain("terms.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(common, chosen.Value);
    }

    [Theory]
    [InlineData("frontOffice")]
    [InlineData("specialist")]
    [InlineData("supervisor")]
    public async Task Every_role_finds_the_calculator_in_the_top_bar(string role)
    {
        using var client = await app.SignedInAsync(role);
        var page = await TermsApp.PageAsync(client, "/cases");

        Assert.Equal("Termijnen", page.QuerySelector(".bar__nav a[href='/terms']")!.TextContent);
    }

    private static IHtmlInputElement Field(IHtmlDocument page, string selector) => page.QuerySelector<IHtmlInputElement>(selector)!;

    private static string[] Texts(IHtmlDocument page, string selector) => [.. page.QuerySelectorAll(selector).Select(e => e.TextContent.Trim())];

    private static string[] Values(IHtmlDocument page, string selector) => [.. page.QuerySelectorAll<IHtmlInputElement>(selector).Select(e => e.Value)];
}
