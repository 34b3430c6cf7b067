using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Handoffs;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Presence;

public sealed record LineSwitched(string Line, bool On);

/// <summary>A member takes questions of one of their lines, or not for now, whatever their presence is.</summary>
public sealed class SwitchLine(Db db, Dispatch dispatch, LiveHints hints)
{
    public Task<Outcome<LineSwitched>> RunAsync(Actor actor, string line, bool on, string? key) =>
        db.WriteAsync<LineSwitched>(Command.Of(actor.Id, "line-switch", key, new { line, on }), unit =>
        {
            if (unit.Execute(
                "UPDATE line_member SET is_on = @isOn WHERE line_code = @line AND professional_id = @Id", new { isOn = on ? 1 : 0, line, actor.Id }) == 0)
            {
                return new Refusal("no-such-line");
            }

            if (on && (PresenceStore.Get(unit, actor.Id).PresenceState == PresenceState.Available || PresenceStore.HasRoom(unit, actor.Id)))
            {
                dispatch.OfferWaiting(unit, actor.Id);
            }

            unit.AfterCommit(() => hints.PresenceChanged(actor.Id));
            return new LineSwitched(line, on);
        });
}
