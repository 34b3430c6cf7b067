using System.Globalization;
using Loket.Domain;
using Loket.Domain.Callbacks;
using Loket.Domain.Parties;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Representation;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Callbacks;

public sealed record ReachSet(string CallbackId, string TimeZone, string Channel);

/// <summary>By which clock the citizen lives (IANA) and how they want to be reached: <c>phone text_relay email desk</c>; where they can be called, when that is new.</summary>
public sealed record ReachForm(string? TimeZone, string? Channel, string? Phone = null);

/// <summary>
/// Keeps by which clock the citizen of a callback lives and how they want to be reached; moments offered from now on suit it.
/// A question that nobody took becomes a callback by itself, also without a number: it can be given here, to who calls.
/// </summary>
public sealed class SetReach(Db db, Disclose disclose)
{
    public Task<Outcome<ReachSet>> RunAsync(Actor actor, long callbackId, ReachForm form, string? key) =>
        db.WriteAsync<ReachSet>(Command.Of(actor.Id, "callback-reach", key, new { callbackId, form }), unit =>
        {
            var callback = CallbackAccess.Require(unit, actor, callbackId);
            var clock = CitizenClock.Parse(form.TimeZone);
            if (!clock.IsOk)
            {
                return clock.Refusal!;
            }

            if (!Code.TryParse<ContactChannel>(form.Channel, out var channel))
            {
                return new Refusal("channel-unknown");
            }

            if (PhoneText.Check(form.Phone) is { } unfit)
            {
                return unfit;
            }

            GivePhone(unit, actor, callback, form.Phone);
            var addresses = unit.Query<string>(
                """
                SELECT v.value FROM fact f JOIN personal_value v ON v.id = f.personal_id
                WHERE f.case_id = @CaseId AND f.kind = 'phone_email' AND v.value IS NOT NULL
                """,
                new { callback.CaseId });
            var emails = addresses.Count(a => a.Contains('@', StringComparison.Ordinal));
            if (ContactChannels.Check(channel, knowsPhone: addresses.Count > emails, knowsEmail: emails > 0) is { } no)
            {
                return no;
            }

            unit.Execute(
                "UPDATE party SET time_zone = @Id, channel = @channel WHERE id = (SELECT c.party_id FROM case_file c WHERE c.id = @CaseId)",
                new { clock.Value.Id, channel = Code.Of(channel), callback.CaseId });
            unit.Append(new Entry(
                callback.CaseId, "callback_reach", callback.Id, actor.Id, actor.OrganisationCode,
                new { zone = clock.Value.Id, channel = Code.Of(channel), notify = Notify.Ids(callback.ProfessionalId, actor.Id) }));
            return new ReachSet(callback.Id.ToString(CultureInfo.InvariantCulture), clock.Value.Id, Code.Of(channel));
        });

    // What the asker knows goes along with the question it belongs to, by the rule of the line that calls.
    private void GivePhone(Unit unit, Actor actor, StoredCallback callback, string? phone)
    {
        if (string.IsNullOrWhiteSpace(phone))
        {
            return;
        }

        OnBehalf.Require(unit, callback.CaseId, ActOnBehalf.Callback);
        var handoff = StoredHandoff.Get(unit, callback.HandoffId);
        foreach (var fact in RequestHandoff.PhoneFact(unit, callback.CaseId, actor, phone))
        {
            if (callback.LineCode is { } line && handoff.SenderOrganisation == actor.OrganisationCode)
            {
                RequestHandoff.TakeAlong(unit, callback.HandoffId, fact);
                disclose.ToLine(unit, handoff, line);
            }
        }
    }
}
