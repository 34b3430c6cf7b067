using System.Globalization;
using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Rota;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Lines;

/// <summary>The lines of the manager's own organisation: the list, one of them to change, and the words its form understands.</summary>
public sealed class ManagedLinesQuery(Db db, Say say, ServiceDates dates, RotaQuery rota)
{
    private const int MostPeople = 300;

    public async Task<LineListView> ListAsync(Actor actor, ImportView? import = null, int? imported = null)
    {
        var tooFew = await rota.WarningsAsync(actor);
        return await db.ReadAsync(async r => new LineListView
        {
            OrganisationName = actor.OrganisationName,
            Import = import,
            Imported = imported,
            Lines = (await r.QueryAsync<ListRow>(
                """
                SELECT l.code, l.topic_code, l.name_nl, l.name_en, l.strategy, l.hours, l.is_live,
                       (SELECT COUNT(*) FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1 WHERE m.line_code = l.code) AS members,
                       (SELECT COUNT(*) FROM line_member m JOIN presence p ON p.professional_id = m.professional_id WHERE m.line_code = l.code AND m.is_on = 1 AND p.state = 'available') AS free,
                       (SELECT COUNT(*) FROM line_member m JOIN presence p ON p.professional_id = m.professional_id
                        WHERE m.line_code = l.code AND m.is_on = 1 AND p.state IN ('reserved', 'engaged', 'wrap_up')) AS busy
                FROM line l WHERE l.organisation_code = @OrganisationCode AND l.successor_code IS NULL ORDER BY l.topic_code, l.code
                """,
                new { actor.OrganisationCode })).ConvertAll(Shown),
            Short = tooFew,
        });
    }

    /// <summary>One line, or null when the organisation has no such line.</summary>
    public async Task<LineEditView?> EditAsync(Actor actor, string code, FormState form, bool saved = false, Refusal? notOpened = null)
    {
        var opening = await rota.ChecklistAsync(actor, code);
        return await db.ReadAsync(r => EditAsync(r, actor, code, form, saved, opening, notOpened));
    }

    private async Task<LineEditView?> EditAsync(Reader r, Actor actor, string code, FormState form, bool saved, LineOpening? opening, Refusal? notOpened)
    {
        if (opening is null || (await StoredLine.LoadAsync(r, actor.OrganisationCode, [code])).FirstOrDefault() is not { } line)
        {
            return null;
        }

        var words = await WordsAsync(r);
        var hours = line.Settings.Hours is null ? null : OpeningHours.Parse(line.Settings.Hours).Value;
        return new LineEditView
        {
            Code = code, Topic = line.Topic, Kind = line.Kind, Version = line.Version, Settings = line.Settings, Saved = saved,
            AreaText = string.Join(", ", line.Settings.Area.Select(words.Municipality)),
            Week = [.. OpeningHours.Days.Select(d => (d.Name, Clock(hours?.On(d.Day)?.From), Clock(hours?.On(d.Day)?.To)))],
            Exceptions = hours is null ? "" : string.Join('\n', hours.ToString().Split("; ").Where(part => char.IsDigit(part[0]))),
            People = await PeopleAsync(r, actor, line),
            OtherLines = await OtherLinesAsync(r, actor, code),
            Changes = await ChangesAsync(r, code),
            IsLive = opening.IsLive,
            Checklist = opening.Checklist,
            NotOpened = notOpened,
            Form = form,
        };
    }

    /// <summary>The words that the form understands for municipalities, languages and topics.</summary>
    public Task<LineWords> WordsAsync() => db.ReadAsync(WordsAsync);

    /// <summary>What stands in the database now, per field of the form that differs: for who was too late.</summary>
    public async Task<IReadOnlyDictionary<string, string>> StoredAsync(Actor actor, string code, LineSettings typed)
    {
        var line = (await db.ReadAsync(r => StoredLine.LoadAsync(r, actor.OrganisationCode, [code])))[0];
        var (now, mine) = (LineText.Of(line.Settings), LineText.Of(typed));
        return Enumerable.Range(0, now.Count).Where(i => now[i] != mine[i]).ToDictionary(i => LineText.Fields[i], i => now[i].Length == 0 ? "–" : now[i], StringComparer.Ordinal);
    }

    private async Task<LineWords> WordsAsync(Reader r) => new(
        say,
        await r.QueryAsync<Named>("SELECT code, short_name AS name FROM organisation WHERE kind = 'municipality'"),
        await r.QueryAsync<string>("SELECT code FROM topic ORDER BY position"));

    private LineListRow Shown(ListRow l)
    {
        var opens = l.Hours is null ? db.Now() : ServiceDates.HoursOf(l.Hours).NextOpen(db.Now(), dates.Calendar);
        var state = l.Members == 0 ? "not_connected" : !l.IsLive ? "not_open" : opens > db.Now() ? "closed" : l.Free > 0 ? "free" : l.Busy > 0 ? "busy" : "nobody";
        return new LineListRow(l.Code, l.TopicCode, say.IsEnglish ? l.NameEn : l.NameNl, l.Strategy, l.Members, l.Free, state, state == "closed" ? opens : null);
    }

    private async Task<IReadOnlyList<LineMemberRow>> PeopleAsync(Reader r, Actor actor, StoredLine line)
    {
        var rows = await r.QueryAsync<PersonRow>(
            $"""
            SELECT p.id, p.name, m.is_on FROM professional p LEFT JOIN line_member m ON m.professional_id = p.id AND m.line_code = @Code
            WHERE p.organisation_code = @OrganisationCode AND p.active = 1 AND p.specialist = 1
            ORDER BY CASE WHEN m.line_code IS NULL THEN 1 ELSE 0 END, m.tier, m.position, p.name, p.id {r.Dialect.First(MostPeople)}
            """,
            new { line.Code, actor.OrganisationCode });
        var skills = (await r.QueryAsync<SkillRow>(
            "SELECT s.professional_id, s.kind, s.code FROM professional p JOIN professional_skill s ON s.professional_id = p.id WHERE p.organisation_code = @OrganisationCode AND p.active = 1",
            new { actor.OrganisationCode })).ToLookup(s => (s.ProfessionalId, s.Kind), s => s.Code);
        return rows.ConvertAll(p =>
        {
            var member = line.Members.FirstOrDefault(m => m.ProfessionalId == p.Id);
            return new LineMemberRow(
                p.Id, p.Name, member is not null, member?.Tier ?? 1, member?.Place ?? 0, member?.Weight ?? 1,
                string.Join(", ", skills[(p.Id, "language")].Select(l => say.Code("language", l)).Order(StringComparer.CurrentCulture)),
                string.Join(", ", skills[(p.Id, "topic")].Select(say.Topic).Order(StringComparer.CurrentCulture)), p.IsOn != 0);
        });
    }

    private async Task<IReadOnlyList<Option>> OtherLinesAsync(Reader r, Actor actor, string code)
    {
        var codes = await r.QueryAsync<string>("SELECT code FROM line WHERE organisation_code = @OrganisationCode AND successor_code IS NULL AND code <> @code ORDER BY code", new { actor.OrganisationCode, code });
        var names = await LineNames.OfAsync(r, say, codes);
        return codes.ConvertAll(c => new Option(c, names[c]));
    }

    private static async Task<IReadOnlyList<LineChangeRow>> ChangesAsync(Reader r, string code)
    {
        var rows = await r.QueryAsync<ChangeRow>(
            $"""
            SELECT c.at, w.name AS by_name, c.field, c.was, c.became FROM line_change c JOIN professional w ON w.id = c.professional_id
            WHERE c.line_code = @code ORDER BY c.id DESC {r.Dialect.First(50)}
            """,
            new { code });
        var ids = rows.Where(c => c.Field.Contains(':')).Select(c => IdIn(c.Field)).Distinct().ToList();
        var names = ids.Count == 0 ? [] : (await r.QueryAsync<PersonRow>("SELECT id, name FROM professional WHERE id IN @ids", new { ids })).ToDictionary(p => p.Id, p => p.Name);
        return rows.ConvertAll(c => c.Field.Contains(':')
            ? new LineChangeRow(c.At, c.ByName, c.Field[..c.Field.IndexOf(':')], names[IdIn(c.Field)], c.Was, c.Became)
            : new LineChangeRow(c.At, c.ByName, c.Field, null, c.Was, c.Became));
    }

    // "member:1001", "rota:1001": about one person of the line.
    private static long IdIn(string field) => long.Parse(field[(field.IndexOf(':') + 1)..], CultureInfo.InvariantCulture);

    private static string? Clock(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    private sealed class ListRow
    {
        public string Code { get; init; } = "";

        public string TopicCode { get; init; } = "";

        public string NameNl { get; init; } = "";

        public string NameEn { get; init; } = "";

        public string Strategy { get; init; } = "";

        public string? Hours { get; init; }

        public bool IsLive { get; init; }

        public int Members { get; init; }

        public int Free { get; init; }

        public int Busy { get; init; }
    }

    private sealed class PersonRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public int? IsOn { get; init; }
    }

    private sealed class SkillRow
    {
        public long ProfessionalId { get; init; }

        public string Kind { get; init; } = "";

        public string Code { get; init; } = "";
    }

    private sealed class ChangeRow
    {
        public DateTime At { get; init; }

        public string ByName { get; init; } = "";

        public string Field { get; init; } = "";

        public string? Was { get; init; }

        public string? Became { get; init; }
    }
}

/// <summary>A code with its name.</summary>
public sealed class Named
{
    public string Code { get; init; } = "";

    public string Name { get; init; } = "";
}
