using Loket.Domain;
using Loket.Domain.Chain;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

/// <summary>In whole percentages of the term, working minutes, and working days. The version is that of what stood on the page; 0 when the defaults held.</summary>
public sealed record LadderForm(int? ReminderPercent, int? OverduePercent, int? ClimbMinutes, int? StalledDays, int Version);

public sealed record LadderSaved(int Version);

/// <summary>
/// The duty supervisor sets the ladder of the own organisation. Who changed what when is kept; dates that run now follow
/// the new ladder from the same moment.
/// </summary>
public sealed class LadderSettings(Db db)
{
    public Task<Outcome<LadderSaved>> SaveAsync(Actor actor, LadderForm form, string? key) =>
        db.WriteAsync<LadderSaved>(Command.Of(actor.Id, "ladder-save", key, form), unit =>
        {
            var organisation = actor.OrganisationCode;
            if (unit.Scalar<long>("SELECT COUNT(*) FROM professional WHERE id = @Id AND active = 1 AND supervisor = 1 AND duty_supervisor = 1", new { actor.Id }) == 0)
            {
                return new Refusal("ladder-not-yours");
            }

            var rules = LadderRules.Of(form.ReminderPercent, form.OverduePercent, form.ClimbMinutes, form.StalledDays);
            if (!rules.IsOk)
            {
                return rules.Refusal!;
            }

            var args = new { organisation, form.ReminderPercent, form.OverduePercent, form.ClimbMinutes, form.StalledDays, form.Version, id = unit.NewId(), by = actor.Id, unit.Now };
            var written = form.Version == 0
                ? unit.Execute(
                    """
                    INSERT INTO organisation_ladder (organisation_code, reminder_percent, overdue_percent, climb_minutes, stalled_days, version)
                    SELECT o.code, @ReminderPercent, @OverduePercent, @ClimbMinutes, @StalledDays, 1 FROM organisation o
                    WHERE o.code = @organisation AND NOT EXISTS (SELECT 1 FROM organisation_ladder l WHERE l.organisation_code = @organisation)
                    """,
                    args)
                : unit.Execute(
                    """
                    UPDATE organisation_ladder SET reminder_percent = @ReminderPercent, overdue_percent = @OverduePercent, climb_minutes = @ClimbMinutes, stalled_days = @StalledDays, version = version + 1
                    WHERE organisation_code = @organisation AND version = @Version
                    """,
                    args);
            if (written == 0)
            {
                return new Refusal("stale");
            }

            unit.Execute(
                """
                INSERT INTO organisation_ladder_change (id, organisation_code, reminder_percent, overdue_percent, climb_minutes, stalled_days, changed_by, changed_at)
                VALUES (@id, @organisation, @ReminderPercent, @OverduePercent, @ClimbMinutes, @StalledDays, @by, @Now)
                """,
                args);
            Follow(unit, organisation, rules.Value);
            return new LadderSaved(form.Version + 1);
        });

    // A step that fired stays fired; the next one comes at the moment the new ladder gives it, at once when that has passed.
    private static void Follow(Unit unit, string organisation, LadderRules rules)
    {
        foreach (var deadline in unit.Query<Row>(
            """
            SELECT d.id, d.starts_at, d.due_at, d.steps_fired, d.next_at FROM professional p JOIN deadline d ON d.professional_id = p.id
            WHERE p.organisation_code = @organisation AND d.state = 'running' AND d.next_at IS NOT NULL
            """,
            new { organisation }))
        {
            var next = Deadlines.NextAt(deadline.StartsAt, deadline.DueAt, deadline.StepsFired, rules);
            if (next != deadline.NextAt)
            {
                unit.Execute("UPDATE deadline SET next_at = @next, version = version + 1 WHERE id = @Id", new { next, deadline.Id });
            }
        }

        // The board places each case of the organisation anew.
        unit.Execute(
            """
            UPDATE board_case SET turns_at = @Now
            WHERE case_id IN (SELECT c.id FROM team t JOIN case_file c ON c.owner_team = t.code WHERE t.organisation_code = @organisation AND c.state = 'open')
            """,
            new { unit.Now, organisation });
        // The sweep plans them anew.
        unit.Execute(
            "UPDATE escalation SET climbs_at = NULL WHERE climb = 'waits' AND climbs_at IS NOT NULL AND to_id IN (SELECT p.id FROM professional p WHERE p.organisation_code = @organisation)",
            new { organisation });
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public DateTime StartsAt { get; init; }

        public DateTime DueAt { get; init; }

        public int StepsFired { get; init; }

        public DateTime? NextAt { get; init; }
    }
}
