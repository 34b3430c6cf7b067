using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loket.Web.Tests.Terms;

namespace Loket.Web.Tests.Search;

/// <summary>Search and routes over their real addresses: open for reference data, closed for cases.</summary>
public sealed class SearchApiTests(TermsApp app) : IClassFixture<TermsApp>
{
    private readonly HttpClient anyone = app.Anyone();

    [Theory]
    [InlineData("huurtoslag", "nl", "Huurtoeslag", "Naam: Huurtoeslag")]
    [InlineData("rent subsidy", "en", "Rent allowance", "Also known as: rent subsidy")]
    [InlineData("AOW", "nl", "AOW-pensioen", "Afkorting: AOW")]
    public async Task Anyone_finds_reference_data_in_the_language_asked_with_the_reason(string q, string language, string name, string why)
    {
        anyone.DefaultRequestHeaders.Add("Cookie", ".AspNetCore.Culture=c%3Den%7Cuic%3Den");
        var first = (await JsonAsync($"/api/v1/search?q={Uri.EscapeDataString(q)}&lang={language}")).GetProperty("results")[0];

        Assert.Equal(("scheme", name, why), (first.GetProperty("kind").GetString(), first.GetProperty("name").GetString(), first.GetProperty("why").GetProperty("text").GetString()));
        Assert.InRange(first.GetProperty("score").GetDouble(), 0.5, 1);
        Assert.NotNull(first.GetProperty("responsibleBody").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("0344", "gm0344-debts")]
    [InlineData("gm0344", "gm0344-debts")]
    public async Task A_municipality_names_its_line(string municipality, string line) =>
        Assert.Equal(line, (await JsonAsync($"/api/v1/search?q=schuldhulp&municipality={municipality}")).GetProperty("results")[0].GetProperty("line").GetString());

    [Theory]
    [InlineData("o'brien")]
    [InlineData("AND")]
    [InlineData("wmo-")]
    [InlineData("C#")]
    [InlineData("\"")]
    [InlineData("NEAR(a b) * ^ : {x}")]
    [InlineData("😀")]
    [InlineData("")]
    public async Task Whatever_is_typed_is_words(string q) => await JsonAsync($"/api/v1/search?q={Uri.EscapeDataString(q)}");

    [Theory]
    [InlineData("/api/v1/search?q=999993112")]
    [InlineData("/api/v1/search?q=bsn%209999.93.112")]
    [InlineData("/api/v1/search?q=aow&municipality=999993112")]
    [InlineData("/api/v1/routes?topic=999993112&municipality=0344")]
    [InlineData("/api/v1/routes?topic=debts&municipality=999993112")]
    public async Task A_citizens_number_in_an_address_is_refused_and_kept_nowhere(string address)
    {
        var answer = await anyone.GetAsync(address);

        Assert.Equal((HttpStatusCode)422, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("text-has-bsn", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.DoesNotContain(app.Log, line => line.Contains("999993112", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_question_is_logged()
    {
        await JsonAsync("/api/v1/search?q=kwetsbaarzoekwoord");

        Assert.DoesNotContain(app.Log, line => line.Contains("kwetsbaarzoekwoord", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_question_that_is_too_long_or_in_another_language_is_refused()
    {
        Assert.Equal((HttpStatusCode)422, (await anyone.GetAsync($"/api/v1/search?q={new string('a', 201)}")).StatusCode);
        Assert.Equal((HttpStatusCode)422, (await anyone.GetAsync("/api/v1/search?q=aow&lang=fr")).StatusCode);
    }

    [Fact]
    public async Task Cases_are_found_by_who_takes_part_and_by_nobody_else()
    {
        var desk = await app.SignedInAsync("frontOffice");
        var opened = await (await desk.PostAsJsonAsync("/api/v1/cases", new { question = "Kan dat?", kind = "none", topic = "taxes", title = "Uitstel voor de lantaarnbelasting" })).Content.ReadFromJsonAsync<JsonElement>();
        var number = opened.GetProperty("number").GetString();
        var stranger = app.Anyone();
        var elsewhere = (await anyone.GetFromJsonAsync<JsonElement>("/api/v1/demo/professionals")).EnumerateArray().First(p => p.GetProperty("organisationCode").GetString() == "zb000117");
        await stranger.PostAsJsonAsync("/api/v1/demo/session", new { professionalId = elsewhere.GetProperty("id").GetString() });

        foreach (var question in new[] { number, number!.ToLowerInvariant(), "lantarenbelasting" })
        {
            Assert.Contains(number, await CasesAsync(desk, question!));
        }

        Assert.DoesNotContain(number, await CasesAsync(stranger, number));
        Assert.DoesNotContain(number, await CasesAsync(stranger, "lantaarnbelasting"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await anyone.PostAsJsonAsync("/api/v1/search/workplace", new { q = number })).StatusCode);
        Assert.Equal((HttpStatusCode)422, (await desk.PostAsJsonAsync("/api/v1/search/workplace", new { q = "999993112" })).StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/routes?topic=debts&municipality=0356", "so0719", "callback")]
    [InlineData("/api/v1/routes?topic=local_taxes&municipality=0356", "gm0356", "callback")]
    [InlineData("/api/v1/routes?topic=pension_survivors", "zb000143", "callback")]
    [InlineData("/api/v1/routes?topic=vehicles", "zb000149", "own_promise")]
    public async Task A_route_names_its_lines_in_order_with_the_reason_and_its_end(string address, string organisation, string end)
    {
        var route = await JsonAsync(address);

        Assert.Contains(route.GetProperty("lines").EnumerateArray(), l => l.GetProperty("organisation").GetString() == organisation && l.GetProperty("why").GetString()!.Length > 10);
        Assert.Equal(end, route.GetProperty("end").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_code_that_ended_is_followed_to_its_successor()
    {
        var route = await JsonAsync("/api/v1/routes?topic=debts&municipality=0614");

        Assert.Equal(("gm1992", "gm0614"), (route.GetProperty("municipality").GetString(), route.GetProperty("endedMunicipality").GetString()));
        Assert.All(route.GetProperty("lines").EnumerateArray(), l => Assert.NotEqual("gm0614", l.GetProperty("organisation").GetString()));
    }

    [Theory]
    [InlineData("topic=nothing&municipality=0344", "topic-unknown")]
    [InlineData("topic=debts", "municipality-missing")]
    [InlineData("topic=debts&municipality=9999", "municipality-unknown")]
    public async Task A_route_that_cannot_be_is_refused_with_the_reason(string query, string code) =>
        Assert.Equal(code, (await (await anyone.GetAsync($"/api/v1/routes?{query}")).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());

    private static async Task<string> CasesAsync(HttpClient person, string question)
    {
        var answer = await person.PostAsJsonAsync("/api/v1/search/workplace", new { q = question });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("cases").GetRawText();
    }

    private async Task<JsonElement> JsonAsync(string address)
    {
        var answer = await anyone.GetAsync(address);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

/// <summary>Search is rate-limited as the other reference knowledge is.</summary>
public sealed class SearchLimitTests(BusyTermsApp app) : IClassFixture<BusyTermsApp>
{
    [Fact]
    public async Task The_fourth_question_in_a_minute_is_refused_over_search_and_routes_together()
    {
        var anyone = app.Anyone();
        anyone.DefaultRequestHeaders.Add(TermsApp.ClientAddress, "192.0.2.77");
        foreach (var address in new[] { "/api/v1/search?q=aow", "/api/v1/routes?topic=taxes", "/api/v1/search?q=wmo" })
        {
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync(address)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await anyone.GetAsync("/api/v1/search?q=ww")).StatusCode);
    }
}
