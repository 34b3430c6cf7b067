using System.Globalization;
using Loket.Domain;
using Loket.Domain.Callbacks;
using Loket.Domain.Handoffs;
using Loket.Domain.Parties;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Representation;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Callbacks;

public sealed record CallbackAttempted(string CallbackId, string State, int Attempts);

/// <summary>The result of one attempt: <c>reached no_answer engaged wrong_number</c>, with a note.</summary>
public sealed record AttemptForm(string? Result, string? Note);

/// <summary>
/// Somebody called back. Reached: fulfilled. Not reached: the next slot, and after the last attempt, or at once when the
/// number is wrong, a supervisor takes it over (<see cref="CallbackRules"/>).
/// </summary>
public sealed class AttemptCallback(Db db, CallbackSlots slots)
{
    public Task<Outcome<CallbackAttempted>> RunAsync(Actor actor, long callbackId, AttemptForm form, string? key) =>
        db.WriteAsync<CallbackAttempted>(Command.Of(actor.Id, "callback-attempt", key, new { callbackId, form }), unit =>
        {
            if (!Code.TryParse<CallbackResult>(form.Result, out var result))
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

            if (!callback.IsOpen)
            {
                return new Refusal("callback-over");
            }

            if (CallbackRules.Check(result, callback.Attempts, hasBegun: unit.Now >= callback.FromAt) is { } early)
            {
                return early;
            }

            OnBehalf.Require(unit, callback.CaseId, ActOnBehalf.Callback);
            Dispatch.Change(unit, StoredHandoff.Get(unit, callback.HandoffId), HandoffAction.StartAttempt, HandoffPart.Caller);
            var attempt = callback.Attempts + 1;
            var personal = string.IsNullOrWhiteSpace(form.Note)
                ? (long?)null
                : PersonalValues.Add(unit, callback.CaseId, actor.OrganisationCode, form.Note.Trim());
            unit.Execute(
                "INSERT INTO callback_attempt (callback_id, n, at, professional_id, result, why_not, personal_id) VALUES (@callbackId, @attempt, @Now, @person, @reached, @whyNot, @personal)",
                new
                {
                    callbackId, attempt, unit.Now, person = actor.Id, reached = result == CallbackResult.Reached ? "reached" : "no_answer",
                    whyNot = result == CallbackResult.Reached ? null : Code.Of(result), personal,
                });
            var (next, wait) = CallbackRules.Next(result, attempt, callback.MaxAttempts);
            var state = next switch
            {
                CallbackNext.Fulfil => Fulfil(unit, callback),
                CallbackNext.TryAgain => TryAgain(unit, callback, wait),
                _ => Escalate(unit, callback),
            };
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

    private string TryAgain(Unit unit, StoredCallback callback, TimeSpan wait)
    {
        Dispatch.Change(unit, StoredHandoff.Get(unit, callback.HandoffId), HandoffAction.MissAttempt, HandoffPart.Caller);
        NewSlot(unit, callback, callback.ProfessionalId, unit.Now + wait);
        return "scheduled";
    }

    private string Escalate(Unit unit, StoredCallback callback)
    {
        Dispatch.Change(unit, StoredHandoff.Get(unit, callback.HandoffId), HandoffAction.Fail, HandoffPart.Caller);
        Dispatch.Change(unit, StoredHandoff.Get(unit, callback.HandoffId), HandoffAction.Escalate, HandoffPart.System);
        var supervisor = Reachable.SupervisorOf(unit, callback.ProfessionalId);
        unit.Execute("UPDATE callback SET professional_id = @supervisor WHERE id = @Id", new { supervisor, callback.Id });
        // Who stands in for somebody who was only consulted calls with the question; the case stays with who asked.
        if (StoredHandoff.Get(unit, callback.HandoffId).HandoffMode != HandoffMode.Consult)
        {
            Participants.Join(unit, callback.CaseId, Actor.Load(unit, supervisor)!, callback.LineCode, "specialist");
        }

        NewSlot(unit, callback, supervisor, unit.Now);
        foreach (var person in new[] { supervisor, Reachable.Person(unit, unit.Scalar<long>("SELECT owner_id FROM case_file WHERE id = @CaseId", new { callback.CaseId })) }.Distinct())
        {
            Escalations.Raise(unit, "callback", callback.Id, callback.CaseId, step: 4, person);
        }

        return "failed";
    }

    private void NewSlot(Unit unit, StoredCallback callback, long person, DateTime notBefore)
    {
        var slot = slots.First(unit, callback.CaseId, callback.LineCode, person, notBefore, callback.Id);
        unit.Execute("UPDATE callback SET from_at = @From, until_at = @To WHERE id = @Id", new { slot.From, slot.To, callback.Id });
        Deadlines.Move(unit, "callback", callback.Id, callback.CaseId, person, slot.To);
    }
}
