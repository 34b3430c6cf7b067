using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Loket.Web.Tests.Terms;

/// <summary>The term calculator over its real address, without signing in.</summary>
public sealed class TermsApiTests(TermsApp app) : IClassFixture<TermsApp>
{
    private const string Address = "/api/v1/terms/due";
    private const string EightWeeks = "start=2026-02-09&term=P8W&basis=act";

    private readonly HttpClient client = app.Anyone();

    [Theory]
    [InlineData("start=2026-02-05&term=P8W&basis=act", "2026-04-02", "2026-04-02")]
    [InlineData(EightWeeks, "2026-04-06", "2026-04-07")] // Easter Monday
    [InlineData("start=2026-11-06&term=P8W&basis=act", "2027-01-01", "2027-01-04")]
    [InlineData("start=2026-02-02&term=P12W&basis=act", "2026-04-27", "2026-04-28")] // King's Day
    [InlineData("start=2026-02-21&term=P13W&basis=act", "2026-05-23", "2026-05-23")] // Saturday, art. 4
    [InlineData("start=2026-04-02&term=P3D&basis=act", "2026-04-05", "2026-04-08")] // art. 1, then art. 2
    [InlineData($"{EightWeeks}&suspensions=2026-03-11/2026-03-23", "2026-04-06", "2026-04-17")]
    public async Task Every_row_of_the_table_of_dates_is_answered(string query, string rawEnd, string due)
    {
        var answer = await AskAsync(query);

        Assert.Equal(rawEnd, answer.GetProperty("rawEnd").GetString());
        Assert.Equal(due, answer.GetProperty("due").GetString());
    }

    [Theory]
    [InlineData("2026-05-07", 14, 322)]
    [InlineData("2026-05-21", 28, 812)]
    [InlineData("2026-06-04", 42, 1442)]
    [InlineData("2026-12-31", 42, 1442)]
    [InlineData("2026-04-10", 0, 0)]
    public async Task The_penalty_is_that_of_the_table(string decided, int days, int euros)
    {
        var penalty = (await AskAsync($"{EightWeeks}&notice=2026-04-08&decided={decided}")).GetProperty("penalty");

        Assert.Equal("2026-04-23", penalty.GetProperty("firstDay").GetString()); // two full weeks after the notice
        Assert.Equal(days, penalty.GetProperty("days").GetInt32());
        Assert.Equal(euros, penalty.GetProperty("euros").GetInt32());
    }

    [Theory]
    [InlineData("bylaw")]
    [InlineData("service")]
    public async Task A_term_outside_an_act_stays_on_the_holiday(string basis) =>
        Assert.Equal("2026-04-06", (await AskAsync($"start=2026-02-09&term=P8W&basis={basis}")).GetProperty("due").GetString());

    [Theory]
    [InlineData("suspensions=2026-02-16/2026-02-20&suspensions=2026-03-11/2026-03-23")]
    [InlineData("suspensions=2026-02-16/2026-02-20,2026-03-11/2026-03-23")]
    [InlineData("suspensions=2026-03-11%2F2026-03-23%2C%202026-02-16%2F2026-02-20")]
    public async Task Suspensions_add_up_by_their_real_length_repeated_or_with_commas(string suspensions)
    {
        var answer = await AskAsync($"{EightWeeks}&{suspensions}");

        Assert.Equal("2026-04-20", answer.GetProperty("due").GetString()); // 6 April, 3 and 11 days
    }

    [Fact]
    public async Task The_explanation_is_the_sum_in_order_with_articles_and_dutch_by_default()
    {
        // 5 weeks from Tuesday 17 March: Tuesday 21 April; 6 days later King's Day, a Monday.
        client.DefaultRequestHeaders.Add("Cookie", ".AspNetCore.Culture=c%3Den%7Cuic%3Den");
        var steps = Steps(await AskAsync("start=2026-03-17&term=P5W&basis=act&suspensions=2026-03-25/2026-04-01"));

        Assert.Equal(
            [
                ("start", "2026-03-17", "2026-03-17", null, "Startdag. Deze dag telt zelf niet mee. De eerste dag van de termijn is woensdag 18 maart 2026."),
                ("length", "2026-03-17", "2026-04-21", null, "Termijn: 5 weken. De termijn staat in een wet of een algemene maatregel van bestuur."),
                ("suspended", "2026-03-26", "2026-04-27", "Awb 4:15 lid 1 onder a", "Stilgezet: 6 dagen. U vroeg om aanvulling. De dagen van donderdag 26 maart 2026 tot en met dinsdag 31 maart 2026 tellen niet mee."),
                ("skip-holiday", "2026-04-27", "2026-04-28", "Algemene termijnenwet art. 1 lid 1", "Koningsdag schuift door. Een termijn uit een wet eindigt niet op een feestdag."),
                ("due", "2026-04-28", "2026-04-28", null, "Uiterlijk dinsdag 28 april 2026. Dit is de laatste dag die op tijd is."),
            ],
            steps);
    }

    [Fact]
    public async Task The_explanation_is_english_when_asked()
    {
        var texts = Steps(await AskAsync($"{EightWeeks}&lang=en")).Select(s => s.Text).ToArray();

        Assert.Equal("Term: 8 weeks. The term is in an act or an order in council.", texts[1]);
        Assert.Equal("Easter Monday moves on. A term in an act does not end on a holiday.", texts[2]);
        Assert.Equal("By Tuesday 7 April 2026 at the latest. This is the last day that is in time.", texts[3]);
    }

    [Theory]
    [InlineData("start=2026-04-02&term=P3D&basis=act", "two-working-days")]
    [InlineData("start=2026-01-01&term=P1D&basis=act", "skip-holiday")] // 2 January 2026 is equated
    [InlineData("start=2026-02-21&term=P13W&basis=act", "not-moved")]
    [InlineData("start=2026-02-09&term=P8W&basis=service", "not-moved")]
    [InlineData("start=2026-02-09&term=P8W&basis=bylaw", "not-moved")]
    [InlineData("start=2026-04-20&term=-P14D&basis=act", "counted-back")]
    [InlineData("start=2026-04-20&term=-P14D&basis=act", "not-moved")]
    [InlineData("start=2026-02-09&term=PT48H&basis=act", "length")]
    [InlineData("start=2026-02-09&term=P3WD&basis=act", "length")]
    [InlineData("start=2026-02-09&term=WH2&basis=service", "length")]
    [InlineData("start=2026-02-05&term=P8W&basis=act&suspensions=2026-06-01/2026-06-08", "suspension-ignored")]
    [InlineData("start=2026-02-05&term=P8W&basis=act&suspensions=2026-03-02/2026-03-03", "suspension-ignored")]
    [InlineData("start=2026-02-05&term=P8W&basis=act&suspensions=2026-03-02/2026-03-04", "suspended")]
    public async Task Every_kind_of_step_has_words_in_both_languages(string query, string code)
    {
        foreach (var language in (string[])["nl", "en"])
        {
            var steps = Steps(await AskAsync($"{query}&lang={language}"));

            Assert.Contains(steps, s => s.Code == code);
            Assert.All(steps, s => Assert.DoesNotMatch(@"terms\.|\{\d\}", s.Text)); // no key without a text
        }
    }

    [Theory]
    [InlineData("term=P8W&basis=act", "start", "term-day-missing")]
    [InlineData("start=9-2-2026&term=P8W&basis=act", "start", "term-day-unreadable")]
    [InlineData("start=2026-02-30&term=P8W&basis=act", "start", "term-day-unreadable")]
    [InlineData("start=2013-12-31&term=P8W&basis=act", "start", "term-day-outside")]
    [InlineData("start=2100-01-01&term=P8W&basis=act", "start", "term-day-outside")]
    [InlineData("start=2026-02-09&basis=act", "term", "term-missing")]
    [InlineData("start=2026-02-09&term=acht%20weken&basis=act", "term", "term-unreadable")]
    [InlineData("start=2026-02-09&term=P0D&basis=act", "term", "term-unreadable")]
    [InlineData("start=2026-02-09&term=P1M10D&basis=act", "term", "term-unreadable")]
    [InlineData("start=2026-02-09&term=P99999W&basis=act", "term", "term-unreadable")]
    [InlineData("start=2026-02-09&term=P8W", "basis", "term-basis-wrong")]
    [InlineData("start=2026-02-09&term=P8W&basis=law", "basis", "term-basis-wrong")]
    [InlineData($"{EightWeeks}&suspensions=2026-03-11", "suspensions", "term-suspension-open")]
    [InlineData($"{EightWeeks}&suspensions=2026-03-11/", "suspensions", "term-suspension-open")]
    [InlineData($"{EightWeeks}&suspensions=/2026-03-11", "suspensions", "term-day-missing")]
    [InlineData($"{EightWeeks}&suspensions=2026-03-23/2026-03-11", "suspensions", "term-suspension-order")]
    [InlineData($"{EightWeeks}&suspensions=2026-03-11/2026-03-23/2026-03-30", "suspensions", "term-day-unreadable")]
    [InlineData($"{EightWeeks}&suspensions=2026-03-11/2026-03-23,x/y", "suspensions", "term-day-unreadable")]
    [InlineData("start=2026-02-09&term=-P8W&basis=act&suspensions=2026-01-11/2026-01-23", "suspensions", "term-suspension-backwards")]
    [InlineData($"{EightWeeks}&notice=2026-04-07", "notice", "notice-of-default-early")] // the last day in time
    [InlineData($"{EightWeeks}&decided=2026-06-01", "notice", "term-notice-missing")]
    [InlineData($"{EightWeeks}&lang=fr", "lang", "term-language-wrong")]
    public async Task A_wrong_parameter_is_named_in_plain_words(string query, string parameter, string code)
    {
        var answer = await client.GetAsync($"{Address}?{query}");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(parameter, error.GetProperty("parameter").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal($"Kijk dit na: {parameter}", problem.GetProperty("title").GetString());
        Assert.Equal(problem.GetProperty("detail").GetString(), error.GetProperty("text").GetString());
        Assert.DoesNotContain("Dit kan nu niet", problem.GetProperty("detail").GetString(), StringComparison.Ordinal); // the text for a code nobody knows
    }

    [Fact]
    public async Task Every_wrong_parameter_is_named_at_once()
    {
        var answer = await client.GetAsync($"{Address}?lang=en");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("Check this: start, term, basis", problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_first_of_every_month_from_2020_to_2035_gets_a_working_day_within_a_week_of_the_raw_end()
    {
        for (var start = new DateOnly(2020, 1, 1); start.Year <= 2035; start = start.AddMonths(1))
        {
            var answer = await AskAsync($"start={start:yyyy-MM-dd}&term=P8W&basis=act");
            var (raw, due) = (Day(answer, "rawEnd"), Day(answer, "due"));

            Assert.Equal(start.AddDays(56), raw);
            Assert.InRange(due.DayNumber - raw.DayNumber, 0, 6);
            Assert.False(due.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, $"{start}: {due}");
        }
    }

    [Fact]
    public async Task Only_the_calculator_is_open_without_signing_in()
    {
        var page = await client.GetAsync("/terms");

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{Address}?{EightWeeks}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/topics")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal("/sign-in", page.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task A_citizen_service_number_in_the_query_is_not_logged_and_not_repeated()
    {
        const string Number = "999993653";
        var answer = await client.GetAsync($"{Address}?start={Number}&term={Number}&basis={Number}&suspensions={Number}&notice={Number}&lang={Number}");
        using var professional = await app.SignedInAsync("frontOffice");
        var page = await professional.GetAsync($"/terms?start={Number}&term={Number}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.DoesNotContain(Number, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(app.Log, line => line.Contains("demo profile", StringComparison.Ordinal)); // the log is being kept
        Assert.DoesNotContain(app.Log, line => line.Contains(Number, StringComparison.Ordinal));
    }

    private async Task<JsonElement> AskAsync(string query)
    {
        var answer = await client.GetAsync($"{Address}?{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static DateOnly Day(JsonElement answer, string name) => DateOnly.ParseExact(answer.GetProperty(name).GetString()!, "yyyy-MM-dd");

    private static (string Code, string Date, string Result, string? Article, string Text)[] Steps(JsonElement answer) =>
    [
        .. answer.GetProperty("explanation").EnumerateArray().Select(s => (
            s.GetProperty("code").GetString()!, s.GetProperty("date").GetString()!, s.GetProperty("result").GetString()!,
            s.GetProperty("article").GetString(), s.GetProperty("text").GetString()!)),
    ];
}
