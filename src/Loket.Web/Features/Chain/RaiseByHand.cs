using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

public sealed record RaisedByHand(string EscalationId, string ToName);

/// <summary>
/// A supervisor does not wait for the ladder: asks the supervisor of whoever has a date to keep, or the duty supervisor of
/// the partner organisation that has it. An escalation like any other, which is acknowledged by name, and of which the same
/// person has one at a time.
/// </summary>
public sealed class RaiseByHand(Db db)
{
    // Behind the three rungs of the ladder and a callback that reached nobody.
    public const int FirstStep = 5;

    /// <summary>To the supervisor of the person who has the date.</summary>
    public Task<Outcome<RaisedByHand>> ToSupervisorAsync(Actor actor, long caseId, long deadlineId, string? key) =>
        RaiseAsync(actor, caseId, deadlineId, "escalation_by_hand", key, (unit, date) => Reachable.SupervisorOf(unit, date.ProfessionalId));

    /// <summary>To the duty supervisor of the other organisation that has the date; the person who has it hears of it too.</summary>
    public Task<Outcome<RaisedByHand>> ToPartnerAsync(Actor actor, long caseId, long deadlineId, string? key) =>
        RaiseAsync(actor, caseId, deadlineId, "escalation_partner", key, (unit, date) => date.OrganisationCode == actor.OrganisationCode
            ? throw new RefusedException(new Refusal("escalation-no-partner"))
            : OnDuty(unit, date));

    private Task<Outcome<RaisedByHand>> RaiseAsync(Actor actor, long caseId, long deadlineId, string kind, string? key, Func<Unit, Row, long> whom) =>
        db.WriteAsync<RaisedByHand>(Command.Of(actor.Id, kind, key, new { caseId, deadlineId }), unit =>
        {
            var access = CaseAccess.Find(unit, actor, caseId);
            if (access is not { IsSupervisor: true })
            {
                return new Refusal(access is null ? "case-unknown" : "escalation-supervisor-only");
            }

            var date = unit.Find<Row>(
                """
                SELECT d.id, d.subject_kind, d.subject_id, d.professional_id, w.organisation_code
                FROM deadline d JOIN professional w ON w.id = d.professional_id WHERE d.id = @deadlineId AND d.case_id = @caseId AND d.state = 'running'
                """,
                new { deadlineId, caseId });
            if (date is null)
            {
                return new Refusal("escalation-date-over");
            }

            var to = whom(unit, date);
            var name = unit.Find<string>("SELECT name FROM professional WHERE id = @to", new { to })!;
            if (to == actor.Id)
            {
                return new Refusal("escalation-is-you");
            }

            if (unit.Scalar<long>(
                "SELECT COUNT(*) FROM escalation WHERE deadline_id = @deadlineId AND to_id = @to AND step >= @FirstStep AND acknowledged_at IS NULL",
                new { deadlineId, to, FirstStep }) > 0)
            {
                return new Refusal("escalation-waits", name);
            }

            var id = unit.NewId();
            var step = Math.Max(FirstStep, 1 + unit.Scalar<int>("SELECT MAX(step) FROM escalation WHERE deadline_id = @deadlineId", new { deadlineId }));
            unit.Execute(
                """
                INSERT INTO escalation (id, deadline_id, case_id, step, to_id, raised_at, raised_by)
                VALUES (@id, @deadlineId, @caseId, @step, @to, @Now, @raisedBy)
                """,
                new { id, deadlineId, caseId, step, to, unit.Now, raisedBy = actor.Id });
            unit.Append(new Entry(caseId, kind, id, actor.Id, actor.OrganisationCode, new
            {
                subject = date.SubjectKind, subjectId = date.SubjectId.ToString(CultureInfo.InvariantCulture), organisation = date.OrganisationCode,
                notify = Notify.Ids(to, date.ProfessionalId),
            }));
            return new RaisedByHand(id.ToString(CultureInfo.InvariantCulture), name);
        });

    // An organisation without a supervisor is asked in the person who has the date: never nobody.
    private static long OnDuty(Unit unit, Row date) => Reachable.Person(unit, unit.Find<long?>(
        $"""
        SELECT s.id FROM professional s WHERE s.organisation_code = @OrganisationCode AND s.supervisor = 1 AND s.active = 1
        ORDER BY s.duty_supervisor DESC, s.id {unit.Dialect.First(1)}
        """,
        new { date.OrganisationCode }) ?? date.ProfessionalId);

    private sealed class Row
    {
        public long Id { get; init; }

        public string SubjectKind { get; init; } = "";

        public long SubjectId { get; init; }

        public long ProfessionalId { get; init; }

        public string OrganisationCode { get; init; } = "";
    }
}
