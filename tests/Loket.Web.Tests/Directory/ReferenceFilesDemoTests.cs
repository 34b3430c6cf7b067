using Loket.Web.Features.Directory;

namespace Loket.Web.Tests.Directory;

public sealed class ReferenceFilesDemoTests : IDisposable
{
    private readonly ReferenceFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_people_of_the_demo_are_read_whole()
    {
        var demo = ReferenceFiles.ReadDemo(folder.Path, ReferenceFiles.Read(folder.Path));

        var fatima = demo.Professionals[0];
        Assert.Equal(1001, fatima.Id);
        Assert.Equal([ProfessionalRow.FrontOffice, ProfessionalRow.Specialist], fatima.Roles);
        Assert.Equal([new LineMembership("gm0344-debts", 1), new LineMembership("gm0344-general", 2)], fatima.Lines);
        Assert.True(demo.Professionals[1].DutySupervisor);
        Assert.True(demo.Professionals[2].DemoColleague);
        Assert.Equal([1002L], demo.Teams[0].Supervisors);
        Assert.Equal("1978-03", demo.Persons[1].BirthDate);
        Assert.Equal(7, demo.Persons[1].Secrecy);
        Assert.Null(demo.Persons[1].Municipality);
    }

    [Theory]
    [InlineData("professionals.csv", "1003,", "1001,", 4, "id '1001' staat dubbel, ook op regel 2")]
    [InlineData("professionals.csv", "1003,", "x,", 4, "id 'x' is geen getal boven nul")]
    [InlineData("professionals.csv", "1003,so0719", "1003,so9999", 4, "onbekende organisatie 'so9999'")]
    [InlineData("professionals.csv", "Karin Post,", ",", 4, "name ontbreekt")]
    [InlineData("professionals.csv", "Post,specialist", "Post,expert", 4, "onbekende rol 'expert'")]
    [InlineData("professionals.csv", "Post,specialist", "Post,front_office", 4, "wie op een lijn zit moet de rol specialist hebben")]
    [InlineData("professionals.csv", "specialist,so0719-debts", "specialist,so0719-care", 4, "onbekend team 'so0719-care'")]
    [InlineData("professionals.csv", "specialist,so0719-debts", "specialist,gm0344-front", 4, "team 'gm0344-front' is van een andere organisatie")]
    [InlineData("professionals.csv", "so0719-debts,nl,1", "so0719-permits,nl,1", 4, "onbekende lijn 'so0719-permits'")]
    [InlineData("professionals.csv", "so0719-debts,nl,1", "gm0344-debts,nl,1", 4, "lijn 'gm0344-debts' is van een andere organisatie")]
    [InlineData("professionals.csv", "gm0344-general:2", "gm0344-general:0", 2, "lines 'gm0344-general:0' is geen lijn met een trede van 1 tot 9")]
    [InlineData("professionals.csv", "gm0344-general:2", "gm0344-debts:2", 2, "lijn 'gm0344-debts' staat er meer dan eens")]
    [InlineData("professionals.csv", "nl|ar", "nl|Arabisch", 2, "'Arabisch' is geen taalcode van twee letters")]
    [InlineData("professionals.csv", "nl,1,0", "nl,ja,0", 4, "demo_colleague 'ja' is onbekend, het moet een van deze zijn: 0, 1")]
    [InlineData("professionals.csv", "nl,1,0", "nl,1,1", 4, "wie dienst heeft als teamleider moet de rol supervisor hebben")]
    [InlineData("professionals.csv", "Ad Bos,supervisor,so0719-debts,,nl,0,1", "Ad Bos,supervisor,so0719-debts,,nl,0,0", 4, "organisatie 'so0719' heeft geen teamleider met dienst")]
    [InlineData("professionals.csv", "Ad Bos,supervisor,so0719-debts,,nl,0,1", "Ad Bos,supervisor,so0719-debts,,nl,0,1\n1005,so0719,Bo Vos,supervisor,so0719-debts,,nl,0,1", 6, "organisatie 'so0719' heeft al een teamleider met dienst, op regel 5")]
    [InlineData("professionals.csv", "Post,specialist", "Post,", 4, "roles ontbreekt")]
    [InlineData("teams.csv", "so0719-debts,so0719", "gm0344-front,so0719", 3, "code 'gm0344-front' staat dubbel, ook op regel 2")]
    [InlineData("teams.csv", "Balie,1002", "Balie,", 2, "het team heeft geen teamleider")]
    [InlineData("teams.csv", "Balie,1002", "Balie,1099", 2, "onbekende teamleider '1099'")]
    [InlineData("teams.csv", "Balie,1002", "Balie,1001", 2, "'1001' heeft niet de rol supervisor")]
    [InlineData("teams.csv", "Balie,1002", "Balie,1004", 2, "teamleider '1004' is van een andere organisatie")]
    [InlineData("teams.csv", "gm0344-front,gm0344", "gm0344-front,gm9999", 2, "onbekende organisatie 'gm9999'")]
    [InlineData("persons.csv", "999990019", "999990018", 3, "BSN voldoet niet aan de elfproef")]
    [InlineData("persons.csv", "999990019", "999993112", 3, "bsn staat dubbel, ook op regel 2")]
    [InlineData("persons.csv", "999990019", "", 3, "bsn ontbreekt")]
    [InlineData("persons.csv", "Mehmet Test", "", 3, "name ontbreekt")]
    [InlineData("persons.csv", "1978-03", "1978-13", 3, "birth_date '1978-13' is geen datum (jjjj-mm-dd, jjjj-mm of jjjj)")]
    [InlineData("persons.csv", "1970-04-07", "7-4-1970", 2, "birth_date '7-4-1970' is geen datum (jjjj-mm-dd, jjjj-mm of jjjj)")]
    [InlineData("persons.csv", "gm0344", "gm9999", 2, "onbekende gemeente 'gm9999'")]
    [InlineData("persons.csv", "1014AW", "1014 aw", 2, "postcode '1014 aw' is geen postcode (1234AB)")]
    [InlineData("persons.csv", ",7,", ",9,", 3, "secrecy '9' is onbekend, het moet een van deze zijn: 0, 1, 2, 3, 4, 5, 6, 7")]
    public void A_bad_row_is_named_by_file_line_and_reason(string file, string from, string to, int line, string reason)
    {
        var reference = ReferenceFiles.Read(folder.Path);
        folder.Change($"demo/{file}", from, to);

        var refused = Assert.Throws<ReferenceErrors>(() => ReferenceFiles.ReadDemo(folder.Path, reference));

        Assert.Contains(new ReferenceError($"demo/{file}", line, reason), refused.Errors);
    }

    [Fact]
    public void No_error_repeats_a_bsn()
    {
        var reference = ReferenceFiles.Read(folder.Path);
        folder.Change("demo/persons.csv", "999990019", "999993112").Change("demo/persons.csv", "1978-03", "x");

        var refused = Assert.Throws<ReferenceErrors>(() => ReferenceFiles.ReadDemo(folder.Path, reference));

        Assert.DoesNotContain("99999", refused.Message, StringComparison.Ordinal);
    }
}
