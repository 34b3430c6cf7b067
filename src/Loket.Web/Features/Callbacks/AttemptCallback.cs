using System.Globalization;
using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Callbacks;

public sealed record CallbackAttempted(string CallbackId, string State, int Attempts);

/// <summary>The result of one attempt: <c>reached</c> or <c>no_answer</c>, with a note.</summary>
public sealed record AttemptForm(string? Result, string? Note);

/// <summary>
/// Somebody called back. Reached: fulfilled. Not reached: the next slot, and after the last attempt a supervisor takes
/// it over: no callback ends in silence.
/// </summary>
public sealed class AttemptCallback(Db db, ServiceDates dates)
{
    public Task<Outcome<CallbackAttempted>> RunAsync(Actor actor, long callbackId, AttemptForm form, string? key) =>
        db.WriteAsync<CallbackAttempted>(Command.Of(actor.Id, "callback-attempt", key, new { callbackId, form }), unit =>
        {
            if (form.Result is not ("reached" or "no_answer"))
            {
                return new Refusal("callback-result-missing");
            }

            if (FreeText.Check(1000, form.Note) is { } no)
            {
                return no;
            }

            var callback = unit.Find<StoredCallback>($"SELECT {StoredCallback.Columns} FROM callback c WHERE c.id = @callbackId", new { callbackId });
            if (callback is null || callback.ProfessionalId != actor.Id)
            {
                return new Refusal("callback-unknown");
            }

            if (callback.State is "fulfilled" or "withdrawn")
            {
                return new Refusal("callback-over");
            }

            Dispatch.Change(unit, StoredHandoff.Get(unit, callback.HandoffId), HandoffAction.StartAttempt, HandoffPart.Caller);
            var attempt = callback.Attempts + 1;
            var personal = string.IsNullOrWhiteSpace(form.Note)
                ? (long?)null
                : PersonalValues.Add(unit, callback.CaseId, actor.OrganisationCode, form.Note.Trim());
            unit.Execute(
                "INSERT INTO callback_attempt (callback_id, n, at, professional_id, result, personal_id) VALUES (@callbackId, @attempt, @Now, @person, @Result, @personal)",
                new { callbackId, attempt, unit.Now, person = actor.Id, form.Result, personal });
            var state = form.Result == "reached" ? Fulfil(unit, callback) : attempt < callback.MaxAttempts ? TryAgain(unit, callback) : Escalate(unit, callback);
            unit.ExecuteGuarded(
                "UPDATE callback SET state = @state, attempts = @attempt, version = version + 1 WHERE id = @callbackId AND version = @Version",
                new { state, attempt, callbackId, callback.Version });
            var now = unit.Find<StoredCallback>($"SELECT {StoredCallback.Columns} FROM callback c WHERE c.id = @callbackId", new { callbackId })!;
            unit.Append(new Entry(
                callback.CaseId, "callback_attempted", callbackId, actor.Id, actor.OrganisationCode,
                new { form.Result, attempt, state, notify = Notify.Ids(now.ProfessionalId, actor.Id) }, personal));
            return new CallbackAttempted(callbackId.ToString(CultureInfo.InvariantCulture), state, attempt);
        });

    private static string Fulfil(Unit unit, StoredCallback callback)
    {
        var handoff = StoredHandoff.Get(unit, callback.HandoffId);
        Dispatch.Change(unit, handoff, HandoffAction.Fulfil, HandoffPart.Caller);
        unit.Execute("UPDATE handoff SET closed_at = @Now WHERE id = @HandoffId", new { unit.Now, callback.HandoffId });
        unit.Execute("UPDATE callback SET state = 'fulfilled' WHERE id = @Id", new { callback.Id });
        Deadlines.End(unit, "callback", callback.Id, met: true);
        if (callback.LineCode is not null)
        {
            Disclose.LeaveLine(unit, handoff, callback.ProfessionalId, callback.LineCode);
        }

        return "fulfilled";
    }

    private string TryAgain(Unit unit, StoredCallback callback)
    {
        Dispatch.Change(unit, StoredHandoff.Get(unit, callback.HandoffId), HandoffAction.MissAttempt, HandoffPart.Caller);
        NewSlot(unit, callback, callback.ProfessionalId, unit.Now.AddHours(1));
        return "scheduled";
    }

    private string Escalate(Unit unit, StoredCallback callback)
    {
        Dispatch.Change(unit, StoredHandoff.Get(unit, callback.HandoffId), HandoffAction.Fail, HandoffPart.Caller);
        Dispatch.Change(unit, StoredHandoff.Get(unit, callback.HandoffId), HandoffAction.Escalate, HandoffPart.System);
        var supervisor = Reachable.SupervisorOf(unit, callback.ProfessionalId);
        unit.Execute("UPDATE callback SET professional_id = @supervisor WHERE id = @Id", new { supervisor, callback.Id });
        Participants.Join(unit, callback.CaseId, Actor.Load(unit, supervisor)!, callback.LineCode, "specialist");
        NewSlot(unit, callback, supervisor, unit.Now);
        foreach (var person in new[] { supervisor, Reachable.Person(unit, unit.Scalar<long>("SELECT owner_id FROM case_file WHERE id = @CaseId", new { callback.CaseId })) }.Distinct())
        {
            Escalations.Raise(unit, "callback", callback.Id, callback.CaseId, step: 4, person);
        }

        return "failed";
    }

    private void NewSlot(Unit unit, StoredCallback callback, long person, DateTime notBefore)
    {
        var hours = unit.Find<string>("SELECT hours FROM line WHERE code = @LineCode", new { callback.LineCode });
        var slot = dates.Callback(notBefore, [], atOnce: 1, hours);
        unit.Execute("UPDATE callback SET from_at = @From, until_at = @To WHERE id = @Id", new { slot.From, slot.To, callback.Id });
        Deadlines.Move(unit, "callback", callback.Id, callback.CaseId, person, slot.To);
    }
}
