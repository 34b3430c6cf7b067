using System.Globalization;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.People;

/// <summary>
/// What one professional has open goes to another of the same organisation: because they left, are away, or have too
/// much. Dates stay what they were; only the person who is chased changes.
/// </summary>
public sealed class HandOver(Dispatch dispatch, Conversation conversation, PresenceStore presence)
{
    // Who holds the obligation of each kind of deadline; a kind that is not here is held by its deadline alone.
    private static readonly Dictionary<string, string> Holders = new(StringComparer.Ordinal)
    {
        ["promise"] = "UPDATE promise SET professional_id = @to, version = version + 1 WHERE id IN @subjects AND professional_id = @from AND state = 'open'",
        ["callback"] = "UPDATE callback SET professional_id = @to, version = version + 1 WHERE id IN @subjects AND professional_id = @from AND state IN ('scheduled', 'attempting', 'failed')",
        ["handoff"] = "UPDATE handoff SET sender_id = @to WHERE id IN @subjects AND sender_id = @from AND closed_at IS NULL",
        ["ownership"] = "UPDATE ownership_request SET to_id = @to, version = version + 1 WHERE id IN @subjects AND to_id = @from AND state = 'asked'",
        ["step"] = "UPDATE chain_step SET professional_id = @to, version = version + 1 WHERE id IN @subjects AND professional_id = @from AND state IN ('open', 'in_progress', 'waiting', 'suspended')",
        ["step_ask"] = "UPDATE step_request SET to_id = @to, version = version + 1 WHERE id IN @subjects AND to_id = @from AND state = 'asked'",
    };

    /// <summary>
    /// The dates (<c>d</c>) that somebody holds for themselves. What the chain owner answers for, the case's first sign of
    /// life and steps nobody accepted yet, follows the owner (StepHands) and goes nowhere else.
    /// </summary>
    public const string Held = """
        d.state IN ('running', 'suspended') AND d.subject_kind <> 'case'
        AND NOT EXISTS (SELECT 1 FROM chain_step u WHERE d.subject_kind = 'step' AND u.id = d.subject_id AND u.accepted_at IS NULL)
        """;

    /// <summary>Everything at once: obligations, what they sent and still waits, and escalations nobody answered yet.</summary>
    public static void All(Unit unit, Actor from, Actor to)
    {
        var people = new { from = from.Id, to = to.Id };
        var dates = unit.Query<HeldRow>(
            $"SELECT d.id, d.subject_kind, d.subject_id, d.case_id FROM deadline d WHERE d.professional_id = @from AND {Held}", people);
        // While a handoff is talked about its date runs at the specialist: who sent it has none, and is somebody all the same.
        var sent = unit.Query<HeldRow>("SELECT 'handoff' AS subject_kind, id AS subject_id, case_id FROM handoff WHERE sender_id = @from AND closed_at IS NULL", people);
        var warned = unit.Query<long>("SELECT DISTINCT case_id FROM escalation WHERE to_id = @from AND acknowledged_at IS NULL", people);
        unit.Execute(
            """
            UPDATE escalation SET to_id = @to WHERE to_id = @from AND acknowledged_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.deadline_id = escalation.deadline_id AND e.step = escalation.step AND e.to_id = @to)
            """,
            people);
        // What the other was told of too is theirs already: it need not climb as well.
        unit.Execute("UPDATE escalation SET climb = 'over' WHERE to_id = @from AND acknowledged_at IS NULL AND climb = 'waits'", people);
        Move(unit, null, from.Id, to, [.. dates, .. sent], warned);
    }

    /// <summary>These running dates, by a supervisor; nothing when some are not the person's any more, and then gives those.</summary>
    public static IReadOnlyList<long> Some(Unit unit, Actor by, long fromId, Actor to, IReadOnlyCollection<long> deadlines)
    {
        var held = deadlines.Chunk(1000).SelectMany(ids => unit.Query<HeldRow>(
            $"SELECT d.id, d.subject_kind, d.subject_id, d.case_id FROM deadline d WHERE d.id IN @ids AND d.professional_id = @fromId AND {Held}",
            new { ids, fromId })).ToList();
        var missing = deadlines.Except(held.Select(h => h.Id)).ToList();
        if (missing.Count == 0 && Move(unit, by, fromId, to, held, []) < held.Count)
        {
            throw new ConflictException();
        }

        return missing;
    }

    /// <summary>An offer that rings at somebody who is not there goes to the next, a talk goes back to the queue.</summary>
    public void StopTalking(Unit unit, long professionalId)
    {
        foreach (var offer in unit.Query<StoredOffer>(
            $"SELECT {StoredOffer.Columns} FROM offer o WHERE o.professional_id = @professionalId AND o.state = 'pending'", new { professionalId }))
        {
            dispatch.EndOffer(unit, offer, OfferAction.TimeOut);
            Dispatch.Journal(unit, StoredHandoff.Get(unit, offer.HandoffId), "offer_vanished", offer.Id, null, new { line = offer.LineCode });
            dispatch.MoveOn(unit, offer.HandoffId);
        }

        foreach (var handoff in unit.Query<StoredHandoff>(
            $"SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.specialist_id = @professionalId AND h.state IN ('accepted', 'connected')", new { professionalId }))
        {
            conversation.GiveBack(unit, handoff, null, null);
        }

        presence.Move(unit, professionalId, PresenceAction.LoseConnection);
    }

    /// <summary>The chains this person owns are owned by office from now on (DESIGN 4.2); gives how many.</summary>
    public static int OwnByOffice(Unit unit, Actor from, Actor successor)
    {
        var cases = unit.Query<long>("SELECT id FROM case_file WHERE owner_id = @Id AND state = 'open'", new { from.Id });
        foreach (var caseId in cases)
        {
            Ownership.Give(unit, caseId, successor, byOffice: true);
            unit.Append(new Entry(caseId, "ownership_by_office", caseId, null, from.OrganisationCode, new
            {
                from = from.Id.ToString(CultureInfo.InvariantCulture), notify = Notify.Ids(successor.Id),
            }));
        }

        return cases.Count;
    }

    /// <summary>
    /// Questions to own a chain that this person cannot answer any more are taken back; with <paramref name="ofOwner"/>
    /// only those about chains which that one owns already.
    /// </summary>
    public static void WithdrawAsked(Unit unit, Actor from, long? ofOwner = null)
    {
        foreach (var asked in unit.Query<AskedRow>(
            """
            SELECT q.id, q.case_id, q.from_id, q.asked_by FROM ownership_request q JOIN case_file c ON c.id = q.case_id
            WHERE q.to_id = @Id AND q.state = 'asked' AND c.owner_id = COALESCE(@ofOwner, c.owner_id)
            """,
            new { from.Id, ofOwner }))
        {
            unit.Execute("UPDATE ownership_request SET state = 'withdrawn', answered_at = @Now, version = version + 1 WHERE id = @Id", new { unit.Now, asked.Id });
            Deadlines.End(unit, "ownership", asked.Id, met: false);
            unit.Append(new Entry(asked.CaseId, "ownership_withdrawn", asked.Id, null, from.OrganisationCode, new { notify = Notify.Ids(asked.FromId, asked.AskedBy) }));
        }
    }

    private static int Move(Unit unit, Actor? by, long from, Actor to, List<HeldRow> held, List<long> warned)
    {
        foreach (var kind in held.GroupBy(h => h.SubjectKind).Where(kind => Holders.ContainsKey(kind.Key)))
        {
            foreach (var subjects in kind.Select(h => h.SubjectId).Chunk(1000))
            {
                unit.Execute(Holders[kind.Key], new { from, to = to.Id, subjects });
            }
        }

        var moved = held.Where(h => h.Id != 0).Select(h => h.Id).Chunk(1000).Sum(ids => unit.Execute(
            "UPDATE deadline SET professional_id = @to, version = version + 1 WHERE id IN @ids AND professional_id = @from AND state IN ('running', 'suspended')",
            new { ids, from, to = to.Id }));
        foreach (var caseId in held.Select(h => h.CaseId).Concat(warned).Distinct())
        {
            // Who had no part in the case (a consult, an escalation) gives the other none.
            if (unit.Find<PartRow>("SELECT line_code FROM case_participant WHERE case_id = @caseId AND professional_id = @from AND until IS NULL", new { caseId, from }) is { } part)
            {
                Participants.Join(unit, caseId, to, part.LineCode, part.LineCode is null ? "sender" : "specialist");
            }

            unit.Append(new Entry(caseId, "obligations_moved", to.Id, by?.Id, to.OrganisationCode, new { notify = Notify.Ids(to.Id) }));
        }

        return moved;
    }

    private sealed class HeldRow
    {
        public long Id { get; init; }

        public string SubjectKind { get; init; } = "";

        public long SubjectId { get; init; }

        public long CaseId { get; init; }
    }

    private sealed class PartRow
    {
        public string? LineCode { get; init; }
    }

    private sealed class AskedRow
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public long FromId { get; init; }

        public long AskedBy { get; init; }
    }
}
