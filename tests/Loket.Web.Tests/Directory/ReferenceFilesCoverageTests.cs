using Loket.Web.Features.Directory;

namespace Loket.Web.Tests.Directory;

/// <summary>Each gap in the small set is made on purpose, and found.</summary>
public sealed class ReferenceFilesCoverageTests : IDisposable
{
    private readonly ReferenceFolder folder = new();
    private readonly ReferenceSet set;

    public ReferenceFilesCoverageTests() => set = ReferenceFiles.Read(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_set_in_which_every_question_has_a_route_has_no_gap() => Assert.Empty(ReferenceFilesCoverage.Gaps(set));

    [Fact]
    public void A_municipality_that_no_line_serves_is_found() =>
        Assert.Equal(["Gemeente Nieuwegein: geen lijn voor Schulden"], ReferenceFilesCoverage.Gaps(set with { ServiceAreas = [] }));

    [Fact]
    public void A_municipality_without_a_general_line_is_found() =>
        Assert.Equal(["Gemeente Nieuwegein: geen algemene lijn"], ReferenceFilesCoverage.Gaps(Without("gm0356-general")));

    [Fact]
    public void A_national_topic_without_a_line_is_found() =>
        Assert.Equal(["AOW en Anw: geen landelijke lijn"], ReferenceFilesCoverage.Gaps(Without("zb000143-pension-survivors")));

    [Fact]
    public void A_line_of_an_organisation_that_does_not_exist_is_found() =>
        Assert.Equal(
            ["so0719-debts: organisatie so0719 bestaat niet"],
            ReferenceFilesCoverage.Gaps(set with { Organisations = [.. set.Organisations.Where(o => o.Code != "so0719")] }));

    [Fact]
    public void A_line_that_nobody_can_reach_is_found() =>
        Assert.Equal(
            ["zb000143-pension-survivors: Sociale Verzekeringsbank heeft geen telefoonnummer en geen website"],
            ReferenceFilesCoverage.Gaps(set with
            {
                Organisations = [.. set.Organisations.Select(o => o.Code == "zb000143" ? o with { Phone = null, Website = null } : o)],
            }));

    private ReferenceSet Without(string line) => set with { Lines = [.. set.Lines.Where(l => l.Code != line)] };
}
