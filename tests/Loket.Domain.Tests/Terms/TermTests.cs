using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Terms;

public class TermTests
{
    [Theory]
    [InlineData("P8W", 8, TermUnit.Weeks, false, "P8W")]
    [InlineData("P3D", 3, TermUnit.Days, false, "P3D")]
    [InlineData("P13W", 13, TermUnit.Weeks, false, "P13W")]
    [InlineData("P3M", 3, TermUnit.Months, false, "P3M")]
    [InlineData("P20M", 20, TermUnit.Months, false, "P20M")]
    [InlineData("P1Y", 1, TermUnit.Years, false, "P1Y")]
    [InlineData("P1Y6M", 18, TermUnit.Months, false, "P18M")]
    [InlineData("PT48H", 48, TermUnit.Hours, false, "PT48H")]
    [InlineData("-P1Y", 1, TermUnit.Years, true, "-P1Y")]
    [InlineData("WD1", 1, TermUnit.WorkingDays, false, "WD1")]
    [InlineData("P6WD", 6, TermUnit.WorkingDays, false, "WD6")]
    [InlineData("WH2", 2, TermUnit.WorkingHours, false, "WH2")]
    [InlineData(" P8W ", 8, TermUnit.Weeks, false, "P8W")]
    public void A_term_is_read_and_written_back(string text, int amount, TermUnit unit, bool backwards, string written)
    {
        var term = Term.Parse(text).Value;

        Assert.Equal(new Term(amount, unit, backwards), term);
        Assert.Equal(written, term.ToString());
        Assert.Equal(term, Term.Parse(written).Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P0D")]
    [InlineData("8W")]
    [InlineData("P8")]
    [InlineData("P8w")]
    [InlineData("P1W3D")]
    [InlineData("P1DT2H")]
    [InlineData("P1M10D")]
    [InlineData("PT30M")]
    [InlineData("P12345D")]
    [InlineData("P2000Y")]
    [InlineData("--P1Y")]
    [InlineData("8 weken")]
    public void An_unreadable_or_mixed_term_is_refused(string? text) =>
        Assert.Equal("term-unreadable", Term.Parse(text).Refusal?.Code);
}
