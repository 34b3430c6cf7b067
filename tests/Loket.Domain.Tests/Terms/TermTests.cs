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
    [InlineData("8 weken", 8, TermUnit.Weeks, false, "P8W")]
    [InlineData(" 1 Week", 1, TermUnit.Weeks, false, "P1W")]
    [InlineData("3dagen", 3, TermUnit.Days, false, "P3D")]
    [InlineData("2 maanden", 2, TermUnit.Months, false, "P2M")]
    [InlineData("1 jaar", 1, TermUnit.Years, false, "P1Y")]
    [InlineData("48 uur", 48, TermUnit.Hours, false, "PT48H")]
    [InlineData("5 werkdagen", 5, TermUnit.WorkingDays, false, "WD5")]
    [InlineData("5 working days", 5, TermUnit.WorkingDays, false, "WD5")]
    [InlineData("-2 weken", 2, TermUnit.Weeks, true, "-P2W")]
    [InlineData("3 months", 3, TermUnit.Months, false, "P3M")]
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
    [InlineData("0 weken")]
    [InlineData("acht weken")]
    [InlineData("8 weken en 3 dagen")]
    [InlineData("12345 dagen")]
    [InlineData("P8")]
    [InlineData("P8w")]
    [InlineData("P1W3D")]
    [InlineData("P1DT2H")]
    [InlineData("P1M10D")]
    [InlineData("PT30M")]
    [InlineData("P12345D")]
    [InlineData("P2000Y")]
    [InlineData("--P1Y")]
    public void An_unreadable_or_mixed_term_is_refused(string? text) =>
        Assert.Equal("term-unreadable", Term.Parse(text).Refusal?.Code);
}
