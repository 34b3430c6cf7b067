using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Loket.Domain.Parties;

namespace Loket.Domain.Tests.Parties;

public class LineQuestionTests
{
    [Fact]
    public void My_husband_gerrit_and_his_bsn_never_leave_unmasked()
    {
        var check = LineQuestion.Inspect("Mijn man Gerrit, 999993112");

        Assert.True(check.BlocksRinging);
        Assert.Equal("line-question-bsn", check.Refusal?.Code);
        Assert.Equal("Mijn man [naam], [bsn]", LineQuestion.Mask("Mijn man Gerrit, 999993112", check.Marks));
    }

    [Theory]
    [InlineData("999993112")]
    [InlineData("BSN999993112.")]
    [InlineData("bsn: 9999 93 112")]
    [InlineData("9999.93.112")]
    [InlineData("999-993-112")]
    [InlineData("999 993 112")]
    [InlineData("999\u00A0993\u202F112")]
    [InlineData("9 9 9 9 9 3 1 1 2")]
    [InlineData("９９９９９３１１２")]
    [InlineData("999/993/112")]
    [InlineData("999 - 993 - 112")]
    [InlineData("999\u2013993\u2013112")]
    [InlineData("99999\u200B3112")]
    [InlineData("99999\u00AD3112")]
    [InlineData("nummer 12 999993112")]
    [InlineData("999993112 14")]
    [InlineData("Schakelstraat 12 999993112")]
    [InlineData("tel 06-12345678, bsn 999993112")]
    [InlineData("geb. 7-4-1970 999993112")]
    [InlineData("000009878")]
    [InlineData("004330353 12")] // looks like a foreign phone number
    [InlineData("003737342 06-12345678")]
    [InlineData("€ 999993112")]
    [InlineData("bsn 00000 9878")]
    [InlineData("bsn 12345672")] // typed without its leading zero
    public void A_number_that_passes_the_elfproef_blocks_ringing_however_it_is_written(string text)
    {
        var check = LineQuestion.Inspect(text);

        Assert.True(check.BlocksRinging);
        Assert.True(LineQuestion.HasBsn(text));
        Assert.False(LineQuestion.Inspect(LineQuestion.Mask(text, check.Marks)).BlocksRinging);
        Assert.DoesNotContain("999993112", LineQuestion.Mask(text, check.Marks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("999993113")] // fails the elfproef
    [InlineData("0612345678")]
    [InlineData("06 12 34 56 78")]
    [InlineData("+31 6 12345678")]
    [InlineData("NL91ABNA0417164300")]
    [InlineData("geboren 31-12-1961, 5 kinderen")]
    [InlineData("000000000")]
    public void Other_numbers_do_not_block_ringing(string text)
    {
        Assert.False(LineQuestion.Inspect(text).BlocksRinging);
        Assert.False(LineQuestion.HasBsn(text));
    }

    [Fact]
    public void A_question_that_was_read_before_finds_what_each_case_knows()
    {
        var question = new ReadQuestion("het kenmerk zx-44 van mevrouw Jansen");

        Assert.Equal(["Jansen"], Marked([]));
        Assert.Equal(["zx-44", "Jansen"], Marked([new(MarkKind.Known, "ZX-44")]));
        Assert.Equal(["Jansen"], Marked([]));

        IEnumerable<string> Marked(KnownValue[] known) => question.Inspect(known).Marks.Select(m => question.Text.Substring(m.Start, m.Length));
    }

    [Theory]
    [InlineData("Mijn man Gerrit heeft schulden", "Mijn man [naam] heeft schulden")]
    [InlineData("mijn man gerrit heeft schulden", "mijn man [naam] heeft schulden")]
    [InlineData("MIJN MAN GERRIT HEEFT SCHULDEN", "MIJN MAN [naam] HEEFT SCHULDEN")]
    [InlineData("Mijn man Gerrit den Braber heeft schulden", "Mijn man [naam] heeft schulden")]
    [InlineData("Mevrouw Van Zon wil bijstand", "Mevrouw [naam] wil bijstand")]
    [InlineData("mevrouw van Zon-Dijkstra belt", "mevrouw [naam] belt")]
    [InlineData("mw. Jansen belt", "mw. [naam] belt")]
    [InlineData("mw jansen belt", "mw [naam] belt")]
    [InlineData("dhr. de Vries is boos", "dhr. [naam] is boos")]
    [InlineData("meneer de vries is boos", "meneer [naam] is boos")]
    [InlineData("Meneer Haarlem woont hier", "Meneer [naam] woont hier")]
    [InlineData("de heer Olympos", "de heer [naam]")]
    [InlineData("Mijn zoon Nasier is achttien geworden", "Mijn zoon [naam] is achttien geworden")]
    [InlineData("Haar dochter heet Jael de Jager", "Haar dochter heet [naam]")]
    [InlineData("Mijn naam is Thjazi von Thursen", "Mijn naam is [naam]")]
    [InlineData("Ik ben Rodney Plieger en zoek hulp", "Ik ben [naam] en zoek hulp")]
    [InlineData("Mijn kinderen Tim, Roos en Bilal", "Mijn kinderen [naam], [naam] en [naam]")]
    [InlineData("Gisteren belde Rodney Plieger over zijn huur", "Gisteren belde [naam] over zijn huur")]
    [InlineData("Rodney Plieger belde over zijn huur", "[naam] belde over zijn huur")]
    [InlineData("Bij Wilma van der Meijden is beslag gelegd", "Bij [naam] is beslag gelegd")]
    [InlineData("Aanvraag van J. de Vries", "Aanvraag van [naam]")]
    [InlineData("Aanvraag van A.B. van der Meijden-Smit", "Aanvraag van [naam]")]
    [InlineData("Het gaat om Fatima El Amrani", "Het gaat om [naam]")]
    [InlineData("Het gaat om Yıldız Öztürk", "Het gaat om [naam]")]
    [InlineData("Gerrits uitkering is gestopt", "[naam] uitkering is gestopt")]
    [InlineData("Frans in 't Veld heeft een vraag", "[naam] heeft een vraag")]
    [InlineData("Peter-Jan van der Meijden komt morgen", "[naam] komt morgen")]
    [InlineData("Is Jansen al gebeld?", "Is [naam] al gebeld?")]
    [InlineData("De buurvrouw van Van Dijk klaagt", "De buurvrouw van [naam] klaagt")]
    [InlineData("My husband Gerrit has debts", "My husband [naam] has debts")]
    [InlineData("Mrs Moulin needs help", "Mrs [naam] needs help")]
    [InlineData("De weduwe van d'Angelo-Huis in 't Veld", "De weduwe van [naam]")]
    [InlineData("Mevrouw Pool vraagt zorg aan", "Mevrouw [naam] vraagt zorg aan")]
    [InlineData("De uitkering van Paolo de Jager is gestopt", "De uitkering van [naam] is gestopt")]
    [InlineData("Mijn man Gerrit van Haarlem is ziek", "Mijn man [naam] is ziek")]
    [InlineData("De zoon van Fatima is ziek", "De zoon van [naam] is ziek")]
    [InlineData("Mijn zoon Tim van Utrecht naar Ede verhuisd", "Mijn zoon [naam] van Utrecht naar Ede verhuisd")]
    [InlineData("Elke de Boer vraagt zorg aan", "[naam] vraagt zorg aan")]
    [InlineData("Mijn man (Gerrit) is ziek", "Mijn man ([naam]) is ziek")]
    public void A_name_becomes_a_neutral_word(string text, string masked) => Assert.Equal(masked, Masked(text));

    [Theory]
    [InlineData("Zij is geboren op 7 april 1970", "Zij is geboren op [geboortedatum]")]
    [InlineData("geb. 07-04-1970", "geb. [geboortedatum]")]
    [InlineData("geboortedatum: 7/4/70", "geboortedatum: [geboortedatum]")]
    [InlineData("7.4.1970", "[geboortedatum]")]
    [InlineData("7 apr 1970", "[geboortedatum]")]
    [InlineData("7 april '70", "[geboortedatum]")]
    [InlineData("1970-04-07", "[geboortedatum]")]
    [InlineData("born on April 7, 1970", "born on [geboortedatum]")]
    [InlineData("born 7th of April 1970", "born [geboortedatum]")]
    [InlineData("DOB 04/17/1970", "DOB [geboortedatum]")]
    [InlineData("geboren op 3 december", "geboren op [geboortedatum]")]
    [InlineData("geboren 12 mei 2019", "geboren [geboortedatum]")]
    [InlineData("geboortedatum 07041970", "geboortedatum [geboortedatum]")]
    [InlineData("dochter Emma (12-05-2019)", "dochter [naam] ([geboortedatum])")]
    [InlineData("Hij woont Schakelstraat 12 in Amsterdam", "Hij woont [adres] in Amsterdam")]
    [InlineData("Hij woont aan de schakelstraat 12-2", "Hij woont aan de [adres]")]
    [InlineData("Burgemeester Röellstraat 10a, 1064 BH", "[adres]")]
    [InlineData("Anna van Saksenlaan 5", "[adres]")]
    [InlineData("zij woont 't Haantje 86", "zij woont [adres]")]
    [InlineData("geb. 7.4.70", "geb. [geboortedatum]")]
    [InlineData("postcode 3511AB", "postcode [adres]")]
    [InlineData("postcode 3511 ab Utrecht", "postcode [adres] Utrecht")]
    [InlineData("Adres: Zonegge 12", "Adres: [adres]")]
    [InlineData("zij woont op de Boterdiep 31", "zij woont op de [adres]")]
    [InlineData("verhuisd naar Cronus 55", "verhuisd naar [adres]")]
    [InlineData("bel 06-12345678", "bel [telefoonnummer]")]
    [InlineData("bel 06 12 34 56 78", "bel [telefoonnummer]")]
    [InlineData("bel +31 6 1234 5678", "bel [telefoonnummer]")]
    [InlineData("bel 0031612345678", "bel [telefoonnummer]")]
    [InlineData("bel (030) 286 10 00", "bel [telefoonnummer]")]
    [InlineData("bel +32 470 12 34 56", "bel [telefoonnummer]")]
    [InlineData("mail g.braber@example.nl", "mail [e-mailadres]")]
    [InlineData("rekening NL91 ABNA 0417 1643 00", "rekening [rekeningnummer]")]
    [InlineData("rekening nl91abna0417164300", "rekening [rekeningnummer]")]
    [InlineData("rekening BE68 5390 0754 7034", "rekening [rekeningnummer]")]
    [InlineData("dossier 20261234567", "dossier [nummer]")]
    [InlineData("bsn 999 993 113", "bsn [nummer]")]
    public void Dates_of_birth_addresses_and_numbers_become_neutral_words(string text, string masked) => Assert.Equal(masked, Masked(text));

    [Fact]
    public void What_the_case_knows_is_masked_in_other_spellings_too()
    {
        KnownValue[] known =
        [
            new(MarkKind.Name, "Mihailović Bilgiç"),
            new(MarkKind.Name, "Wilma van Zon"),
            new(MarkKind.BirthDate, "2014-12-03"),
            new(MarkKind.Phone, "+31 6 12345678"),
            new(MarkKind.Known, "Woningstichting De Linde"),
            new(MarkKind.Number, "D-2026-88"),
        ];

        Assert.Equal("[naam] belt", Masked("mihailovic bilgic belt", known));
        Assert.Equal("Hier is [naam]", Masked("Hier is Bilgiç", known));
        Assert.Equal("de zon schijnt op [naam]", Masked("de zon schijnt op Zon", known));
        Assert.Equal("[naam] belt", Masked("WILMA  VAN ZON belt", known));
        Assert.Equal("sinds [geboortedatum]", Masked("sinds 3 december 2014", known));
        Assert.Equal("sinds [geboortedatum]", Masked("sinds 3-12-2014", known));
        Assert.Equal("via [telefoonnummer]", Masked("via 06 123 456 78", known));
        Assert.Equal("huurt van [bekend gegeven]", Masked("huurt van woningstichting de linde", known));
        Assert.Equal("zaak [nummer]", Masked("zaak d-2026-88", known));
    }

    [Fact]
    public void A_date_of_today_s_business_stays_unless_it_is_known()
    {
        Assert.Equal("De zitting is op 3 december 2026", Masked("De zitting is op 3 december 2026"));
        Assert.Equal("De zitting is op [geboortedatum]", Masked("De zitting is op 3 december 2026", new KnownValue(MarkKind.BirthDate, "2026-12-03")));
    }

    [Fact]
    public void Marks_are_in_order_do_not_overlap_and_tell_their_kind()
    {
        const string text = "Mevrouw Jansen, geb. 7-4-1970, Schakelstraat 12, 06-12345678, bsn 999993112";

        var marks = LineQuestion.Inspect(text).Marks;

        Assert.Equal([MarkKind.Name, MarkKind.BirthDate, MarkKind.Address, MarkKind.Phone, MarkKind.Bsn], marks.Select(m => m.Kind));
        Assert.Equal(["Jansen", "7-4-1970", "Schakelstraat 12", "06-12345678", "999993112"], marks.Select(m => text.Substring(m.Start, m.Length)));
    }

    [Fact]
    public void Only_the_marks_that_are_left_are_masked()
    {
        const string text = "Mevrouw Jansen belt 06-12345678";
        var marks = LineQuestion.Inspect(text).Marks;

        Assert.Equal("Mevrouw Jansen belt [telefoonnummer]", LineQuestion.Mask(text, marks.Where(m => m.Kind != MarkKind.Name)));
    }

    [Fact]
    public void Nothing_typed_gives_nothing()
    {
        Assert.Empty(LineQuestion.Inspect(null).Marks);
        Assert.Empty(LineQuestion.Inspect("  \n ", [new(MarkKind.Name, " ")]).Marks);
    }

    [Fact]
    public void A_bsn_anywhere_in_any_text_blocks_ringing_and_is_gone_after_masking()
    {
        var bsns = from digits in Gen.ArrayOf(Gen.Choose(0, 9), 8)
                   from number in Gen.Elements(Enumerable.Range(0, 10).ToArray()).Select(last => string.Concat(digits) + last)
                   where Bsn.TryParse(number, out _)
                   select number;
        var words = Gen.Elements("Mijn man", "12", "Schakelstraat 4", "06-12345678", "Gerrit", "€", "geb. 7-4-1970", "3511 AB", ".", "(", "bsn", "\n", "NL91ABNA0417164300", "euro", "van", "Wmo");
        var tries = from before in Gen.ArrayOf(words, 3) from bsn in bsns from after in Gen.ArrayOf(words, 3) select (before, bsn, after);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(tries.ToArbitrary(), x =>
        {
            var text = string.Join(' ', [.. x.before, x.bsn, .. x.after]);
            var check = LineQuestion.Inspect(text);
            var masked = LineQuestion.Mask(text, check.Marks);
            Assert.True(check.BlocksRinging, text);
            Assert.DoesNotContain(x.bsn, masked, StringComparison.Ordinal);
            Assert.False(LineQuestion.Inspect(masked).BlocksRinging, $"{text} -> {masked}");
        }));
    }

    [Fact]
    public void Any_text_gives_marks_in_order_within_the_text_and_masks_to_rest()
    {
        var pieces = Gen.Elements(
            "a", "É", "van", "der ", "Jansen", " ", ".", "'", "-", "0", "12", "999993112", "\uD83D", "\uDE00", "e\u0301", "’t", "@", "x.nl", "€", "3 mei 1970", "\u200B", "mw", "[", "]", "J.", "straat 3", "1234 AB", "+31", "\n");
        var texts = Gen.Choose(0, 25).SelectMany(n => Gen.ArrayOf(pieces, n)).Select(string.Concat);
        KnownValue[] known = [new(MarkKind.Name, "Eva van der Jansen"), new(MarkKind.Known, "12 a"), new(MarkKind.Phone, "0612345678")];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var marks = LineQuestion.Inspect(text, known).Marks;
            var end = 0;
            foreach (var mark in marks)
            {
                if (mark.Start < end || mark.Length < 1 || mark.End > text.Length)
                {
                    return false;
                }

                end = mark.End;
            }

            return LineQuestion.Mask(text, []) == text && !LineQuestion.Inspect(LineQuestion.Mask(text, marks)).BlocksRinging;
        }));
    }

    [Theory]
    [InlineData("9 ")]
    [InlineData("Van der ")]
    [InlineData("a.")]
    [InlineData("A.")]
    [InlineData("1-")]
    [InlineData("Laan van ")]
    [InlineData("geboren 3 december ")]
    [InlineData("mijn man ")]
    public void Long_repetitive_text_is_inspected_quickly(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 4000 / piece.Length));
        _ = LineQuestion.Inspect(piece);
        var watch = Stopwatch.StartNew();

        _ = LineQuestion.Inspect(text, [new(MarkKind.Name, "Wilma van Zon"), new(MarkKind.Phone, "0612345678")]);

        Assert.True(watch.ElapsedMilliseconds < 1000, $"took {watch.ElapsedMilliseconds} ms");
    }

    private static string Masked(string text, params KnownValue[] known) =>
        LineQuestion.Mask(text, LineQuestion.Inspect(text, known).Marks);
}
