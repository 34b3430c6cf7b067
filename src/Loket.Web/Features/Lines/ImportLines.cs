using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Lines;

public sealed record LinesImported(int Lines);

/// <summary>
/// Lines or members of the own organisation from a file: first what it would change, then all of it in one unit, or with
/// a single error nothing.
/// </summary>
public sealed class ImportLines(Db db, SaveLine save)
{
    /// <summary>What the file would change; nothing is stored.</summary>
    public async Task<ImportView> PreviewAsync(Actor actor, string text)
    {
        ImportView? view = null;
        // Refused on purpose: the same checks as the import itself, in a unit that is taken back.
        await db.WriteAsync<bool>(unit =>
        {
            var (errors, lines) = Plan(unit, actor, text);
            view = new ImportView { Text = text, Errors = errors, Changes = [.. lines.SelectMany(l => Changes(unit, l.Stored, l.Form))] };
            return new Refusal("import-preview");
        });
        return view!;
    }

    public Task<Outcome<LinesImported>> RunAsync(Actor actor, string text, string? key) =>
        db.WriteAsync<LinesImported>(Command.Of(actor.Id, "lines-import", key, new { text }), unit =>
        {
            var (errors, lines) = Plan(unit, actor, text);
            if (errors.Count > 0)
            {
                return new Refusal("import-errors", errors.Count.ToString(CultureInfo.InvariantCulture));
            }

            return new LinesImported(lines.Count(l => save.Apply(unit, actor, l.Stored, l.Form).Changes > 0));
        });

    private static (List<ImportError> Errors, List<(StoredLine Stored, SaveLineForm Form)> Lines) Plan(Unit unit, Actor actor, string text)
    {
        var rows = LineFile.Read(text);
        var errors = rows.Errors;
        var named = rows.Lines.Select(l => (l.Row, l.Line)).Concat(rows.Members.Select(m => (m.Row, m.Line))).ToList();
        var stored = StoredLine.Load(unit, actor.OrganisationCode, [.. named.Select(n => n.Line).Distinct(StringComparer.Ordinal)]).ToDictionary(l => l.Code, StringComparer.Ordinal);
        errors.AddRange(named.Where(n => !stored.ContainsKey(n.Line)).Select(n => new ImportError(n.Row, "lineCode", new Refusal("import-line", n.Line))));
        errors.AddRange(rows.Lines.GroupBy(l => l.Line, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => new ImportError(g.Last().Row, "lineCode", new Refusal("import-twice", g.Key))));

        var lines = new List<(StoredLine, SaveLineForm)>();
        foreach (var line in stored.Values)
        {
            var ofLine = rows.Lines.Find(l => l.Line == line.Code);
            var members = rows.Members.FindAll(m => m.Line == line.Code);
            var form = new SaveLineForm(line.Version, ofLine.Settings ?? line.Settings, members.Count > 0 ? members.ConvertAll(m => m.Member) : line.Members);
            var wrong = LineChecks.Of(form.Settings).Concat(LineChecks.Of(form.Members)).Concat(SaveLine.InDatabase(unit, actor.OrganisationCode, line.Code, form));
            errors.AddRange(wrong.Select(w => new ImportError(RowOf(w.Field, ofLine.Row, members), w.Field.StartsWith("member-", StringComparison.Ordinal) ? "person" : w.Field, w.Refusal)));
            lines.Add((line, form));
        }

        errors.AddRange(Contradictions(rows));
        return ([.. errors.OrderBy(e => e.Row)], lines);
    }

    // A person's skills count on all lines, so two rows cannot say different things.
    private static IEnumerable<ImportError> Contradictions(LineFileRows rows) => rows.Members
        .GroupBy(m => m.Member.ProfessionalId)
        .SelectMany(g => g.Where(m => !m.Member.Languages.SequenceEqual(g.First().Member.Languages) || !m.Member.Topics.SequenceEqual(g.First().Member.Topics)))
        .Select(m => new ImportError(m.Row, "person", new Refusal("import-skills", m.Member.ProfessionalId.ToString(CultureInfo.InvariantCulture))));

    private static int RowOf(string field, int row, List<(int Row, string Line, LineMember Member)> members) =>
        field.StartsWith("member-", StringComparison.Ordinal) && members.FindLast(m => field == $"member-{m.Member.ProfessionalId.ToString(CultureInfo.InvariantCulture)}") is { Row: > 0 } member
            ? member.Row
            : row;

    private static IEnumerable<ImportChange> Changes(Unit unit, StoredLine stored, SaveLineForm form) => SaveLine.Changes(stored, form).Select(c =>
        c.Field.StartsWith("member:", StringComparison.Ordinal)
            ? new ImportChange(stored.Code, "member", unit.Find<string>("SELECT name FROM professional WHERE id = @id", new { id = long.Parse(c.Field[7..], CultureInfo.InvariantCulture) }), c.Was, c.Became)
            : new ImportChange(stored.Code, c.Field, null, c.Was, c.Became));
}
