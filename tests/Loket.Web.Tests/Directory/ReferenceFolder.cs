namespace Loket.Web.Tests.Directory;

/// <summary>A folder with a small, correct set of reference files, which a test then breaks in one place.</summary>
internal sealed class ReferenceFolder : IDisposable
{
    private static readonly (string File, string Text)[] Correct =
    [
        ("organisations.csv", """
            code,name,short_name,kind,oin,kvk,rsin,province,phone,website,municipality_code
            gm0344,Gemeente Utrecht,Utrecht,municipality,00000001002220647000,30280353,002220647,Utrecht,14 030,https://www.utrecht.nl,gm0344
            gm0356,Gemeente Nieuwegein,Nieuwegein,municipality,00000001002313546000,30277029,002313546,Utrecht,14 030,,gm0356
            so0719,"Werk en Inkomen Lekstroom, WIL",WIL,regional,,,,,030 702 23 00,https://www.wil-lekstroom.nl,
            zb000143,Sociale Verzekeringsbank,SVB,national,,,002179908,,088 949 40 00,https://www.svb.nl,
            """),
        ("topics.csv", """
            code,name_nl,name_en,layer,synonyms
            general,Algemeen,General,municipal,balie|front desk
            debts,Schulden,Debts,municipal,huurachterstand|arrears
            pension_survivors,AOW en Anw,Pension and survivors,national,
            """),
        ("lines.csv", """
            code,organisation,topic,kind,name_nl,name_en,phone
            gm0344-general,gm0344,general,general,Algemeen,General,14 030
            gm0344-debts,gm0344,debts,municipal,Schulden,Debts,
            gm0356-general,gm0356,general,general,Algemeen,General,14 030
            so0719-debts,so0719,debts,regional,Schulden,Debts,030 702 23 00
            zb000143-pension-survivors,zb000143,pension_survivors,national,AOW en Anw,Pension,
            """),
        ("service_areas.csv", """
            line,municipality,certainty
            so0719-debts,gm0356,certain
            """),
        ("former-municipalities.csv", """
            code,name,short_name,valid_until,successor
            gm0614,Gemeente Westvoorne,Westvoorne,2022-12-31,gm0344
            """),
        ("products.csv", """
            code,name,uri,national,provincial,water_board,municipal,citizen,business,sdg,legal_basis
            aow-uitkering,aow-uitkering,http://standaarden.overheid.nl/owms/terms/aow,1,0,0,0,1,0,D1,Artikel 14 Algemene Ouderdomswet
            schuldhulpverlening,schuldhulpverlening,http://standaarden.overheid.nl/owms/terms/shv,0,0,0,1,1,0,,
            visvergunning,visvergunning,http://standaarden.overheid.nl/owms/terms/vis,1,0,0,0,1,0,,
            """),
        ("product-carriers.csv", """
            product,carrier,body,topic
            aow-uitkering,body,zb000143,pension_survivors
            schuldhulpverlening,municipality,,debts
            visvergunning,,,
            """),
        ("demo/teams.csv", """
            code,organisation,name,supervisors
            gm0344-front,gm0344,Balie,1002
            so0719-debts,so0719,Schulden,1004
            """),
        ("demo/professionals.csv", """
            id,organisation,name,roles,team,lines,languages,demo_colleague,duty_supervisor
            1001,gm0344,Fatima Bouzidi,front_office|specialist,gm0344-front,gm0344-debts|gm0344-general:2,nl|ar,0,0
            1002,gm0344,Willem de Haan,supervisor,gm0344-front,,nl,0,1
            1003,so0719,Karin Post,specialist,so0719-debts,so0719-debts,nl,1,0
            1004,so0719,Ad Bos,supervisor,so0719-debts,,nl,0,1
            """),
        ("demo/persons.csv", """
            bsn,name,birth_date,street,number,postcode,city,municipality,secrecy,died
            999993112,Wilma van Zon,1970-04-07,Schakelstraat,14,1014AW,Amsterdam,gm0344,0,
            999990019,Mehmet Test,1978-03,,,,,,7,2008
            """),
    ];

    public ReferenceFolder()
    {
        System.IO.Directory.CreateDirectory(System.IO.Path.Combine(Path, "demo"));
        foreach (var (file, text) in Correct)
        {
            File.WriteAllText(In(file), text + "\n");
        }
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"loket-reference-{Guid.NewGuid():N}");

    /// <summary>The folder <c>db/reference</c> of the repository.</summary>
    public static string Real
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Loket.sln")))
            {
                folder = folder.Parent;
            }

            return System.IO.Path.Combine(
                folder?.FullName ?? throw new InvalidOperationException("Loket.sln is in no folder above the tests"), "db", "reference");
        }
    }

    public string In(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Changes one text that stands in the file exactly once.</summary>
    public ReferenceFolder Change(string file, string from, string to)
    {
        var text = File.ReadAllText(In(file));
        Assert.Equal(2, text.Split(from).Length);
        File.WriteAllText(In(file), text.Replace(from, to, StringComparison.Ordinal));
        return this;
    }

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}
