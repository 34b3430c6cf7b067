using System.Globalization;
using Loket.Domain;
using Loket.Domain.Callbacks;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Callbacks;

public sealed record ReachSet(string CallbackId, string TimeZone, string Channel);

/// <summary>By which clock the citizen lives (IANA) and how they want to be reached: <c>phone text_relay email desk</c>.</summary>
public sealed record ReachForm(string? TimeZone, string? Channel);

/// <summary>Keeps by which clock the citizen of a callback lives and how they want to be reached; moments offered from now on suit it.</summary>
public sealed class SetReach(Db db)
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
}
