using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

public sealed record PromiseMade(string PromiseId);

/// <summary>What somebody will do, and by when (UTC).</summary>
public sealed record PromiseForm(string? Text, DateTime? DueAt, long? HandoffId = null);

/// <summary>Promises: made with a date that chases the person who made them, kept or withdrawn by that person.</summary>
public sealed class Promises(Db db)
{
    public const int LongestText = 300;

    public Task<Outcome<PromiseMade>> MakeAsync(Actor actor, long caseId, PromiseForm form, string? key) =>
        db.WriteAsync<PromiseMade>(Command.Of(actor.Id, "promise-make", key, new { caseId, form }), unit =>
        {
            CaseAccess.RequireWork(unit, actor, caseId);
            if (form.HandoffId is { } talk && unit.Scalar<long>("SELECT COUNT(*) FROM handoff WHERE id = @talk AND case_id = @caseId AND @Id IN (sender_id, specialist_id)", new { talk, caseId, actor.Id }) == 0)
            {
                return new Refusal("handoff-unknown");
            }

            return Make(unit, actor, caseId, form.HandoffId, form.Text, form.DueAt);
        });

    /// <summary>Makes a promise inside another unit; who may do so is decided there.</summary>
    internal Outcome<PromiseMade> Make(Unit unit, Actor actor, long caseId, long? handoffId, string? text, DateTime? dueAt)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Refusal("promise-text-missing");
        }

        if (text.Length > LongestText)
        {
            return new Refusal("promise-text-too-long");
        }

        if (FreeText.Check(LongestText, text) is { } no)
        {
            return no;
        }

        if (dueAt is null)
        {
            return new Refusal("promise-date-missing");
        }

        if (dueAt <= unit.Now)
        {
            return new Refusal("promise-date-past");
        }

        if (dueAt > unit.Now.AddYears(2))
        {
            return new Refusal("promise-date-far");
        }

        actor.RequireHere(unit);
        var id = unit.NewId();
        var personal = PersonalValues.Add(unit, caseId, actor.OrganisationCode, text.Trim());
        unit.Execute(
            """
            INSERT INTO promise (id, case_id, handoff_id, personal_id, professional_id, organisation_code, made_by, made_at, due_at, state, version)
            VALUES (@id, @caseId, @handoffId, @personal, @person, @OrganisationCode, @person, @Now, @dueAt, 'open', 1)
            """,
            new { id, caseId, handoffId, personal, person = actor.Id, actor.OrganisationCode, unit.Now, dueAt });
        // Who was only consulted owes this to a colleague and gets no part in the case by it.
        if (unit.Scalar<long>("SELECT COUNT(*) FROM handoff WHERE id = @handoffId AND case_id = @caseId AND mode = 'consult' AND specialist_id = @Id", new { handoffId, caseId, actor.Id }) == 0)
        {
            Participants.TakePart(unit, caseId, actor);
        }

        Deadlines.Start(unit, "promise", id, caseId, actor.Id, dueAt.Value);
        unit.Append(new Entry(caseId, "promise_made", id, actor.Id, actor.OrganisationCode, new { due = dueAt, notify = Notify.Ids(actor.Id) }, personal));
        return new PromiseMade(id.ToString(CultureInfo.InvariantCulture));
    }

    public Task<Outcome<PromiseMade>> KeepAsync(Actor actor, long promiseId, string? key) =>
        EndAsync(actor, promiseId, "kept", null, key);

    public Task<Outcome<PromiseMade>> WithdrawAsync(Actor actor, long promiseId, string? reason, string? key) =>
        EndAsync(actor, promiseId, "withdrawn", reason, key);

    /// <summary>What was promised is done by another act, in its unit; nothing when it was over already.</summary>
    internal static void Fulfil(Unit unit, long promiseId)
    {
        var promise = unit.Find<Row>("SELECT id, case_id, professional_id, state, version FROM promise WHERE id = @promiseId", new { promiseId });
        if (promise is { State: "open" })
        {
            unit.ExecuteGuarded("UPDATE promise SET state = 'kept', ended_at = @Now, version = version + 1 WHERE id = @Id AND version = @Version", new { unit.Now, promise.Id, promise.Version });
            Deadlines.End(unit, "promise", promiseId, met: true);
            unit.Append(new Entry(promise.CaseId, "promise_kept", promiseId, promise.ProfessionalId, null, new { notify = Notify.Ids(promise.ProfessionalId) }));
        }
    }

    private Task<Outcome<PromiseMade>> EndAsync(Actor actor, long promiseId, string state, string? reason, string? key) =>
        db.WriteAsync<PromiseMade>(Command.Of(actor.Id, $"promise-{state}", key, new { promiseId, reason }), unit =>
        {
            var promise = unit.Find<Row>("SELECT id, case_id, professional_id, state, version FROM promise WHERE id = @promiseId", new { promiseId });
            if (promise is null || (promise.ProfessionalId != actor.Id && CaseAccess.Find(unit, actor, promise.CaseId) is null))
            {
                return new Refusal("promise-unknown");
            }

            if (promise.ProfessionalId != actor.Id)
            {
                return new Refusal("promise-not-yours");
            }

            if (promise.State != "open")
            {
                return new Refusal("promise-over");
            }

            if (FreeText.Check(300, reason) is { } no)
            {
                return no;
            }

            if (state == "withdrawn" && string.IsNullOrWhiteSpace(reason))
            {
                return new Refusal("promise-reason-missing");
            }

            unit.ExecuteGuarded(
                "UPDATE promise SET state = @state, ended_at = @Now, end_reason = @reason, version = version + 1 WHERE id = @Id AND version = @Version",
                new { state, unit.Now, reason, promise.Id, promise.Version });
            Deadlines.End(unit, "promise", promiseId, met: state == "kept");
            unit.Append(new Entry(promise.CaseId, $"promise_{state}", promiseId, actor.Id, actor.OrganisationCode, new { notify = Notify.Ids(actor.Id) }));
            return new PromiseMade(promiseId.ToString(CultureInfo.InvariantCulture));
        });

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public long ProfessionalId { get; init; }

        public string State { get; init; } = "";

        public int Version { get; init; }
    }
}
