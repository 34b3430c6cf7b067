using Loket.Web.Features.Directory;

namespace Loket.Web.Tests.Directory;

/// <summary>The real files of <c>db/reference</c>.</summary>
public sealed class ReferenceDataTests
{
    private static readonly ReferenceSet Set = ReferenceFiles.Read(ReferenceFolder.Real);
    private static readonly DemoSet Demo = ReferenceFiles.ReadDemo(ReferenceFolder.Real, Set);

    private static readonly string[] Connected =
    [
        "gm0344", "gm0356", "gm0363", "gm0518", "gm0599", "so0719",
        "zb000117", "zb000143", "oorg10148", "zb000211", "oorg12368", "oorg12369",
    ];

    [Theory]
    [InlineData("municipality", 342)]
    [InlineData("province", 12)]
    [InlineData("water_board", 21)]
    [InlineData("national", 63)]
    [InlineData("regional", 47)]
    public void The_bodies_are_complete(string kind, int count) =>
        Assert.Equal(count, Set.Organisations.Count(o => o.Kind == kind));

    [Theory]
    [InlineData("UWV"), InlineData("SVB"), InlineData("DUO"), InlineData("CAK"), InlineData("CIZ"), InlineData("IND")]
    [InlineData("RDW"), InlineData("CJIB"), InlineData("RVO"), InlineData("KVK"), InlineData("Kadaster"), InlineData("CBR")]
    [InlineData("Belastingdienst"), InlineData("Dienst Toeslagen"), InlineData("LBIO"), InlineData("Raad voor Rechtsbijstand"), InlineData("RvIG")]
    public void A_national_service_provider_has_a_phone_number_and_a_national_line(string shortName)
    {
        var body = Assert.Single(Set.Organisations, o => o.ShortName == shortName);
        Assert.NotNull(body.Phone);
        Assert.Contains(Set.Lines, l => l.Organisation == body.Code && l.Kind == "national");
    }

    [Fact]
    public void Every_municipality_and_topic_has_a_route() => Assert.Empty(ReferenceFilesCoverage.Gaps(Set));

    [Fact]
    public void Every_municipality_has_eight_lines_and_an_oin_of_its_own()
    {
        var lines = Set.Lines.ToLookup(l => l.Organisation, l => l.Topic);
        var municipal = Set.Topics.Where(t => t.Layer == "municipal").Select(t => t.Code).ToList();
        Assert.Equal(8, municipal.Count);
        Assert.All(Set.Organisations.Where(o => o.Kind == "municipality"), o =>
        {
            Assert.Equal(municipal, lines[o.Code]);
            Assert.NotNull(o.Oin);
            Assert.NotNull(o.Phone);
        });
    }

    [Fact]
    public void Every_province_and_water_board_has_a_general_line() =>
        Assert.All(
            Set.Organisations.Where(o => o.Kind is "province" or "water_board"),
            o => Assert.Equal([$"{o.Code}-general"], Set.Lines.Where(l => l.Organisation == o.Code).Select(l => l.Code)));

    [Fact]
    public void A_line_code_is_its_organisation_and_topic() =>
        Assert.All(Set.Lines, l => Assert.Equal($"{l.Organisation}-{l.Topic.Replace('_', '-')}", l.Code));

    [Fact]
    public void No_two_bodies_have_the_same_short_name() =>
        Assert.Empty(Set.Organisations.GroupBy(o => o.ShortName).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Nieuwegein_is_served_by_WIL_for_debts_and_for_work_and_income()
    {
        Assert.Contains(new ServiceAreaRow("so0719-debts", "gm0356", "certain"), Set.ServiceAreas);
        Assert.Contains(new ServiceAreaRow("so0719-work-income", "gm0356", "certain"), Set.ServiceAreas);
    }

    [Fact]
    public void Every_line_of_a_connected_body_has_three_specialists_of_whom_the_demo_may_play_two()
    {
        var members = Demo.Professionals.SelectMany(p => p.Lines.Select(m => (m.Line, m.Tier, Person: p))).ToLookup(m => m.Line);
        Assert.Equal(Connected.Order(StringComparer.Ordinal), Demo.Professionals.Select(p => p.Organisation).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Set.Lines.Where(l => Connected.Contains(l.Organisation)), line =>
        {
            var first = members[line.Code].Where(m => m.Tier == 1).Select(m => m.Person).ToList();
            Assert.True(first.Count >= 3, $"{line.Code}: {first.Count}");
            Assert.True(first.Count(p => p.DemoColleague) >= 2, line.Code);
            Assert.True(first.Any(p => !p.DemoColleague), $"{line.Code}: nobody left to sign in as");
        });
    }

    [Fact]
    public void Every_connected_body_has_a_front_office_and_two_supervisors() =>
        Assert.All(Demo.Professionals.GroupBy(p => p.Organisation), body =>
        {
            var least = body.Key.StartsWith("gm", StringComparison.Ordinal) ? 4 : 2;
            Assert.True(body.Count(p => p.Roles.Contains(ProfessionalRow.FrontOffice)) >= least, body.Key);
            Assert.Equal(2, body.Count(p => p.Roles.Contains(ProfessionalRow.Supervisor)));
        });

    [Theory]
    [InlineData("Fatima Bouzidi", "gm0344", "front_office", null)]
    [InlineData("Willem de Haan", "gm0344", "supervisor", null)]
    [InlineData("Johan Terpstra", "gm0356", "specialist", "gm0356-debts")]
    [InlineData("Karin Post", "gm0356", "specialist", "gm0356-debts")]
    [InlineData("Samira el Amrani", "gm0356", "specialist", "gm0356-debts")]
    [InlineData("Merel Hoekstra", "zb000143", "specialist", "zb000143-pension-survivors")]
    public void The_people_of_the_screens_are_there(string name, string organisation, string role, string? line)
    {
        var person = Assert.Single(Demo.Professionals, p => p.Name == name);
        Assert.Equal(organisation, person.Organisation);
        Assert.Equal([role], person.Roles);
        Assert.Equal(line, person.Lines.Count == 0 ? null : person.Lines[0].Line);
    }

    [Fact]
    public void The_test_persons_are_there()
    {
        Assert.Equal(668, Demo.Persons.Count);
        Assert.Contains(Demo.Persons, p => p.Municipality == "gm0518" && p.Secrecy == 0 && p.Died is null);
        Assert.Contains(Demo.Persons, p => p.Secrecy == 7);
        Assert.Contains(Demo.Persons, p => p.Died is not null);
    }

    [Fact]
    public void The_files_are_small_and_end_their_lines_with_lf() =>
        Assert.All(
            System.IO.Directory.GetFiles(ReferenceFolder.Real, "*.csv", SearchOption.AllDirectories),
            file =>
            {
                var bytes = File.ReadAllBytes(file);
                Assert.True(bytes.Length < 600_000, file);
                Assert.DoesNotContain((byte)'\r', bytes);
                Assert.Equal((byte)'\n', bytes[^1]);
            });
}
