using Loket.Domain.Lines;
using Loket.Web.Data;

namespace Loket.Web.Features.Directory;

/// <summary>What an import changed, per kind of row.</summary>
public sealed record ImportReport(int Added, int Changed, int Unchanged)
{
    public override string ToString() => $"{Added} added, {Changed} changed, {Unchanged} unchanged";
}

/// <summary>
/// Brings the directory in the database to what <c>db/reference</c> says, in one transaction: a bad file changes nothing,
/// the same files twice change nothing. Rows that are no longer in the files stay, because old cases name them.
/// </summary>
public sealed class ImportReference(Db db)
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "db", "reference");

    public async Task<ImportReport> RunAsync(ReferenceSet set, DemoSet? demo)
    {
        var outcome = await db.WriteAsync<ImportReport>(unit =>
        {
            var count = new Counter();
            Organisations(unit, set, count);
            Lines(unit, set, count);
            Products(unit, set, count);
            if (demo is not null)
            {
                People(unit, demo, count);
            }

            return new ImportReport(count.Added, count.Changed, count.Unchanged);
        });
        return outcome.Value;
    }

    private static void Organisations(Unit unit, ReferenceSet set, Counter count)
    {
        // Once a newer file was taken in here, the one that came with the program only adds what is missing.
        var taken = unit.Find<string>("SELECT value FROM setting WHERE name = @name", new { name = TakeOrganisations.Setting }) is not null;
        Upsert(unit, count, "organisation", ["code"], set.Organisations.Select(Columns), insertOnly: taken);
        Upsert(unit, count, "organisation", ["code"], set.FormerMunicipalities.Select(f => new Dictionary<string, object?>
        {
            ["code"] = f.Code, ["name"] = f.Name, ["short_name"] = f.ShortName, ["display_name"] = $"Gemeente {f.ShortName}", ["sort_name"] = Sortable(f.ShortName),
            ["kind"] = "municipality", ["valid_until"] = f.ValidUntil, ["successor_code"] = f.Successor,
        }));
        Upsert(unit, count, "topic", ["code"], set.Topics.Select(t => new Dictionary<string, object?>
        {
            ["code"] = t.Code, ["name_nl"] = t.NameNl, ["name_en"] = t.NameEn, ["layer"] = t.Layer, ["position"] = t.Position,
        }));
    }

    /// <summary>
    /// A row of the file as it is stored. Not until when it is valid: a body that a merger ended stays ended, whatever files say.
    /// </summary>
    internal static Dictionary<string, object?> Columns(OrganisationRow o) => new()
    {
        ["code"] = o.Code, ["name"] = o.Name, ["short_name"] = o.ShortName, ["display_name"] = o.Kind == "municipality" ? $"Gemeente {o.ShortName}" : o.ShortName,
        ["sort_name"] = Sortable(o.ShortName), ["kind"] = o.Kind,
        ["oin"] = o.Oin, ["kvk"] = o.Kvk, ["rsin"] = o.Rsin, ["phone"] = o.Phone, ["website"] = o.Website,
    };

    // A line that its manager has changed is theirs from then on.
    private static HashSet<string> Managed(Unit unit) => [.. unit.Query<string>("SELECT code FROM line WHERE version > 1")];

    private static void Lines(Unit unit, ReferenceSet set, Counter count)
    {
        var managed = Managed(unit);
        Upsert(unit, count, "line", ["code"], set.Lines.Where(l => !managed.Contains(l.Code)).Select(l => new Dictionary<string, object?>
        {
            ["code"] = l.Code, ["organisation_code"] = l.Organisation, ["topic_code"] = l.Topic, ["kind"] = l.Kind,
            ["name_nl"] = l.NameNl, ["name_en"] = l.NameEn, ["phone"] = l.Phone,
        }));
        Upsert(unit, count, "line_area", ["line_code", "municipality_code"], set.ServiceAreas.Where(a => !managed.Contains(a.Line)).Select(a => new Dictionary<string, object?>
        {
            ["line_code"] = a.Line, ["municipality_code"] = a.Municipality,
        }));
    }

    private static void Products(Unit unit, ReferenceSet set, Counter count) =>
        Upsert(unit, count, "product", ["code"], set.Products.Select(p => new Dictionary<string, object?>
        {
            ["code"] = p.Code, ["name"] = p.Name, ["uri"] = p.Uri, ["nationwide"] = p.National ? 1 : 0, ["provincial"] = p.Provincial ? 1 : 0,
            ["water_board"] = p.WaterBoard ? 1 : 0, ["municipal"] = p.Municipal ? 1 : 0, ["citizen"] = p.Citizen ? 1 : 0, ["business"] = p.Business ? 1 : 0,
            ["sdg"] = Joined(p.Sdg), ["legal_basis"] = Joined(p.LegalBasis), ["carrier"] = p.Carrier, ["organisation_code"] = p.Organisation, ["topic_code"] = p.Topic,
        }));

    private static string? Joined(IReadOnlyList<string> parts) => parts.Count == 0 ? null : string.Join('|', parts);

    private static void People(Unit unit, DemoSet demo, Counter count)
    {
        Upsert(unit, count, "team", ["code"], demo.Teams.Select(t => new Dictionary<string, object?>
        {
            ["code"] = t.Code, ["organisation_code"] = t.Organisation, ["name"] = t.Name,
        }));

        // People are made once: who left, moved or changed roles since stays as they are.
        Upsert(unit, count, "professional", ["id"], demo.Professionals.Select(p => new Dictionary<string, object?>
        {
            ["id"] = p.Id, ["organisation_code"] = p.Organisation, ["team_code"] = p.Team, ["name"] = p.Name,
            ["front_office"] = p.Roles.Contains(ProfessionalRow.FrontOffice) ? 1 : 0, ["specialist"] = p.Roles.Contains(ProfessionalRow.Specialist) ? 1 : 0,
            ["supervisor"] = p.Roles.Contains(ProfessionalRow.Supervisor) ? 1 : 0, ["duty_supervisor"] = p.DutySupervisor ? 1 : 0,
            ["line_manager"] = p.Roles.Contains(ProfessionalRow.LineManager) ? 1 : 0,
            ["organisation_administrator"] = p.Roles.Contains(ProfessionalRow.OrganisationAdministrator) ? 1 : 0,
            ["national_administrator"] = p.Roles.Contains(ProfessionalRow.NationalAdministrator) ? 1 : 0,
            ["information_point"] = p.Roles.Contains(ProfessionalRow.InformationPoint) ? 1 : 0,
            ["demo_colleague"] = p.DemoColleague ? 1 : 0,
        }), insertOnly: true);
        Upsert(unit, count, "team_supervisor", ["team_code", "professional_id"], demo.Teams.SelectMany(t => t.Supervisors.Select(s => new Dictionary<string, object?>
        {
            ["team_code"] = t.Code, ["professional_id"] = s,
        })));
        var managed = Managed(unit);
        Upsert(unit, count, "line_member", ["line_code", "professional_id"], demo.Professionals.SelectMany(p => p.Lines.Where(l => !managed.Contains(l.Line)).Select(l => new Dictionary<string, object?>
        {
            ["line_code"] = l.Line, ["professional_id"] = p.Id, ["tier"] = l.Tier,
        })), insertOnly: true);
        // In the demo every line with people works at once, without anybody having opened it.
        foreach (var codes in demo.Professionals.SelectMany(p => p.Lines).Select(l => l.Line).Distinct().Where(l => !managed.Contains(l)).Chunk(1000))
        {
            unit.Execute("UPDATE line SET is_live = 1 WHERE is_live = 0 AND code IN @codes", new { codes });
        }

        if (managed.Count == 0)
        {
            Upsert(unit, count, "professional_skill", ["professional_id", "kind", "code"], demo.Professionals.SelectMany(p => p.Languages.Where(Languages.IsAsked).Select(l => new Dictionary<string, object?>
            {
                ["professional_id"] = p.Id, ["kind"] = "language", ["code"] = l,
            })), insertOnly: true);
        }
    }

    /// <summary>Inserts what is missing and updates what differs; table and columns are ours, never from a file.</summary>
    private static void Upsert(
        Unit unit, Counter count, string table, string[] key, IEnumerable<Dictionary<string, object?>> rows, bool insertOnly = false)
    {
        var stored = Stored(unit, table, key);
        foreach (var row in rows)
        {
            var columns = row.Keys.ToList();
            var id = Key(key.Select(k => row[k]));
            if (!stored.TryGetValue(id, out var old))
            {
                unit.Execute($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "@" + c))})", row);
                count.Added++;
            }
            else if (insertOnly || columns.TrueForAll(c => Same(old[c], row[c])))
            {
                count.Unchanged++;
            }
            else
            {
                var sets = columns.Except(key).Select(c => $"{c} = @{c}");
                unit.Execute($"UPDATE {table} SET {string.Join(", ", sets)} WHERE {string.Join(" AND ", key.Select(k => $"{k} = @{k}"))}", row);
                count.Changed++;
            }
        }
    }

    private static readonly Dictionary<string, string> StoredColumns = new(StringComparer.Ordinal)
    {
        ["organisation"] = "code, name, short_name, display_name, sort_name, kind, oin, kvk, rsin, phone, website, valid_until, successor_code",
        ["product"] = "code, name, uri, nationwide, provincial, water_board, municipal, citizen, business, sdg, legal_basis, carrier, organisation_code, topic_code",
        ["topic"] = "code, name_nl, name_en, layer, position",
        ["line"] = "code, organisation_code, topic_code, kind, name_nl, name_en, phone",
        ["line_area"] = "line_code, municipality_code",
        ["team"] = "code, organisation_code, name",
        ["professional"] = "id",
        ["team_supervisor"] = "team_code, professional_id",
        ["line_member"] = "line_code, professional_id",
        ["professional_skill"] = "professional_id, kind, code",
    };

    private static Dictionary<string, IDictionary<string, object?>> Stored(Unit unit, string table, string[] key) =>
        unit.Query<dynamic>($"SELECT {StoredColumns[table]} FROM {table}").Cast<IDictionary<string, object?>>()
            .ToDictionary(row => Key(key.Select(k => row[k])), StringComparer.Ordinal);

    private static string Key(IEnumerable<object?> parts) => string.Join('|', parts);

    private static bool Same(object? stored, object? wanted) => $"{stored}" == $"{wanted}";

    /// <summary>A name as lists sort it: without accents or leading apostrophe, lower case.</summary>
    private static string Sortable(string name)
    {
        var plain = name.Normalize(System.Text.NormalizationForm.FormD)
            .Where(c => System.Globalization.CharUnicodeInfo.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark);
        return string.Concat(plain).ToLowerInvariant().TrimStart('\'', '‘', '’');
    }

    private sealed class Counter
    {
        public int Added { get; set; }

        public int Changed { get; set; }

        public int Unchanged { get; set; }
    }
}
