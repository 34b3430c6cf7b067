using Loket.Domain.Chain;
using Loket.Web.Data;

namespace Loket.Web.Features.Chain;

/// <summary>The escalation ladder each organisation chose for its own people; the defaults when it chose nothing.</summary>
public static class Ladders
{
    /// <summary>The rules of each of these organisations, one statement a thousand of them.</summary>
    public static IReadOnlyDictionary<string, LadderRules> Of(Unit unit, IEnumerable<string> organisationCodes)
    {
        var rules = organisationCodes.Distinct(StringComparer.Ordinal).ToDictionary(code => code, _ => LadderRules.Default, StringComparer.Ordinal);
        foreach (var codes in rules.Keys.ToList().Chunk(1000))
        {
            unit.Query<Row>(
                "SELECT l.organisation_code, l.reminder_percent, l.overdue_percent, l.climb_minutes, l.stalled_days FROM organisation_ladder l WHERE l.organisation_code IN @codes", new { codes })
                .ForEach(row => rules[row.OrganisationCode] = row.Rules);
        }

        return rules;
    }

    /// <summary>When a date warns, from the two percentages as a row holds them; null when the organisation chose nothing.</summary>
    public static LadderRules? Of(int? reminderPercent, int? overduePercent) =>
        reminderPercent is { } reminder && overduePercent is { } overdue ? new(reminder / 100m, overdue / 100m) : null;

    /// <summary>The rules of this person's organisation.</summary>
    public static LadderRules OfPerson(Unit unit, long professionalId) => unit.Find<Row>(
        "SELECT l.organisation_code, l.reminder_percent, l.overdue_percent, l.climb_minutes, l.stalled_days FROM organisation_ladder l JOIN professional p ON p.organisation_code = l.organisation_code WHERE p.id = @professionalId",
        new { professionalId })?.Rules ?? LadderRules.Default;

    private sealed class Row
    {
        public string OrganisationCode { get; init; } = "";

        public int ReminderPercent { get; init; }

        public int OverduePercent { get; init; }

        public int ClimbMinutes { get; init; }

        public int StalledDays { get; init; }

        public LadderRules Rules => new(ReminderPercent / 100m, OverduePercent / 100m, ClimbMinutes, StalledDays);
    }
}
