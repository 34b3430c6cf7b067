using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Presence;

/// <summary>A minute more to write things down, up to ten minutes in all: then the specialist takes a break or is free.</summary>
public sealed class ExtendWrapUp(Db db, LiveHints hints)
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan More = TimeSpan.FromSeconds(60);

    public Task<Outcome<PresenceAnswer>> RunAsync(Actor actor, string? key) =>
        db.WriteAsync<PresenceAnswer>(Command.Of(actor.Id, "wrap-up-extend", key, new { }), unit =>
        {
            var row = PresenceStore.Get(unit, actor.Id);
            if (row is not { PresenceState: PresenceState.WrapUp, Until: { } until })
            {
                return new Refusal("presence-not-now");
            }

            if (until + More - row.Since > Longest)
            {
                return new Refusal("wrap-up-longest");
            }

            unit.ExecuteGuarded(
                "UPDATE presence SET until = @until, version = version + 1 WHERE professional_id = @Id AND version = @Version", new { until = until + More, actor.Id, row.Version });
            foreach (var talk in unit.Query<Wrapping>("SELECT id, wrap_until FROM handoff WHERE specialist_id = @Id AND state = 'wrapping'", new { actor.Id }))
            {
                unit.Execute("UPDATE handoff SET wrap_until = @until, version = version + 1 WHERE id = @Id AND state = 'wrapping'", new { until = talk.WrapUntil + More, talk.Id });
            }

            unit.AfterCommit(() => hints.PresenceChanged(actor.Id));
            return new PresenceAnswer(row.State);
        });

    private sealed class Wrapping
    {
        public long Id { get; init; }

        public DateTime WrapUntil { get; init; }
    }
}
