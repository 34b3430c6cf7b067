using Loket.Domain.Chain;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

/// <summary>GET /chain/ladder: the organisation's ladder and who changed it. View <c>Chain/Ladder.cshtml</c>.</summary>
public sealed class LadderView
{
    public string OrganisationName { get; init; } = "";

    /// <summary>The viewer is on duty and may change it.</summary>
    public bool MayChange { get; init; }

    /// <summary>Who is on duty; null when nobody is.</summary>
    public string? DutyName { get; init; }

    public int ReminderPercent { get; init; }

    public int OverduePercent { get; init; }

    public int ClimbMinutes { get; init; }

    /// <summary>Working days without an act after which a case stands still.</summary>
    public int StalledDays { get; init; }

    /// <summary>0 while the defaults hold.</summary>
    public int Version { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<LadderChange> Changes { get; init; } = [];

    /// <summary>Refused form <c>ladder</c>; fields <c>reminderPercent overduePercent climbMinutes stalledDays</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class LadderChange
{
    public DateTime ChangedAt { get; init; }

    public string ChangedBy { get; init; } = "";

    public int ReminderPercent { get; init; }

    public int OverduePercent { get; init; }

    public int ClimbMinutes { get; init; }

    public int StalledDays { get; init; }
}

public sealed class LadderQuery(Db db)
{
    public Task<LadderView> LoadAsync(Actor actor, FormState form) => db.ReadAsync(async r =>
    {
        var now = await r.FindAsync<Row>(
            "SELECT reminder_percent, overdue_percent, climb_minutes, stalled_days, version FROM organisation_ladder WHERE organisation_code = @OrganisationCode", new { actor.OrganisationCode })
            ?? new Row
            {
                ReminderPercent = (int)(LadderRules.Default.ReminderAt * 100), OverduePercent = (int)(LadderRules.Default.OverdueAfter * 100), ClimbMinutes = LadderRules.Default.ClimbMinutes,
                StalledDays = LadderRules.Default.StalledDays,
            };
        var onDuty = await r.FindAsync<Duty>(
            $"SELECT id, name FROM professional WHERE organisation_code = @OrganisationCode AND active = 1 AND supervisor = 1 AND duty_supervisor = 1 ORDER BY CASE WHEN id = @Id THEN 0 ELSE 1 END, id {r.Dialect.First(1)}",
            new { actor.OrganisationCode, actor.Id });
        return new LadderView
        {
            OrganisationName = actor.OrganisationName,
            MayChange = onDuty?.Id == actor.Id,
            DutyName = onDuty?.Name,
            ReminderPercent = now.ReminderPercent,
            OverduePercent = now.OverduePercent,
            ClimbMinutes = now.ClimbMinutes,
            StalledDays = now.StalledDays,
            Version = now.Version,
            Changes = await r.QueryAsync<LadderChange>(
                $"""
                SELECT l.changed_at, w.name AS changed_by, l.reminder_percent, l.overdue_percent, l.climb_minutes, l.stalled_days
                FROM organisation_ladder_change l JOIN professional w ON w.id = l.changed_by
                WHERE l.organisation_code = @OrganisationCode ORDER BY l.id DESC {r.Dialect.First(20)}
                """,
                new { actor.OrganisationCode }),
            Form = form,
        };
    });

    private sealed class Row
    {
        public int ReminderPercent { get; init; }

        public int OverduePercent { get; init; }

        public int ClimbMinutes { get; init; }

        public int StalledDays { get; init; }

        public int Version { get; init; }
    }

    private sealed class Duty
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";
    }
}
