using System.Globalization;
using Loket.Domain;
using Loket.Domain.Cases;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.People;
using Loket.Web.Features.Steps;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

public sealed record OwnershipAnswer(string RequestId, string CaseId, string State);

/// <summary>
/// Asking somebody to own the chain, and the answer. A case keeps its one owner until another explicitly accepts.
/// </summary>
public sealed class Ownership(Db db, ServiceDates dates)
{
    public Task<Outcome<OwnershipAnswer>> AskAsync(Actor actor, long caseId, long toId, string? key) =>
        db.WriteAsync<OwnershipAnswer>(Command.Of(actor.Id, "ownership-ask", key, new { caseId, toId }), unit => Ask(unit, actor, caseId, toId));

    /// <summary>Asks inside another unit.</summary>
    internal Outcome<OwnershipAnswer> Ask(Unit unit, Actor actor, long caseId, long toId)
    {
        var access = CaseAccess.Find(unit, actor, caseId);
        if (access is null)
        {
            return new Refusal("case-unknown");
        }

        if (access.State != "open")
        {
            return new Refusal("case-closed");
        }

        var target = Actor.Load(unit, toId);
        var asked = unit.Scalar<long>("SELECT COUNT(*) FROM ownership_request WHERE case_id = @caseId AND state = 'asked'", new { caseId }) > 0;
        var no = OwnershipRules.CheckAsk(
            access.IsOwner, access.IsSupervisor, target?.OrganisationCode == actor.OrganisationCode, toId == access.OwnerId, target is { WorksCases: true } && !Absences.IsAway(unit, toId), asked);
        if (no is not null)
        {
            return no;
        }

        if (!Actor.Hold(unit, toId))
        {
            return new Refusal("ownership-unreachable");
        }

        var id = unit.NewId();
        var due = dates.AnswerOwnership(unit.Now);
        unit.Execute(
            """
            INSERT INTO ownership_request (id, case_id, from_id, to_id, asked_by, asked_at, due_at, state, version)
            VALUES (@id, @caseId, @OwnerId, @toId, @asker, @Now, @due, 'asked', 1)
            """,
            new { id, caseId, access.OwnerId, toId, asker = actor.Id, unit.Now, due });
        Deadlines.Start(unit, "ownership", id, caseId, toId, due);
        unit.Append(new Entry(caseId, "ownership_asked", id, actor.Id, actor.OrganisationCode, new { to = Text(toId), notify = Notify.Ids(toId, actor.Id, access.OwnerId) }));
        // Who takes it over herself says yes by that.
        return toId == actor.Id ? Answer(unit, actor, id, OwnershipState.Accepted, null) : new OwnershipAnswer(Text(id), Text(caseId), "asked");
    }

    public Task<Outcome<OwnershipAnswer>> AcceptAsync(Actor actor, long requestId, string? key) =>
        AnswerAsync(actor, requestId, OwnershipState.Accepted, null, key);

    public Task<Outcome<OwnershipAnswer>> RefuseAsync(Actor actor, long requestId, string? reason, string? key) =>
        AnswerAsync(actor, requestId, OwnershipState.Refused, reason, key);

    public Task<Outcome<OwnershipAnswer>> WithdrawAsync(Actor actor, long requestId, string? key) =>
        AnswerAsync(actor, requestId, OwnershipState.Withdrawn, null, key);

    private Task<Outcome<OwnershipAnswer>> AnswerAsync(Actor actor, long requestId, OwnershipState answer, string? reason, string? key) =>
        db.WriteAsync<OwnershipAnswer>(Command.Of(actor.Id, $"ownership-{Code.Of(answer)}", key, new { requestId, reason }), unit => Answer(unit, actor, requestId, answer, reason));

    private static Outcome<OwnershipAnswer> Answer(Unit unit, Actor actor, long requestId, OwnershipState answer, string? reason)
    {
        var row = unit.Find<Row>("SELECT id, case_id, from_id, to_id, asked_by, state, version FROM ownership_request WHERE id = @requestId", new { requestId });
        var access = row is null ? null : CaseAccess.Find(unit, actor, row.CaseId);
        if (row is null || (actor.Id != row.ToId && access is null))
        {
            return new Refusal("ownership-unknown");
        }

        // Who asked may have left, and who was asked may be silent: then the chain waits for neither.
        var state = OwnershipRules.Answer(
            Code.Parse<OwnershipState>(row.State), answer, actor.Id == row.ToId, actor.Id == row.AskedBy || access is { IsOwner: true } or { IsSupervisor: true });
        if (!state.IsOk)
        {
            return state.Refusal!;
        }

        if (FreeText.Check(300, reason) is { } no)
        {
            return no;
        }

        if (answer == OwnershipState.Refused && string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("ownership-reason-missing");
        }

        unit.ExecuteGuarded(
            "UPDATE ownership_request SET state = @state, reason = @reason, answered_at = @Now, version = version + 1 WHERE id = @Id AND version = @Version",
            new { state = Code.Of(state.Value), reason, unit.Now, row.Id, row.Version });
        Deadlines.End(unit, "ownership", requestId, met: answer != OwnershipState.Withdrawn);
        if (answer == OwnershipState.Accepted)
        {
            actor.RequireHere(unit);
            Give(unit, row.CaseId, actor, byOffice: false);
        }

        unit.Append(new Entry(
            row.CaseId, $"ownership_{Code.Of(state.Value)}", requestId, actor.Id, actor.OrganisationCode,
            new { from = Text(row.FromId), notify = Notify.Ids(row.FromId, row.ToId, row.AskedBy) }));
        return new OwnershipAnswer(Text(requestId), Text(row.CaseId), Code.Of(state.Value));
    }

    /// <summary>The one place where the owner of a case changes. The earlier owner keeps taking part.</summary>
    internal static void Give(Unit unit, long caseId, Actor owner, bool byOffice)
    {
        unit.Execute(
            """
            UPDATE case_file SET owner_id = @Id, owner_organisation = @OrganisationCode, owner_team = @TeamCode, owned_by_office = @byOffice, version = version + 1
            WHERE id = @caseId
            """,
            new { owner.Id, owner.OrganisationCode, owner.TeamCode, byOffice = byOffice ? 1 : 0, caseId });
        unit.Execute("UPDATE case_participant SET part = 'sender' WHERE case_id = @caseId AND part = 'owner'", new { caseId });
        var line = unit.Find<string>("SELECT line_code FROM case_participant WHERE case_id = @caseId AND professional_id = @Id", new { caseId, owner.Id });
        Participants.Join(unit, caseId, owner, line, "owner");
        StepHands.FollowOwner(unit, caseId, owner.Id);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public long FromId { get; init; }

        public long ToId { get; init; }

        public long AskedBy { get; init; }

        public string State { get; init; } = "";

        public int Version { get; init; }
    }
}
