using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Directory;

public sealed record OrganisationsTaken(int Added, int Changed);

/// <summary>One thing that a newer file of organisations says: <c>added</c>, <c>changed</c> (one a field), or <c>missing</c> or <c>ended</c>, of which nothing changes.</summary>
public sealed record OrganisationChange(string Kind, string Code, string Name, string? Field = null, string? Was = null, string? Became = null);

/// <summary>What a file would change, and what is wrong with it by row; <paramref name="Seen"/> tells later whether it still would.</summary>
public sealed record OrganisationsDiff(string Text, IReadOnlyList<ReferenceError> Errors, IReadOnlyList<OrganisationChange> Changes, string Seen)
{
    public int Applies => Changes.Count(c => c.Kind is "added" or "changed");
}

/// <summary>
/// Takes in a newer file of organisations: first what it would change, then all of that in one unit, or nothing. A body
/// that is no longer in the file does not end by that: its people and its work need a successor (a merger).
/// </summary>
public sealed class TakeOrganisations(Db db)
{
    public const int LongestText = 2_000_000;

    /// <summary>Set once a file was taken in: by whom and when.</summary>
    internal const string Setting = "organisations-taken";

    private const string Columns = "code, name, short_name, display_name, sort_name, kind, oin, kvk, rsin, phone, website";

    // What follows from the short name is not shown a second time.
    private static readonly HashSet<string> Derived = ["display_name", "sort_name"];

    public Task<OrganisationsDiff> PreviewAsync(string text) => db.ReadAsync(async r =>
        Diff(text, await r.QueryAsync<dynamic>($"SELECT {Columns}, valid_until FROM organisation ORDER BY code")));

    /// <summary><paramref name="seen"/> is that of the preview: what changed since is refused and shown again.</summary>
    public Task<Outcome<OrganisationsTaken>> RunAsync(Actor actor, string text, string? seen, string? key) =>
        db.WriteAsync<OrganisationsTaken>(Command.Of(actor.Id, "organisations-take", key, new { text, seen }), unit =>
        {
            var diff = Diff(text, unit.Query<dynamic>($"SELECT {Columns}, valid_until FROM organisation ORDER BY code"));
            if (diff.Errors.Count > 0)
            {
                return new Refusal("import-errors", diff.Errors.Count.ToString(CultureInfo.InvariantCulture));
            }

            if (diff.Seen != seen)
            {
                return new Refusal("stale");
            }

            var rows = ReferenceFiles.ReadOrganisations(text).Rows.ToDictionary(o => o.Code, ImportReference.Columns, StringComparer.Ordinal);
            var added = diff.Changes.Where(c => c.Kind == "added").Select(c => c.Code).ToList();
            var changed = diff.Changes.Where(c => c.Kind == "changed").Select(c => c.Code).Distinct().ToList();
            added.ForEach(code => unit.Execute(
                """
                INSERT INTO organisation (code, name, short_name, display_name, sort_name, kind, oin, kvk, rsin, phone, website)
                VALUES (@code, @name, @short_name, @display_name, @sort_name, @kind, @oin, @kvk, @rsin, @phone, @website)
                """,
                rows[code]));
            changed.ForEach(code => unit.Execute(
                """
                UPDATE organisation SET name = @name, short_name = @short_name, display_name = @display_name, sort_name = @sort_name, kind = @kind, oin = @oin, kvk = @kvk,
                    rsin = @rsin, phone = @phone, website = @website
                WHERE code = @code
                """,
                rows[code]));
            Remember(unit, actor);
            return new OrganisationsTaken(added.Count, changed.Count);
        });

    private static OrganisationsDiff Diff(string text, IEnumerable<dynamic> stored)
    {
        var (rows, errors) = ReferenceFiles.ReadOrganisations(text);
        if (errors.Count > 0)
        {
            return new OrganisationsDiff(text, errors, [], "");
        }

        var old = stored.Cast<IDictionary<string, object?>>().ToDictionary(o => (string)o["code"]!, StringComparer.Ordinal);
        var changes = rows.SelectMany(row => old.TryGetValue(row.Code, out var was) ? Changed(row, was) : [new OrganisationChange("added", row.Code, row.Name)]).ToList();
        var codes = rows.Select(r => r.Code).ToHashSet(StringComparer.Ordinal);
        changes.AddRange(old.Values.Where(o => o["valid_until"] is null && !codes.Contains((string)o["code"]!))
            .Select(o => new OrganisationChange("missing", (string)o["code"]!, (string)o["name"]!)));
        return new OrganisationsDiff(text, [], changes, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', changes)))));
    }

    private static IEnumerable<OrganisationChange> Changed(OrganisationRow row, IDictionary<string, object?> was)
    {
        if (was["valid_until"] is string until)
        {
            return [new OrganisationChange("ended", row.Code, row.Name, Was: until)];
        }

        return ImportReference.Columns(row).Where(c => !Derived.Contains(c.Key) && $"{c.Value}" != $"{was[c.Key]}")
            .Select(c => new OrganisationChange("changed", row.Code, row.Name, c.Key, was[c.Key]?.ToString(), c.Value?.ToString()));
    }

    private static void Remember(Unit unit, Actor actor)
    {
        var args = new { name = Setting, value = string.Create(CultureInfo.InvariantCulture, $"{actor.Id} {unit.Now:yyyy-MM-dd}") };
        if (unit.Execute("UPDATE setting SET value = @value WHERE name = @name", args) == 0)
        {
            unit.Execute("INSERT INTO setting (name, value) VALUES (@name, @value)", args);
        }
    }
}
