using System.Globalization;
using System.Text.RegularExpressions;
using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Lines;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Rota;

/// <summary>The rota of the own organisation in the words of the page, and where it is short of people.</summary>
public sealed partial class RotaQuery(Db db, Say say, DutchCalendar calendar)
{
    /// <param name="seen">The days of duty as a refused form had them before it; null: as they are now.</param>
    /// <param name="changed">The day of those that is shown as it is now: somebody else changed it, and that was told.</param>
    public Task<RotaView> LoadAsync(Actor actor, FormState? form = null, bool saved = false, IReadOnlyList<DutyRow>? seen = null, string? changed = null) => db.ReadAsync(async r =>
    {
        var duty = (await r.QueryAsync<DutyDay>("SELECT day, professional_id FROM organisation_duty WHERE organisation_code = @OrganisationCode AND day >= @today ORDER BY day",
            // Weekdays come after every date.
            new { actor.OrganisationCode, today = Dates.Machine(AmsterdamTime.DateOf(db.Now())) })).ConvertAll(d => new DutyRow(d.Day, d.ProfessionalId));
        var lines = (await LineRota.LoadAsync(r, actor.OrganisationCode, db.Now())).FindAll(l => l.People.Count > 0);
        var names = await LineNames.OfAsync(r, say, lines.ConvertAll(l => l.Code));
        return new RotaView
        {
            OrganisationName = actor.OrganisationName,
            Lines = lines.ConvertAll(l => new RotaLine(
                l.Code, names[l.Code], l.Hours is null ? null : Words($"{l.Hours}"), l.IsLive, l.Least,
                [.. l.People.Select(p => new RotaMember(p.Id, p.Name, p.Rota is null ? "" : Words($"{p.Rota}")))], Warnings(l, names[l.Code]))),
            Supervisors = (await r.QueryAsync<PersonRow>(
                "SELECT id, name FROM professional WHERE organisation_code = @OrganisationCode AND active = 1 AND supervisor = 1 ORDER BY name, id", new { actor.OrganisationCode }))
                .ConvertAll(p => new Option(p.Id.ToString(CultureInfo.InvariantCulture), p.Name)),
            Duty = duty.ToDictionary(d => d.Day, d => d.ProfessionalId, StringComparer.Ordinal),
            Seen = seen is null ? duty : [.. seen.Where(d => d.Day != changed), .. duty.Where(d => d.Day == changed)],
            Saved = saved,
            Form = form ?? FormState.Empty,
        };
    });

    /// <summary>Where the open lines of the organisation are short of people in the coming days, the first ones.</summary>
    public Task<IReadOnlyList<ShortWarning>> WarningsAsync(Actor actor) => db.ReadAsync<IReadOnlyList<ShortWarning>>(async r =>
    {
        var lines = await LineRota.LoadAsync(r, actor.OrganisationCode, db.Now());
        var names = await LineNames.OfAsync(r, say, lines.ConvertAll(l => l.Code));
        return [.. lines.SelectMany(l => Warnings(l, names[l.Code])).OrderBy(w => w.From).Take(10)];
    });

    /// <summary>What of that begins within a day: it is said on every page.</summary>
    public async Task<IReadOnlyList<ShortWarning>> SoonAsync(Actor actor) => [.. (await WarningsAsync(actor)).Where(w => w.From < db.Now() + WarnShort.Ahead)];

    /// <summary>The checklist of a line: each item with whether it is there; null when the organisation has no such line.</summary>
    public Task<LineOpening?> ChecklistAsync(Actor actor, string code) =>
        db.ReadAsync(async r => (await LineRota.LoadAsync(r, actor.OrganisationCode, db.Now())).Find(l => l.Code == code) is { } line
            ? new LineOpening(line.IsLive, [.. line.Opening(db.Now(), calendar).Checklist.Select(i => new ChecklistItem(i.Item, i.IsThere))])
            : null);

    /// <summary>What was typed for a person's rota as it is stored: days in the words of the page become codes.</summary>
    public string? Read(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : Word().Replace(typed.Trim().ToLowerInvariant().Replace(',', ';'), word => Codes().GetValueOrDefault(word.Value, word.Value));

    /// <summary>
    /// The "no" to a person's rota, with the days as the page writes them. The same text says when a line is open and when
    /// somebody is there; here it is about somebody.
    /// </summary>
    public Refusal? InWords(Refusal? no) => no is null ? null : new(no.Code is "hours-unreadable" or "hours-never" ? $"rota-{no.Code[6..]}" : no.Code, [.. no.Args.Select(Words)]);

    private IReadOnlyList<ShortWarning> Warnings(LineRota line, string name) => [.. line.Warned(db.Now(), calendar).Select(s => new ShortWarning(name, s.From, s.Until, s.People))];

    private string Words(string hours)
    {
        var words = Codes().GroupBy(c => c.Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Key, StringComparer.Ordinal);
        return Word().Replace(hours, code => words.GetValueOrDefault(code.Value, code.Value));
    }

    private Dictionary<string, string> Codes() => OpeningHours.Days.Select(d => (Word: say.Text($"rota.day-{d.Name}"), Code: d.Name))
        .Append((say.Text("rota.off"), "closed")).ToDictionary(d => d.Item1, d => d.Item2, StringComparer.Ordinal);

    [GeneratedRegex("[a-z]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    private sealed class PersonRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed class DutyDay
    {
        public string Day { get; init; } = "";

        public long ProfessionalId { get; init; }
    }
}
