using System.Globalization;

namespace Loket.Web.Features.Directory;

/// <summary>The products of the four layers and who carries them, and the municipalities that were.</summary>
public static partial class ReferenceFiles
{
    /// <summary>Who carries a product, when it is no named body.</summary>
    private static readonly string[] Carriers =
    [
        "", "body", "municipality", "province", "water_board", "any_body", "employer", "school", "insurer", "care_provider", "notary", "grid_operator",
    ];

    private static List<ProductRow> ReadProducts(string folder, List<ReferenceError> errors, List<OrganisationRow> organisations, List<TopicRow> topics)
    {
        var carriers = ReadCarriers(folder, errors, organisations, topics);
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<ProductRow>();
        foreach (var row in ReferenceFilesTable.Read(
            folder,
            ProductsFile,
            ["code", "name", "uri", "national", "provincial", "water_board", "municipal", "citizen", "business", "sdg", "legal_basis"],
            errors))
        {
            var code = row.Required("code", 120);
            carriers.Remove(code, out var carried);
            var product = new ProductRow(
                code,
                row.Required("name", 200),
                row.Required("uri", 200),
                row.Flag("national"),
                row.Flag("provincial"),
                row.Flag("water_board"),
                row.Flag("municipal"),
                row.Flag("citizen"),
                row.Flag("business"),
                row.List("sdg", 80),
                row.List("legal_basis", 600),
                carried?.Carrier,
                carried?.Organisation,
                carried?.Topic);
            row.Unique("code", code, codes);
            row.Unique("name", product.Name, names);
            rows.Add(product);
        }

        foreach (var (product, carried) in carriers)
        {
            errors.Add(new(ProductCarriersFile, carried.Row.Line, $"onbekend product '{product}'"));
        }

        return rows;
    }

    private static Dictionary<string, Carried> ReadCarriers(string folder, List<ReferenceError> errors, List<OrganisationRow> organisations, List<TopicRow> topics)
    {
        var bodies = organisations.Select(o => o.Code).ToHashSet(StringComparer.Ordinal);
        var subjects = topics.Select(t => t.Code).ToHashSet(StringComparer.Ordinal);
        var products = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new Dictionary<string, Carried>(StringComparer.Ordinal);
        foreach (var row in ReferenceFilesTable.Read(folder, ProductCarriersFile, ["product", "carrier", "body", "topic"], errors))
        {
            var product = row.Required("product", 120);
            var carrier = row.OneOf("carrier", Carriers);
            var (body, topic) = (row.Text("body", 20), row.Text("topic", 40));
            row.Unique("product", product, products);
            if (carrier == "body" != body is not null)
            {
                row.Error("body hoort bij carrier 'body', en alleen daarbij");
            }
            else if (body is not null && !bodies.Contains(body))
            {
                row.Error($"onbekende organisatie '{body}'");
            }

            if (topic is not null && !subjects.Contains(topic))
            {
                row.Error($"onbekend onderwerp '{topic}'");
            }

            rows.TryAdd(product, new Carried(row, carrier.Length == 0 ? null : carrier, body, topic));
        }

        return rows;
    }

    private static List<FormerMunicipalityRow> ReadFormerMunicipalities(string folder, List<ReferenceError> errors, List<OrganisationRow> organisations)
    {
        var kinds = ByCode(organisations, o => o.Code);
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<FormerMunicipalityRow>();
        foreach (var row in ReferenceFilesTable.Read(folder, FormerMunicipalitiesFile, ["code", "name", "short_name", "valid_until", "successor"], errors))
        {
            var former = new FormerMunicipalityRow(
                row.Shape("code", 20, MunicipalityCode(), "is geen gemeentecode (gm en 4 cijfers)") ?? "",
                row.Required("name", 200),
                row.Required("short_name", 100),
                row.Required("valid_until", 10),
                row.Required("successor", 20));
            row.Unique("code", former.Code, codes);
            if (former.Code.Length == 0)
            {
                row.Error("code ontbreekt");
            }
            else if (kinds.ContainsKey(former.Code))
            {
                row.Error($"gemeente '{former.Code}' staat ook in {OrganisationsFile}");
            }

            if (!DateOnly.TryParseExact(former.ValidUntil, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                row.Error($"valid_until '{former.ValidUntil}' is geen dag (jjjj-mm-dd)");
            }

            if (kinds.GetValueOrDefault(former.Successor)?.Kind != "municipality")
            {
                row.Error($"onbekende gemeente '{former.Successor}'");
            }

            rows.Add(former);
        }

        return rows;
    }

    private sealed record Carried(ReferenceFilesRow Row, string? Carrier, string? Organisation, string? Topic);
}
