using System.Text.RegularExpressions;

namespace Loket.Web.Features.Directory;

/// <summary>
/// Reads and checks <c>db/reference</c>. Every bad row is named; one bad row refuses the whole set
/// (<see cref="ReferenceErrors"/>), so that nothing is imported by half.
/// </summary>
public static partial class ReferenceFiles
{
    public const string OrganisationsFile = "organisations.csv";
    public const string TopicsFile = "topics.csv";
    public const string LinesFile = "lines.csv";
    public const string ServiceAreasFile = "service_areas.csv";
    public const string FormerMunicipalitiesFile = "former-municipalities.csv";
    public const string ProductsFile = "products.csv";
    public const string ProductCarriersFile = "product-carriers.csv";

    /// <summary>The topic of the line that takes any question.</summary>
    public const string GeneralTopic = "general";

    /// <summary>Organisations, topics, lines, service areas and products of <paramref name="folder"/>.</summary>
    /// <exception cref="ReferenceErrors">A row is wrong.</exception>
    public static ReferenceSet Read(string folder)
    {
        var errors = new List<ReferenceError>();
        var organisations = ReadOrganisations(folder, errors);
        var topics = ReadTopics(folder, errors);
        var lines = ReadLines(folder, errors, organisations, topics);
        var areas = ReadServiceAreas(folder, errors, organisations, lines);
        var former = ReadFormerMunicipalities(folder, errors, organisations);
        var products = ReadProducts(folder, errors, organisations, topics);
        return errors.Count == 0 ? new(organisations, topics, lines, areas, former, products) : throw new ReferenceErrors(errors);
    }

    /// <summary>Organisations out of the text of a file such as <see cref="OrganisationsFile"/>, and every row that is wrong.</summary>
    public static (IReadOnlyList<OrganisationRow> Rows, IReadOnlyList<ReferenceError> Errors) ReadOrganisations(string text)
    {
        var errors = new List<ReferenceError>();
        using var reader = new StringReader(text.TrimStart('\uFEFF'));
        return (Organisations(ReferenceFilesTable.Read(reader, OrganisationsFile, OrganisationColumns, errors)), errors);
    }

    private static readonly string[] OrganisationColumns =
        ["code", "name", "short_name", "kind", "oin", "kvk", "rsin", "province", "phone", "website", "municipality_code"];

    private static List<OrganisationRow> ReadOrganisations(string folder, List<ReferenceError> errors) =>
        Organisations(ReferenceFilesTable.Read(folder, OrganisationsFile, OrganisationColumns, errors));

    private static List<OrganisationRow> Organisations(IReadOnlyList<ReferenceFilesRow> table)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var oins = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<OrganisationRow>();
        foreach (var row in table)
        {
            var organisation = new OrganisationRow(
                row.Required("code", 20),
                row.Required("name", 200),
                row.Required("short_name", 100),
                row.OneOf("kind", "municipality", "province", "water_board", "national", "regional"),
                Oin(row),
                row.Shape("kvk", 8, EightDigits(), "is geen KVK-nummer van 8 cijfers"),
                row.Rsin("rsin"),
                row.Text("province", 40),
                row.Phone("phone"),
                row.Shape("website", 200, WebAddress(), "is geen webadres"),
                row.Text("municipality_code", 20));
            row.Unique("code", organisation.Code, codes);
            row.Unique("oin", organisation.Oin, oins);
            if (organisation.Code.Length > 0 && !CodeShape().IsMatch(organisation.Code))
            {
                row.Error($"code '{organisation.Code}' mag alleen kleine letters en cijfers bevatten");
            }

            CheckMunicipality(row, organisation);
            if (organisation is { Phone: null, Website: null })
            {
                row.Error("telefoonnummer en website ontbreken allebei");
            }

            rows.Add(organisation);
        }

        return rows;
    }

    private static string? Oin(ReferenceFilesRow row)
    {
        var oin = row.Text("oin", 200);
        if (oin is not null && oin.Length != 20)
        {
            row.Error($"OIN '{oin}' heeft {oin.Length} tekens, het moeten er 20 zijn");
        }
        else if (oin?.All(char.IsAsciiLetterOrDigit) == false)
        {
            row.Error($"OIN '{oin}' mag alleen letters en cijfers bevatten");
        }

        return oin;
    }

    private static void CheckMunicipality(ReferenceFilesRow row, OrganisationRow organisation)
    {
        var expected = organisation.Kind == "municipality" ? organisation.Code : null;
        if (organisation.MunicipalityCode != expected)
        {
            row.Error(expected is null
                ? "municipality_code hoort alleen bij een gemeente"
                : $"municipality_code moet '{expected}' zijn");
        }

        if (expected is not null && !MunicipalityCode().IsMatch(expected))
        {
            row.Error($"code '{expected}' is geen gemeentecode (gm en 4 cijfers)");
        }
    }

    private static List<TopicRow> ReadTopics(string folder, List<ReferenceError> errors)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<TopicRow>();
        foreach (var row in ReferenceFilesTable.Read(
            folder, TopicsFile, ["code", "name_nl", "name_en", "layer", "synonyms"], errors))
        {
            var topic = new TopicRow(
                row.Required("code", 40),
                row.Required("name_nl", 100),
                row.Required("name_en", 100),
                row.OneOf("layer", "municipal", "national"),
                row.List("synonyms", 2000),
                rows.Count + 1);
            row.Unique("code", topic.Code, codes);
            rows.Add(topic);
        }

        return rows;
    }

    private static List<ServiceAreaRow> ReadServiceAreas(
        string folder, List<ReferenceError> errors, List<OrganisationRow> organisations, List<LineRow> lines)
    {
        var municipalities = organisations.Where(o => o.Kind == "municipality").Select(o => o.Code).ToHashSet(StringComparer.Ordinal);
        var byCode = ByCode(lines, l => l.Code);
        var pairs = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<ServiceAreaRow>();
        foreach (var row in ReferenceFilesTable.Read(folder, ServiceAreasFile, ["line", "municipality", "certainty"], errors))
        {
            var area = new ServiceAreaRow(
                row.Required("line", 60), row.Required("municipality", 20), row.OneOf("certainty", "certain", "likely"));
            row.Unique("lijn en gemeente", $"{area.Line} {area.Municipality}", pairs);
            if (!municipalities.Contains(area.Municipality))
            {
                row.Error($"onbekende gemeente '{area.Municipality}'");
            }

            if (!byCode.TryGetValue(area.Line, out var line))
            {
                row.Error($"onbekende lijn '{area.Line}'");
            }
            else if (line.Kind is not ("municipal" or "regional"))
            {
                row.Error($"lijn '{area.Line}' is geen lijn van een gemeente of regio");
            }
            else if (line.Organisation == area.Municipality)
            {
                row.Error($"lijn '{area.Line}' werkt al voor de eigen gemeente");
            }

            rows.Add(area);
        }

        return rows;
    }

    /// <summary>The first row per code; a second one has been named as an error already.</summary>
    private static Dictionary<string, T> ByCode<T>(IEnumerable<T> rows, Func<T, string> code) =>
        rows.DistinctBy(code, StringComparer.Ordinal).ToDictionary(code, StringComparer.Ordinal);

    [GeneratedRegex("^[0-9]{8}$")]
    private static partial Regex EightDigits();

    [GeneratedRegex("^[a-z0-9]+$")]
    private static partial Regex CodeShape();

    [GeneratedRegex("^gm[0-9]{4}$")]
    private static partial Regex MunicipalityCode();

    [GeneratedRegex(@"^https?://[^\s/]+\.[^\s]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WebAddress();
}
