using System.Globalization;
using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Presence;
using Loket.Web.Features.Steps;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

public sealed record MessageSent(string MessageId);

/// <summary>The outcome of a talk. A callback needs its moment (UTC) and becomes a promise; a return needs its reason.</summary>
public sealed record FinishForm(string Outcome, string? Text, DateTime? CallbackAt = null);

/// <summary>The live talk between the professionals of one handoff: messages, having the citizen, outcome, wrap-up, giving back.</summary>
public sealed class Conversation(Db db, Dispatch dispatch, PresenceStore presence, Promises promises, AddSteps steps)
{
    public const int LongestMessage = 2000;

    /// <summary>Says something. Kept in order, with its text apart as a personal value of the author's organisation.</summary>
    public Task<Outcome<MessageSent>> SendAsync(Actor actor, long handoffId, string? text, string? key) =>
        db.WriteAsync<MessageSent>(Command.Of(actor.Id, "message-send", key, new { handoffId, text }), unit =>
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return new Refusal("message-empty");
            }

            if (text.Length > LongestMessage)
            {
                return new Refusal("message-too-long");
            }

            if (FreeText.Check(LongestMessage, text) is { } no)
            {
                return no;
            }

            var handoff = Talking(unit, actor, handoffId);
            var personal = PersonalValues.Add(unit, handoff.CaseId, actor.OrganisationCode, text.Trim());
            var id = unit.NewId();
            unit.Execute(
                "INSERT INTO message (id, handoff_id, case_id, author_id, personal_id, at) VALUES (@id, @handoffId, @CaseId, @author, @personal, @Now)",
                new { id, handoffId = handoff.Talk, handoff.CaseId, author = actor.Id, personal, unit.Now });
            unit.Append(new Entry(handoff.CaseId, "message_sent", handoff.Talk, actor.Id, actor.OrganisationCode, new { notify = Talk.Everybody(unit, handoff) }, personal));
            return new MessageSent(id.ToString(CultureInfo.InvariantCulture));
        });

    /// <summary>Warm: the specialist has the citizen (headset, called, or an appointment at a moment, UTC). Only now the sender is released.</summary>
    public Task<Outcome<HandoffRequested>> ConfirmCitizenAsync(Actor actor, long handoffId, string? how, string? key, DateTime? appointmentAt = null) =>
        db.WriteAsync<HandoffRequested>(Command.Of(actor.Id, "handoff-confirm", key, new { handoffId, how, appointmentAt }), unit =>
        {
            if (!Code.TryParse<CitizenTaken>(how, out var taken))
            {
                return new Refusal("citizen-taken-unknown");
            }

            var handoff = Own(unit, actor, handoffId);
            // "We will see each other" without a day is no appointment.
            if (taken == CitizenTaken.Appointment && (appointmentAt is null || appointmentAt <= unit.Now))
            {
                return new Refusal(appointmentAt is null ? "appointment-date-missing" : "promise-date-past");
            }

            AnswerOffer.Connect(unit, handoffId, actor, taken, taken == CitizenTaken.Appointment ? appointmentAt : null);
            return Answer(unit, handoff);
        });

    /// <summary>Records the outcome and starts the wrap-up; "returned" gives the question back to the queue instead.</summary>
    public Task<Outcome<HandoffRequested>> FinishAsync(Actor actor, long handoffId, FinishForm form, string? key) =>
        db.WriteAsync<HandoffRequested>(Command.Of(actor.Id, "handoff-finish", key, new { handoffId, form }), unit =>
        {
            if (!Code.TryParse<HandoffOutcome>(form.Outcome, out var outcome))
            {
                return new Refusal("outcome-missing");
            }

            if (FreeText.Check(LongestMessage, form.Text) is { } no)
            {
                return no;
            }

            var handoff = Own(unit, actor, handoffId);
            if (outcome == HandoffOutcome.Returned)
            {
                return string.IsNullOrWhiteSpace(form.Text) ? new Refusal("return-reason-missing") : GiveBack(unit, handoff, actor, form.Text);
            }

            if (outcome == HandoffOutcome.Callback)
            {
                var promised = promises.Make(unit, actor, handoff.CaseId, handoffId, string.IsNullOrWhiteSpace(form.Text) ? "Terugbellen" : form.Text, form.CallbackAt);
                if (!promised.IsOk)
                {
                    return promised.Refusal!;
                }
            }

            if (outcome == HandoffOutcome.StepTaken)
            {
                TakeStep(unit, actor, handoff);
            }

            var finished = Dispatch.Next(handoff, HandoffAction.Finish, HandoffPart.Specialist);
            var wrap = WrapUntil(unit, handoff.LineCode);
            var personal = string.IsNullOrWhiteSpace(form.Text)
                ? (long?)null
                : PersonalValues.Add(unit, handoff.CaseId, actor.OrganisationCode, form.Text.Trim());
            unit.ExecuteGuarded(
                "UPDATE handoff SET state = @state, outcome = @outcome, outcome_id = @personal, wrap_until = @wrap, version = version + 1 WHERE id = @Id AND version = @Version",
                new { state = Code.Of(finished), outcome = Code.Of(outcome), personal, wrap, handoff.Id, handoff.Version });
            RingLines.Count(unit, handoff.LineCode, actor.Id, talkSeconds: TalkedFor(unit, handoff));
            presence.Move(unit, actor.Id, PresenceAction.EndTalk, until: wrap);
            unit.Append(new Entry(handoff.CaseId, "handoff_finished", handoffId, actor.Id, actor.OrganisationCode, new { outcome = Code.Of(outcome), notify = Talk.Everybody(unit, handoff) }, personal));
            dispatch.StopWhenDeserted(unit, handoff);
            return Answer(unit, handoff);
        });

    /// <summary>Ends the wrap-up before its time: the specialist is free again.</summary>
    public Task<Outcome<HandoffRequested>> DoneAsync(Actor actor, long handoffId, string? key) =>
        db.WriteAsync<HandoffRequested>(Command.Of(actor.Id, "handoff-done", key, new { handoffId }), unit =>
        {
            var handoff = Own(unit, actor, handoffId);
            Close(unit, handoff, HandoffPart.Specialist);
            return Answer(unit, handoff);
        });

    /// <summary>Closes a wrapped-up handoff and, unless somebody else decides that, frees its specialist for what waits.</summary>
    public void Close(Unit unit, StoredHandoff handoff, HandoffPart part, bool andFree = true)
    {
        unit.ExecuteGuarded(
            """
            UPDATE handoff SET state = @state, closed_at = @Now, wrap_until = NULL, sender_released_at = COALESCE(sender_released_at, @Now),
                   version = version + 1 WHERE id = @Id AND version = @Version
            """,
            new { state = Code.Of(Dispatch.Next(handoff, HandoffAction.Close, part)), unit.Now, handoff.Id, handoff.Version });
        Deadlines.End(unit, "handoff", handoff.Id, met: true);
        EndPart(unit, handoff);
        Dispatch.Journal(unit, handoff, "handoff_closed", handoff.Id, null, new { handoff.Outcome, notify = Talk.Everybody(unit, handoff) });
        if (andFree && handoff.SpecialistId is { } specialist && PresenceStore.Get(unit, specialist).PresenceState == PresenceState.WrapUp
            && !PresenceStore.DutiesOf(unit, specialist).Wrapping)
        {
            presence.Move(unit, specialist, PresenceAction.EndWrapUp);
            dispatch.OfferWaiting(unit, specialist);
        }
    }

    /// <summary>
    /// Back to the queue with its context, for a new live time: the specialist leaves the case and is not asked again.
    /// <paramref name="actor"/> is null when the system does it, because the specialist vanished or left.
    /// </summary>
    public Outcome<HandoffRequested> GiveBack(Unit unit, StoredHandoff handoff, Actor? actor, string? reason)
    {
        Dispatch.Change(unit, handoff, HandoffAction.Return, actor is null ? HandoffPart.System : HandoffPart.Specialist);
        var liveUntil = unit.Now.AddSeconds(unit.Scalar<int>("SELECT live_seconds FROM line WHERE code = @LineCode", new { handoff.LineCode }));
        unit.Execute(
            """
            UPDATE handoff SET specialist_id = NULL, line_code = NULL, accepted_at = NULL, connected_at = NULL, citizen_taken = NULL,
                   sender_released_at = NULL, round = round + 1, route_position = 0, live_until = @liveUntil WHERE id = @Id
            """,
            new { liveUntil, handoff.Id });
        unit.Execute("UPDATE handoff_line SET entered_at = NULL WHERE handoff_id = @Id", new { handoff.Id });
        RingLines.Count(unit, handoff.LineCode, handoff.SpecialistId!.Value, talkSeconds: TalkedFor(unit, handoff));
        Disclose.End(unit, handoff);
        Participants.Leave(unit, handoff.CaseId, handoff.SpecialistId!.Value);
        Deadlines.End(unit, "handoff", handoff.Id, met: false);
        Deadlines.Start(unit, "handoff", handoff.Id, handoff.CaseId, handoff.SenderId, liveUntil.AddMinutes(1), firstStep: 1);
        var personal = string.IsNullOrWhiteSpace(reason) ? (long?)null : PersonalValues.Add(unit, handoff.CaseId, handoff.SenderOrganisation, reason.Trim());
        unit.Append(new Entry(handoff.CaseId, "handoff_returned", handoff.Id, actor?.Id, actor?.OrganisationCode, new { line = handoff.LineCode, notify = Talk.Everybody(unit, handoff) }, personal));
        if (PresenceStore.Get(unit, handoff.SpecialistId.Value).PresenceState == PresenceState.Engaged)
        {
            presence.Move(unit, handoff.SpecialistId.Value, PresenceAction.EndTalk, until: WrapUntil(unit, handoff.LineCode));
        }

        dispatch.OfferNext(unit, handoff.Id);
        dispatch.StopWhenDeserted(unit, handoff);
        return Answer(unit, handoff);
    }

    /// <summary>
    /// The talk is over: a specialist who took nothing on leaves the case, and what was disclosed for the talk ends. Who
    /// took the step, owns the chain or still owes something stays.
    /// </summary>
    internal static void EndPart(Unit unit, StoredHandoff handoff)
    {
        if (handoff.SpecialistId is not { } specialist || handoff.Outcome == Code.Of(HandoffOutcome.StepTaken))
        {
            return;
        }

        Disclose.LeaveLine(unit, handoff, specialist, handoff.LineCode);
    }

    /// <summary>When the wrap-up of a talk that ends now is over: as the line has it.</summary>
    internal static DateTime WrapUntil(Unit unit, string? line) =>
        unit.Now.AddSeconds(unit.Find<int?>("SELECT wrap_up_seconds FROM line WHERE code = @line", new { line }) ?? 60);

    private static int TalkedFor(Unit unit, StoredHandoff handoff) => handoff.AcceptedAt is { } from ? (int)(unit.Now - from).TotalSeconds : 0;

    // "I take this step" has a name and a date from then on (DESIGN 1): what they promised or took here already, else a step.
    private void TakeStep(Unit unit, Actor actor, StoredHandoff handoff)
    {
        if (handoff.HandoffMode != HandoffMode.Consult && unit.Scalar<long>(
            "SELECT COUNT(*) FROM deadline WHERE case_id = @CaseId AND professional_id = @Id AND state IN ('running', 'suspended') AND subject_kind IN ('promise', 'callback', 'step')", new { handoff.CaseId, actor.Id }) == 0)
        {
            steps.Add(unit, actor, handoff.CaseId, [new PlannedStep(new StepForm(AddSteps.AfterTalk, actor.OrganisationCode, Take: true))]);
        }
    }

    // The specialist of this handoff; for anybody else it does not exist.
    private static StoredHandoff Own(Unit unit, Actor actor, long handoffId)
    {
        var handoff = StoredHandoff.Get(unit, handoffId);
        return handoff.SpecialistId == actor.Id ? handoff : throw new RefusedException(new Refusal("handoff-unknown"));
    }

    private static StoredHandoff Talking(Unit unit, Actor actor, long handoffId)
    {
        var handoff = StoredHandoff.Get(unit, handoffId);
        if (actor.Id != handoff.SpecialistId && actor.Id != handoff.SenderId)
        {
            throw new RefusedException(new Refusal("handoff-unknown"));
        }

        // A released sender has left the talk: reads, and says no more.
        return Talk.Of(unit, handoff).MayWrite(actor.Id) ? handoff : throw new RefusedException(new Refusal("message-not-now"));
    }

    private static HandoffRequested Answer(Unit unit, StoredHandoff handoff) => new(
        handoff.Id.ToString(CultureInfo.InvariantCulture), handoff.CaseId.ToString(CultureInfo.InvariantCulture), StoredHandoff.StateOf(unit, handoff.Id));
}
