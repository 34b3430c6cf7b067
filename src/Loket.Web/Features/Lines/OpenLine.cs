using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Rota;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Lines;

public sealed record LineOpened(string Code);

/// <summary>
/// The manager opens a line: from now on it is on routes and rings. Refused until it has all it needs (Loket.Domain/Lines/Opening);
/// a line that lost something since stays open, and its rota warns.
/// </summary>
public sealed class OpenLine(Db db, DutchCalendar calendar, LiveHints hints)
{
    public Task<Outcome<LineOpened>> RunAsync(Actor actor, string code, string? key) =>
        db.WriteAsync<LineOpened>(Command.Of(actor.Id, "line-open", key, new { code }), unit =>
        {
            actor.RequireHere(unit);
            if (LineRota.Load(unit, actor.OrganisationCode).Find(l => l.Code == code) is not { } line)
            {
                return new Refusal("no-such-line");
            }

            if (line.IsLive)
            {
                return new Refusal("line-open");
            }

            if (line.Opening(unit.Now, calendar).Check() is { } missing)
            {
                return missing;
            }

            unit.ExecuteGuarded("UPDATE line SET is_live = 1, version = version + 1 WHERE code = @code AND version = @Version", new { code, line.Version });
            SaveRota.Record(unit, actor, code, "live", null, "1");
            unit.AfterCommit(() => line.People.ToList().ForEach(p => hints.PresenceChanged(p.Id)));
            return new LineOpened(code);
        });
}
