using System.Globalization;
using System.Text.Json;
using Loket.Domain.Journeys;
using Loket.Domain.Terms;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Journeys;
using Loket.Web.Tests.Directory;

namespace Loket.Web.Tests.Journeys;

/// <summary>The journeys of <c>db/reference</c>, with the days on which they really fall; each date was reckoned by hand.</summary>
public sealed class RealJourneysTests
{
    private static readonly LifeEvents Events = LifeEventFiles.Read(ReferenceFolder.Real, ReferenceFiles.Read(ReferenceFolder.Real));
    private static readonly TermCalculator Calculator = new(ServiceDates.Load(ReferenceFolder.Real).Calendar);

    [Theory]
    [InlineData("death"), InlineData("birth"), InlineData("turning_18"), InlineData("moving"), InlineData("marrying"), InlineData("separating")]
    [InlineData("losing_job"), InlineData("long_illness"), InlineData("retiring"), InlineData("debts"), InlineData("care_at_home")]
    [InlineData("long_term_care"), InlineData("abroad"), InlineData("starting_business"), InlineData("building"), InlineData("stopping_business")]
    public void Every_life_event_of_the_domain_has_a_journey_of_several_bodies(string id)
    {
        var about = Events.Find(id);

        Assert.NotNull(about);
        Assert.InRange(about.Steps.Select(s => s.Body).Distinct().Count(), 2, 30);
    }

    /// <summary>
    /// Monday 30 March 2026, asked at the desk on Thursday 2 April. No working days: Good Friday 3, Easter Monday 6 and
    /// King's Day 27 April, Liberation Day 5 May.
    /// </summary>
    [Fact]
    public void The_death_of_a_partner_in_a_rented_home_in_utrecht_with_a_child_of_sixteen()
    {
        var steps = Expand("death", "2026-03-30", "2026-04-02", yes: ["partner", "rented", "children"], no: ["pension", "car", "short"]);

        AssertTable(
            steps,
            "report            | Legal       | 2026-04-09 |            | BW boek 1 art. 1:19h lid 2 en 5; akte 1:19f", // sixth working day: 31, 1, 2, 7, 8, 9
            "funeral           | Legal       | 2026-04-09 |            | Wet op de lijkbezorging art. 16",
            "bank              | Service     | 2026-04-13 |            | ",
            "survivor-benefit  | Legal       | 2027-03-30 | 2026-04-20 | Anw art. 33 lid 4", // a year: art. 4 leaves it where it is
            "tenancy           | Service     | 2026-04-20 |            | ",
            "rent-benefit      | Service     | 2026-04-30 |            | Awir art. 17", // the law leaves the term to a regulation
            "benefits          | Service     | 2026-04-30 |            | Awir art. 17",
            "child-budget      | Legal       | 2027-12-31 | 2026-04-30 | Awir art. 15 lid 1", // 31 December of the year after
            "child-benefit     | Service     | 2026-05-06 |            | ",
            "custody           | Service     | 2026-05-06 |            | ",
            "pension-fund      | Service     | 2026-05-06 |            | ",
            "health-insurance  | Service     | 2026-05-06 |            | ",
            "minor-heir        | ToBeChecked | 2026-06-30 |            | BW boek 4 art. 4:193", // text of 2017: no legal date
            "estate            | ToBeChecked | 2026-06-30 |            | BW boek 4 art. 4:185",
            "inheritance-tax   | Legal       | 2027-11-30 |            | Successiewet 1956 art. 45 lid 1"); // twenty months since 2026
        Assert.Equal(
            ["gemeente", "partner", "partner", "zb000143", "partner", "oorg12369", "oorg12369", "oorg12369", "zb000143", "partner", "partner", "partner", "partner", "partner", "oorg12368"],
            steps.Select(s => s.Step.Body.National ?? (s.Step.Body.Municipal is null ? "partner" : "gemeente")));
        Assert.All(steps, s => Assert.True(s.Certain));
    }

    /// <summary>Born on 29 February 2008: eighteen on Sunday 1 March 2026, in our reading (<see cref="Birthday"/>).</summary>
    [Fact]
    public void Turning_eighteen_on_the_twenty_ninth_of_february()
    {
        var about = Events.Find("turning_18")!;
        var day = Birthday.Reaching(about.Age, Day("2008-02-29"));

        Assert.Equal(Day("2026-03-01"), day);
        AssertTable(
            Expand("turning_18", "2026-03-01", "2026-02-16", yes: ["school"], no: ["youth-care", "rents"]),
            "digid              | Service | 2026-03-06 |            | ",
            "health-insurance   | Legal   | 2026-07-01 | 2026-03-13 | Zvw art. 5 lid 5", // four months: not moved by art. 4
            "health-benefit     | Legal   | 2027-12-31 | 2026-03-27 | Awir art. 15 lid 1",
            "student-finance    | Service | 2026-03-27 |            | ",
            "child-benefit-ends | Service | 2026-03-27 |            | ");
    }

    /// <summary>Opens on Tuesday 1 September 2026; asked on Wednesday 1 July.</summary>
    [Fact]
    public void Starting_a_business_in_a_rented_shop()
    {
        AssertTable(
            Expand("starting_business", "2026-09-01", "2026-07-01", yes: ["rented-shop", "change-use", "sign"], no: ["food", "staff", "low-income"]),
            "intake           | Service     | 2026-07-08 |  | ",
            "lease            | Service     | 2026-07-15 |  | ",
            "permit           | Service     | 2026-07-15 |  | ",
            "insurance        | Service     | 2026-07-15 |  | ",
            "sign-permit      | Service     | 2026-07-29 |  | ",
            "use-notice       | Service     | 2026-08-04 |  | ", // twenty working days before
            "register         | ToBeChecked | 2026-09-08 |  | Handelsregisterwet 2007", // a week, not read in the law
            "waste            | Service     | 2026-09-08 |  | ",
            "permit-decision  | Expected    | 2026-09-09 |  | Omgevingswet art. 16.64", // eight weeks after the application of 15 July
            "vat              | Service     | 2026-09-22 |  | ");
    }

    [Fact]
    public void No_term_that_was_not_read_in_the_current_text_sets_a_legal_date()
    {
        using var source = JsonDocument.Parse(File.ReadAllText(Path.Combine(ReferenceFolder.Real, "legal-terms.json")));
        var verified = source.RootElement.EnumerateArray()
            .Where(t => t.GetProperty("status").GetString() == "verified-current").Select(t => t.GetProperty("id").GetString()).ToHashSet();
        var dates = Events.Current
            .SelectMany(e => Journey.Expand(e, new Dictionary<string, bool>(), Day("2026-03-30"), Day("2026-04-02"), Events.Law, Calculator).Steps)
            .SelectMany(s => new[] { s.Date, s.Target, s.Opens }).OfType<StepDate>().ToList();

        Assert.All(dates.Where(d => d.Kind is DateKind.Legal or DateKind.Expected), d => Assert.Contains(d.Law!.Id, verified));
        Assert.All(dates.Where(d => d.Kind is DateKind.ToBeChecked), d => Assert.DoesNotContain(d.Law!.Id, verified));
        Assert.Contains(dates, d => d.Kind == DateKind.ToBeChecked);
        Assert.All(dates.Where(d => d.Kind is DateKind.ToBeChecked or DateKind.Service), d => Assert.Equal(TermBasis.Service, d.Sum.Basis));
    }

    private static void AssertTable(IReadOnlyList<JourneyStep> steps, params string[] rows) => Assert.Equal(
        rows.Select(r => string.Join('|', r.Split('|').Select(c => c.Trim()))),
        steps.Select(s => $"{s.Step.Key}|{s.Date.Kind}|{s.Date.Day:yyyy-MM-dd}|{s.Target?.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}|{s.Law?.Article}"));

    private static IReadOnlyList<JourneyStep> Expand(string id, string day, string start, string[] yes, string[] no) => Journey.Expand(
        Events.Find(id)!,
        yes.Select(k => (k, true)).Concat(no.Select(k => (k, false))).ToDictionary(a => a.k, a => a.Item2, StringComparer.Ordinal),
        Day(day), Day(start), Events.Law, Calculator).Steps;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
