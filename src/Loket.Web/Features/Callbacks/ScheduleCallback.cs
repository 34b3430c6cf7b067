using Loket.Domain.Handoffs;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Callbacks;

/// <summary>
/// The end of every route that found nobody: a dated callback with a named person. At the first connected body of the
/// route; when none is connected, the asker's own organisation promises it (DOMAIN 2), never another body.
/// </summary>
public sealed class ScheduleCallback(CallbackSlots slots, Disclose disclose)
{
    public void Run(Unit unit, StoredHandoff handoff, HandoffPart part)
    {
        Dispatch.Change(unit, handoff, HandoffAction.ScheduleCallback, part);
        unit.Execute("UPDATE handoff SET live_until = NULL WHERE id = @Id", new { handoff.Id });
        var (line, caller) = unit.Query<LineRow>(
            """
            SELECT l.code, l.organisation_code, l.callback_attempts FROM handoff_line hl JOIN line l ON l.code = hl.line_code
            WHERE hl.handoff_id = @Id ORDER BY hl.position
            """,
            new { handoff.Id }).Select(l => (Line: l, Caller: Caller(unit, l.Code, handoff))).FirstOrDefault(x => x.Caller is not null);
        var ownPromise = caller is null;
        var person = caller ?? Reachable.Person(unit, handoff.SenderId);
        if (!Actor.Hold(unit, person))
        {
            // Left between the look and the promise; the unit looks again.
            throw new ConflictException();
        }

        var slot = slots.First(unit, handoff.CaseId, ownPromise ? null : line!.Code, person, unit.Now);
        var id = unit.NewId();
        unit.Execute(
            """
            INSERT INTO callback (id, case_id, handoff_id, line_code, organisation_code, professional_id, from_at, until_at, attempts, max_attempts, state, version)
            VALUES (@id, @CaseId, @handoff, @line, @organisation, @person, @From, @To, 0, @attempts, 'scheduled', 1)
            """,
            new
            {
                id, handoff.CaseId, handoff = handoff.Id, line = ownPromise ? null : line!.Code,
                organisation = ownPromise ? handoff.SenderOrganisation : line!.OrganisationCode,
                person, slot.From, slot.To, attempts = line?.CallbackAttempts ?? 3,
            });
        Deadlines.Start(unit, "callback", id, handoff.CaseId, person, slot.To);
        Deadlines.End(unit, "handoff", handoff.Id, met: false);
        if (!ownPromise)
        {
            disclose.ForCallback(unit, handoff, person, line!.Code);
        }
        else if (handoff.HandoffMode != HandoffMode.Consult)
        {
            // Who asked may be away: then whoever is reached instead works on the case too.
            Participants.TakePart(unit, handoff.CaseId, Actor.Load(unit, person)!);
        }

        Superseded.Withdraw(unit, handoff);
        Dispatch.Journal(unit, handoff, "callback_scheduled", id, null, new { from = slot.From, own = ownPromise, line = RingLines.Current(unit, handoff), notify = Notify.Ids(person, handoff.SenderId) });
    }

    /// <summary>Who carries out an open callback of this handoff has a part in it.</summary>
    public static HandoffPart PartOf(Unit unit, long handoffId, long professionalId) => unit.Scalar<long>(
        "SELECT COUNT(*) FROM callback WHERE handoff_id = @handoffId AND professional_id = @professionalId AND state IN ('scheduled', 'attempting', 'failed')",
        new { handoffId, professionalId }) > 0 ? HandoffPart.Caller : HandoffPart.None;

    /// <summary>Withdraws the callback with its handoff, which is closed by now: who would have called has no part in the case any more.</summary>
    public static void WithdrawOf(Unit unit, StoredHandoff handoff)
    {
        foreach (var callback in unit.Query<StoredCallback>(
            $"SELECT {StoredCallback.Columns} FROM callback c WHERE c.handoff_id = @Id AND c.state IN ('scheduled', 'attempting', 'failed')", new { handoff.Id }))
        {
            unit.Execute("UPDATE callback SET state = 'withdrawn', version = version + 1 WHERE id = @Id", new { callback.Id });
            Deadlines.End(unit, "callback", callback.Id, met: false);
            if (callback.LineCode is not null)
            {
                Disclose.LeaveLine(unit, handoff, callback.ProfessionalId, callback.LineCode);
            }
        }
    }

    /// <summary>The member with the fewest callbacks waiting; who is away or had a conflict of interest is not asked.</summary>
    private static long? Caller(Unit unit, string line, StoredHandoff handoff) => unit.Find<long?>(
        $"""
        SELECT m.professional_id FROM line_member m
        JOIN professional p ON p.id = m.professional_id AND p.active = 1
        WHERE m.line_code = @line AND m.professional_id <> @SenderId
          AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.professional_id = m.professional_id AND a.until_at > @Now AND a.from_at <= @Now)
          AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.handoff_id = @Id AND o.professional_id = m.professional_id
                          AND o.decline_reason = 'conflict_of_interest' AND o.state = 'declined')
        ORDER BY (SELECT COUNT(*) FROM callback c WHERE c.professional_id = m.professional_id AND c.state = 'scheduled'), m.tier, m.professional_id
        {unit.Dialect.First(1)}
        """,
        new { line, handoff.SenderId, handoff.Id, unit.Now });

    private sealed class LineRow
    {
        public string Code { get; init; } = "";

        public string OrganisationCode { get; init; } = "";

        public int CallbackAttempts { get; init; }
    }
}
