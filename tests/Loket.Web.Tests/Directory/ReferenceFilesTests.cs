using Loket.Web.Features.Directory;

namespace Loket.Web.Tests.Directory;

public sealed class ReferenceFilesTests : IDisposable
{
    private readonly ReferenceFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_correct_set_is_read_whole()
    {
        var set = ReferenceFiles.Read(folder.Path);

        Assert.Equal(["gm0344", "gm0356", "so0719", "zb000143"], set.Organisations.Select(o => o.Code));
        Assert.Equal("Werk en Inkomen Lekstroom, WIL", set.Organisations[2].Name);
        Assert.Null(set.Organisations[1].Website);
        Assert.Equal(["huurachterstand", "arrears"], set.Topics[1].Synonyms);
        Assert.Equal(3, set.Topics[2].Position);
        Assert.Equal(new LineRow("so0719-debts", "so0719", "debts", "regional", "Schulden", "Debts", "030 702 23 00"), set.Lines[3]);
        Assert.Equal([new ServiceAreaRow("so0719-debts", "gm0356", "certain")], set.ServiceAreas);
    }

    [Theory]
    [InlineData("organisations.csv", "gm0356,Gemeente Nieuwegein", "gm0344,Gemeente Nieuwegein", 3, "code 'gm0344' staat dubbel, ook op regel 2")]
    [InlineData("organisations.csv", "gm0356,Gemeente Nieuwegein", "gm356,Gemeente Nieuwegein", 3, "code 'gm356' is geen gemeentecode (gm en 4 cijfers)")]
    [InlineData("organisations.csv", "so0719,", "SO 0719,", 4, "code 'SO 0719' mag alleen kleine letters en cijfers bevatten")]
    [InlineData("organisations.csv", "00000001002220647000", "0000000100222064700", 2, "OIN '0000000100222064700' heeft 19 tekens, het moeten er 20 zijn")]
    [InlineData("organisations.csv", "00000001002220647000", "000000010022206470001", 2, "OIN '000000010022206470001' heeft 21 tekens, het moeten er 20 zijn")]
    [InlineData("organisations.csv", "00000001002220647000", "0000000100222064700-", 2, "OIN '0000000100222064700-' mag alleen letters en cijfers bevatten")]
    [InlineData("organisations.csv", "00000001002313546000", "00000001002220647000", 3, "oin '00000001002220647000' staat dubbel, ook op regel 2")]
    [InlineData("organisations.csv", "002179908", "002179907", 5, "RSIN voldoet niet aan de elfproef")]
    [InlineData("organisations.csv", "002179908", "0021.79.908", 5, "RSIN voldoet niet aan de elfproef")]
    [InlineData("organisations.csv", "002179908", "000000000", 5, "RSIN voldoet niet aan de elfproef")]
    [InlineData("organisations.csv", "30277029", "3027702", 3, "kvk '3027702' is geen KVK-nummer van 8 cijfers")]
    [InlineData("organisations.csv", "SVB,national", "SVB,company", 5, "kind 'company' is onbekend, het moet een van deze zijn: municipality, province, water_board, national, regional")]
    [InlineData("organisations.csv", "Gemeente Utrecht,", ",", 2, "name ontbreekt")]
    [InlineData("organisations.csv", "088 949 40 00,https://www.svb.nl", ",", 5, "telefoonnummer en website ontbreken allebei")]
    [InlineData("organisations.csv", "088 949 40 00", "bel ons", 5, "phone 'bel ons' is geen telefoonnummer: alleen cijfers, spaties en een plus vooraan")]
    [InlineData("organisations.csv", "https://www.svb.nl", "svb.nl", 5, "website 'svb.nl' is geen webadres")]
    [InlineData("organisations.csv", ",,gm0356", ",,gm0344", 3, "municipality_code moet 'gm0356' zijn")]
    [InlineData("organisations.csv", "https://www.svb.nl,", "https://www.svb.nl,gm0344", 5, "municipality_code hoort alleen bij een gemeente")]
    [InlineData("organisations.csv", "Sociale Verzekeringsbank,SVB", "Sociale Verzekeringsbank", 5, "de regel heeft 10 velden, het moeten er 11 zijn")]
    [InlineData("organisations.csv", "Sociale Verzekeringsbank", "Sociale \"Verzekeringsbank", 5, "een aanhalingsteken staat op de verkeerde plaats")]
    [InlineData("topics.csv", "debts,Schulden", "general,Schulden", 3, "code 'general' staat dubbel, ook op regel 2")]
    [InlineData("topics.csv", "Debts,municipal", "Debts,local", 3, "layer 'local' is onbekend, het moet een van deze zijn: municipal, national")]
    [InlineData("topics.csv", "huurachterstand|", "huurachterstand||", 3, "synonyms bevat een leeg deel")]
    [InlineData("topics.csv", "huurachterstand|", "arrears|", 3, "synonyms noemt 'arrears' meer dan eens")]
    [InlineData("lines.csv", "gm0344-debts,gm0344", "gm0344-debts,gm9999", 3, "onbekende organisatie 'gm9999'")]
    [InlineData("lines.csv", "gm0344,debts", "gm0344,schuld", 3, "onbekend onderwerp 'schuld'")]
    [InlineData("lines.csv", "gm0344-debts,", "gm0356-debts,", 3, "code 'gm0356-debts' moet beginnen met de code van de organisatie en een streepje")]
    [InlineData("lines.csv", "gm0344-debts,", "gm0344-general,", 3, "code 'gm0344-general' staat dubbel, ook op regel 2")]
    [InlineData("lines.csv", "debts,municipal", "debts,national", 3, "een lijn van soort 'national' past niet bij organisatie 'gm0344' en onderwerp 'debts'")]
    [InlineData("lines.csv", "debts,municipal", "debts,general", 3, "een lijn van soort 'general' past niet bij organisatie 'gm0344' en onderwerp 'debts'")]
    [InlineData("products.csv", "schuldhulpverlening,schuldhulpverlening", "aow-uitkering,schuldhulpverlening", 3, "code 'aow-uitkering' staat dubbel, ook op regel 2")]
    [InlineData("products.csv", "vis,1", "vis,X", 4, "national 'X' is onbekend, het moet een van deze zijn: 0, 1")]
    [InlineData("product-carriers.csv", "visvergunning,,,", "vogelvergunning,,,", 4, "onbekend product 'vogelvergunning'")]
    [InlineData("product-carriers.csv", "zb000143", "zb999999", 2, "onbekende organisatie 'zb999999'")]
    [InlineData("product-carriers.csv", "body,zb000143", "body,", 2, "body hoort bij carrier 'body', en alleen daarbij")]
    [InlineData("product-carriers.csv", "municipality,,debts", "municipality,,schuld", 3, "onbekend onderwerp 'schuld'")]
    [InlineData("former-municipalities.csv", "2022-12-31", "2022-13-31", 2, "valid_until '2022-13-31' is geen dag (jjjj-mm-dd)")]
    [InlineData("former-municipalities.csv", "gm0344", "zb000143", 2, "onbekende gemeente 'zb000143'")]
    [InlineData("former-municipalities.csv", "gm0614", "gm0356", 2, "gemeente 'gm0356' staat ook in organisations.csv")]
    [InlineData("service_areas.csv", "so0719-debts,gm0356", "so0719-debts,gm9999", 2, "onbekende gemeente 'gm9999'")]
    [InlineData("service_areas.csv", "so0719-debts", "so0719-permits", 2, "onbekende lijn 'so0719-permits'")]
    [InlineData("service_areas.csv", "so0719-debts,gm0356", "gm0344-debts,gm0344", 2, "lijn 'gm0344-debts' werkt al voor de eigen gemeente")]
    [InlineData("service_areas.csv", "so0719-debts", "zb000143-pension-survivors", 2, "lijn 'zb000143-pension-survivors' is geen lijn van een gemeente of regio")]
    [InlineData("service_areas.csv", "gm0356,certain\n", "gm0356,certain\nso0719-debts,gm0356,likely\n", 3, "lijn en gemeente 'so0719-debts gm0356' staat dubbel, ook op regel 2")]
    [InlineData("service_areas.csv", ",certain\n", ",perhaps\n", 2, "certainty 'perhaps' is onbekend, het moet een van deze zijn: certain, likely")]
    public void A_bad_row_is_named_by_file_line_and_reason(string file, string from, string to, int line, string reason)
    {
        folder.Change(file, from, to);

        var refused = Assert.Throws<ReferenceErrors>(() => ReferenceFiles.Read(folder.Path));

        Assert.Contains(new ReferenceError(file, line, reason), refused.Errors);
        Assert.Contains($"{file}, regel {line}: {reason}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused_and_one_that_just_fits_is_not()
    {
        folder.Change("organisations.csv", "Gemeente Nieuwegein", new string('é', 200));
        Assert.Equal(200, ReferenceFiles.Read(folder.Path).Organisations[1].Name.Length);

        folder.Change("organisations.csv", new string('é', 200), new string('é', 201));
        var refused = Assert.Throws<ReferenceErrors>(() => ReferenceFiles.Read(folder.Path));

        Assert.Equal([new ReferenceError("organisations.csv", 3, "name is te lang: 201 tekens, hoogstens 200")], refused.Errors);
    }

    [Fact]
    public void Every_bad_row_is_named_in_one_go()
    {
        folder.Change("organisations.csv", "002179908", "002179907")
            .Change("topics.csv", "Schulden", "")
            .Change("lines.csv", "gm0344,debts", "gm0344,schuld");

        var refused = Assert.Throws<ReferenceErrors>(() => ReferenceFiles.Read(folder.Path));

        Assert.Equal(["organisations.csv 5", "topics.csv 3", "lines.csv 3"], refused.Errors.Select(e => $"{e.File} {e.Line}"));
    }

    [Fact]
    public void A_line_number_counts_the_lines_of_the_file_also_after_a_quoted_line_break()
    {
        folder.Change("organisations.csv", "Gemeente Utrecht", "\"Gemeente\nUtrecht\"").Change("organisations.csv", "002179908", "002179907");

        var refused = Assert.Throws<ReferenceErrors>(() => ReferenceFiles.Read(folder.Path));

        Assert.Equal(
            [
                new ReferenceError("organisations.csv", 2, "name bevat een regeleinde of ander stuurteken"),
                new ReferenceError("organisations.csv", 6, "RSIN voldoet niet aan de elfproef"),
            ],
            refused.Errors);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_header_and_does_not_excuse_bad_bytes()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(folder.In("topics.csv"))];
        File.WriteAllBytes(folder.In("topics.csv"), marked);
        Assert.Equal(3, ReferenceFiles.Read(folder.Path).Topics.Count);

        File.WriteAllBytes(folder.In("topics.csv"), [.. marked, 0xE9, 0x0A]);
        var refused = Assert.Throws<ReferenceErrors>(() => ReferenceFiles.Read(folder.Path));

        Assert.Contains(new ReferenceError("topics.csv", 1, "het bestand is geen geldige UTF-8"), refused.Errors);
    }

    [Fact]
    public void A_missing_file_another_header_and_a_file_that_is_no_utf8_are_refused()
    {
        File.Delete(folder.In("service_areas.csv"));
        folder.Change("topics.csv", "name_en,layer", "layer,name_en");
        File.WriteAllBytes(folder.In("lines.csv"), [.. File.ReadAllBytes(folder.In("lines.csv")), 0xE9, 0x0A]);

        var refused = Assert.Throws<ReferenceErrors>(() => ReferenceFiles.Read(folder.Path));

        Assert.Contains(new ReferenceError("service_areas.csv", 1, "het bestand ontbreekt"), refused.Errors);
        Assert.Contains(new ReferenceError("topics.csv", 1, "de kopregel klopt niet, verwacht: code,name_nl,name_en,layer,synonyms"), refused.Errors);
        Assert.Contains(new ReferenceError("lines.csv", 1, "het bestand is geen geldige UTF-8"), refused.Errors);
    }
}
