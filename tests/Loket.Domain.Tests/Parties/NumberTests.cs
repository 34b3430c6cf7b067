using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Loket.Domain.Parties;

namespace Loket.Domain.Tests.Parties;

public class NumberTests
{
    [Theory]
    [InlineData("111222333")]
    [InlineData("999990019")]
    [InlineData("999993653")]
    [InlineData("000009878")]
    [InlineData(" 9999 93.653 ")]
    [InlineData("999\u00A0993\u00A0653")]
    public void A_bsn_that_passes_the_elfproef_is_read(string text) => Assert.True(Bsn.TryParse(text, out _));

    [Theory]
    [InlineData("111222334", "bsn-wrong")]
    [InlineData("000000000", "bsn-wrong")]
    [InlineData("99999365a", "bsn-wrong")]
    [InlineData("９９９９９３６５３", "bsn-wrong")]
    [InlineData("-99993653", "bsn-wrong")]
    [InlineData("", "bsn-length")]
    [InlineData(null, "bsn-length")]
    [InlineData("99999365", "bsn-length")]
    [InlineData("9999936530", "bsn-length")]
    public void A_wrong_bsn_is_refused_without_repeating_it(string? text, string code)
    {
        var refusal = Bsn.Parse(text).Refusal;

        Assert.Equal(code, refusal?.Code);
        Assert.Empty(refusal!.Args);
    }

    [Fact]
    public void A_bsn_shows_three_digits_and_nothing_more()
    {
        var bsn = Bsn.Parse("999993653").Value;

        Assert.Equal("•••••• 653", bsn.Masked);
        Assert.Equal("•••••• 653", $"{bsn}");
        Assert.DoesNotContain("999993", JsonSerializer.Serialize(bsn), StringComparison.Ordinal);
        Assert.Equal("999993653", bsn.Reveal());
        Assert.Equal(bsn, Bsn.Parse("9999.93.653").Value);
    }

    [Fact]
    public void Of_ten_numbers_that_differ_in_one_digit_at_most_one_is_a_bsn()
    {
        var tries = from digits in Gen.ArrayOf(Gen.Choose(0, 9), 9) from place in Gen.Choose(0, 8) select (digits, place);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(tries.ToArbitrary(), x =>
            Enumerable.Range(0, 10).Count(d =>
            {
                x.digits[x.place] = d;
                return Bsn.TryParse(string.Concat(x.digits), out _);
            }) <= 1));
    }

    [Theory]
    [InlineData("001900675", null)]
    [InlineData("806300966", null)]
    [InlineData("806300967", "rsin-wrong")]
    [InlineData("80630096", "rsin-length")]
    public void An_rsin_passes_the_same_test(string text, string? code) => Assert.Equal(code, Rsin.Parse(text).Refusal?.Code);

    [Theory]
    [InlineData("01140749", null)]
    [InlineData("0114 0749", null)]
    [InlineData("1140749", "kvk-length")]
    [InlineData("0114074x", "kvk-wrong")]
    public void A_kvk_number_has_eight_digits_and_keeps_its_zero(string text, string? code)
    {
        var read = KvkNumber.Parse(text);

        Assert.Equal(code, read.Refusal?.Code);
        Assert.True(code is not null || read.Value.Value == "01140749");
    }

    [Theory]
    [InlineData("000012345678", null)]
    [InlineData("12345678", "establishment-length")]
    [InlineData("00001234567x", "establishment-wrong")]
    public void An_establishment_number_has_twelve_digits(string text, string? code) =>
        Assert.Equal(code, EstablishmentNumber.Parse(text).Refusal?.Code);

    [Theory]
    [InlineData("00000001001900675000", null)]
    [InlineData("0000000100190067500A", null)]
    [InlineData("0000000100190067500", "oin-length")]
    [InlineData("0000000100190067500!", "oin-wrong")]
    public void An_oin_has_twenty_letters_or_digits(string text, string? code) => Assert.Equal(code, Oin.Parse(text).Refusal?.Code);

    [Theory]
    [InlineData("0344", "0344")]
    [InlineData("gm0344", "0344")]
    [InlineData(" GM0344 ", "0344")]
    [InlineData("344", null)]
    [InlineData("gm034", null)]
    [InlineData("pv0344", null)]
    [InlineData("", null)]
    public void A_municipality_code_is_read_with_and_without_its_prefix(string text, string? value)
    {
        var read = MunicipalityCode.Parse(text);

        Assert.Equal(value, read.IsOk ? read.Value.Value : null);
        Assert.True(!read.IsOk || read.Value.Tooi == "gm" + value);
    }

    [Fact]
    public void Codes_are_stored_in_snake_case()
    {
        Assert.Equal(["document", "digid", "control_questions", "not_established"], Enum.GetValues<IdentityMethod>().Select(m => Code.Of(m)));
        Assert.Equal(["person", "business", "none"], Enum.GetValues<PartyKind>().Select(k => Code.Of(k)));
    }
}
