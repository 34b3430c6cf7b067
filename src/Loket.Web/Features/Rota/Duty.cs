using System.Globalization;
using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Joining;
using Loket.Web.Jobs;
using Loket.Web.Security;

namespace Loket.Web.Features.Rota;

public sealed record DutySaved(int Days);

/// <param name="Day">A weekday (<c>mon</c>) or a date (<c>2026-12-24</c>), which goes before its weekday.</param>
public sealed record DutyRow(string Day, long ProfessionalId);

/// <summary>
/// Who answers for the organisation on which day as duty supervisor. At midnight in Amsterdam, and at once when today's is
/// changed, the duty goes to that person; a day without anybody leaves it where it is (DESIGN 4.2: never with nobody).
/// </summary>
public sealed class Duty(Db db, ILogger<Duty> log) : IJob
{
    public const int MostDays = 200;

    /// <summary>
    /// All days with duty. With <paramref name="seen"/>, the days as they were shown, only what differs from those is written:
    /// what somebody else changed meanwhile stays, and <c>duty-changed</c> is a day that both changed.
    /// </summary>
    public Task<Outcome<DutySaved>> SaveAsync(Actor actor, IReadOnlyList<DutyRow> days, IReadOnlyList<DutyRow>? seen, string? key) =>
        db.WriteAsync<DutySaved>(Command.Of(actor.Id, "duty-save", key, new { days, seen }), unit =>
        {
            actor.RequireHere(unit);
            var today = AmsterdamTime.DateOf(unit.Now);
            foreach (var row in days)
            {
                if (!OpeningHours.Days.Any(d => d.Name == row.Day) && !(DateOf(row.Day) is { } date && date >= today))
                {
                    return new Refusal("duty-day", row.Day);
                }

                if (unit.Scalar<int>("SELECT COUNT(*) FROM professional WHERE id = @ProfessionalId AND organisation_code = @OrganisationCode AND active = 1 AND supervisor = 1", new { row.ProfessionalId, actor.OrganisationCode }) == 0)
                {
                    return new Refusal("duty-supervisor");
                }
            }

            if (days.Count > MostDays || days.GroupBy(d => d.Day, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is not null)
            {
                return new Refusal("duty-twice");
            }

            var was = unit.Query<Row>("SELECT day, professional_id FROM organisation_duty WHERE organisation_code = @OrganisationCode", new { actor.OrganisationCode })
                .ToDictionary(d => d.Day, d => d.ProfessionalId, StringComparer.Ordinal);
            if (seen is not null)
            {
                var merged = Merge(was, seen.ToDictionary(d => d.Day, d => d.ProfessionalId, StringComparer.Ordinal), days.ToDictionary(d => d.Day, d => d.ProfessionalId, StringComparer.Ordinal));
                if (!merged.IsOk)
                {
                    return merged.Refusal!;
                }

                // A date that is over goes at the next save.
                days = merged.Value.FindAll(d => DateOf(d.Day) is not { } date || date >= today);
            }

            unit.Execute("DELETE FROM organisation_duty WHERE organisation_code = @OrganisationCode", new { actor.OrganisationCode });
            foreach (var row in days)
            {
                unit.Execute("INSERT INTO organisation_duty (organisation_code, day, professional_id) VALUES (@OrganisationCode, @Day, @ProfessionalId)", new { actor.OrganisationCode, row.Day, row.ProfessionalId });
                if (was.GetValueOrDefault(row.Day) != row.ProfessionalId)
                {
                    SavePerson.Record(unit, actor, row.ProfessionalId, "duty", null, row.Day);
                }
            }

            Take(unit, actor.OrganisationCode);
            return new DutySaved(days.Count);
        });

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var organisation in await db.ReadAsync(r => r.QueryAsync<string>("SELECT DISTINCT organisation_code FROM organisation_duty"), ct))
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                await db.WriteAsync<bool>(unit => Take(unit, organisation));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The duty of {Organisation} could not be taken over; it is tried again", organisation);
            }
        }
    }

    private static bool Take(Unit unit, string organisation)
    {
        var today = AmsterdamTime.DateOf(unit.Now);
        var (date, weekday) = (today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), OpeningHours.Days.First(d => d.Day == today.DayOfWeek).Name);
        var named = unit.Query<Row>(
            """
            SELECT d.day, d.professional_id, p.duty_supervisor AS has_it FROM organisation_duty d
            JOIN professional p ON p.id = d.professional_id AND p.organisation_code = d.organisation_code AND p.active = 1 AND p.supervisor = 1
            WHERE d.organisation_code = @organisation AND d.day IN (@date, @weekday)
            """,
            new { organisation, date, weekday });
        if ((named.Find(d => d.Day == date) ?? named.FirstOrDefault()) is not { HasIt: 0 } next || !Actor.Hold(unit, next.ProfessionalId))
        {
            return false;
        }

        return unit.Execute(
            """
            UPDATE professional SET duty_supervisor = CASE WHEN id = @ProfessionalId THEN 1 ELSE 0 END
            WHERE organisation_code = @organisation AND active = 1 AND (duty_supervisor = 1 OR id = @ProfessionalId)
            """,
            new { next.ProfessionalId, organisation }) > 0;
    }

    /// <summary>Three times who has which day: stored, as it was shown, and as it should become. No day is nobody's.</summary>
    internal static Outcome<List<DutyRow>> Merge(IReadOnlyDictionary<string, long> stored, IReadOnlyDictionary<string, long> seen, IReadOnlyDictionary<string, long> wanted)
    {
        var days = new List<DutyRow>();
        foreach (var day in stored.Keys.Union(seen.Keys, StringComparer.Ordinal).Union(wanted.Keys, StringComparer.Ordinal))
        {
            var (now, shown, next) = (stored.GetValueOrDefault(day), seen.GetValueOrDefault(day), wanted.GetValueOrDefault(day));
            if (next != shown && now != shown && next != now)
            {
                return new Refusal("duty-changed", day);
            }

            if ((next != shown ? next : now) is > 0 and var person)
            {
                days.Add(new DutyRow(day, person));
            }
        }

        return days;
    }

    private static DateOnly? DateOf(string day) => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private sealed class Row
    {
        public string Day { get; init; } = "";

        public long ProfessionalId { get; init; }

        public int HasIt { get; init; }
    }
}
