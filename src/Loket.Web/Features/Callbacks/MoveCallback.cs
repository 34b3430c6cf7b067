using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Representation;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Callbacks;

public sealed record CallbackMoved(string CallbackId, DateTime From, DateTime Until);

/// <summary>
/// Another moment (UTC), why, and how the citizen was told of it: <c>phone desk email letter</c>. <paramref name="Was"/>: the
/// moment (UTC) it was moved from as it was shown; without it whatever stands there is moved.
/// </summary>
public sealed record MoveForm(DateTime? From, string? Reason, string? Told, DateTime? Was = null);

/// <summary>
/// Calls back at another moment. The citizen counts on the first one, so nothing moves without a reason and before they
/// were told. The deadline moves with it.
/// </summary>
public sealed class MoveCallback(Db db, CallbackSlots slots)
{
    public const int LongestReason = 300;
    public static readonly IReadOnlyList<string> Ways = ["phone", "desk", "email", "letter"];

    public Task<Outcome<CallbackMoved>> RunAsync(Actor actor, long callbackId, MoveForm form, string? key) =>
        db.WriteAsync<CallbackMoved>(Command.Of(actor.Id, "callback-move", key, new { callbackId, form }), unit =>
        {
            var callback = CallbackAccess.Require(unit, actor, callbackId);
            OnBehalf.Require(unit, callback.CaseId, ActOnBehalf.Callback);
            if (form.From is not { } from)
            {
                return new Refusal("callback-moment-missing");
            }

            if (string.IsNullOrWhiteSpace(form.Reason))
            {
                return new Refusal("callback-reason-missing");
            }

            if (FreeText.Check(LongestReason, form.Reason) is { } no)
            {
                return no;
            }

            if (form.Told is null || !Ways.Contains(form.Told))
            {
                return new Refusal("callback-told-missing");
            }

            // The citizen was told of what somebody else chose meanwhile: that is not undone unseen.
            if (form.Was is { } was && was != callback.FromAt)
            {
                return new Refusal("callback-moved");
            }

            // Whoever else gives this person a moment waits here, and then sees this one.
            Actor.Hold(unit, callback.ProfessionalId);
            if (slots.Find(unit, callback, from) is not { } slot)
            {
                return new Refusal("callback-slot-taken");
            }

            unit.ExecuteGuarded(
                "UPDATE callback SET from_at = @From, until_at = @To, version = version + 1 WHERE id = @Id AND version = @Version",
                new { slot.From, slot.To, callback.Id, callback.Version });
            Deadlines.Move(unit, "callback", callback.Id, callback.CaseId, callback.ProfessionalId, slot.To);
            var personal = PersonalValues.Add(unit, callback.CaseId, actor.OrganisationCode, form.Reason.Trim());
            unit.Append(new Entry(
                callback.CaseId, "callback_moved", callback.Id, actor.Id, actor.OrganisationCode,
                new { was = callback.FromAt, from = slot.From, told = form.Told, notify = Notify.Ids(callback.ProfessionalId, actor.Id) }, personal));
            return new CallbackMoved(callback.Id.ToString(CultureInfo.InvariantCulture), slot.From, slot.To);
        });
}
