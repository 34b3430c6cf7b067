using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Web.Data;

namespace Loket.Web.Features.Presence;

/// <summary>Reads and moves one person's presence inside a unit, guarded by the row's version.</summary>
public sealed class PresenceStore(Live.LiveHints hints)
{
    public static PresenceRow Get(Unit unit, long professionalId) =>
        unit.Find<PresenceRow>("SELECT professional_id, state, since, idle_since, until, holder, version FROM presence WHERE professional_id = @professionalId", new { professionalId })
        ?? new PresenceRow { ProfessionalId = professionalId, State = Code.Of(PresenceState.Offline), Since = unit.Now, IdleSince = unit.Now };

    /// <summary>
    /// Moves the presence by a rule, or says why not. <paramref name="until"/> ends the state by itself (wrap-up);
    /// <paramref name="holder"/> names the node that holds the person's connections.
    /// </summary>
    public Outcome<PresenceState> Move(Unit unit, long professionalId, PresenceAction action, DateTime? until = null, string? holder = null)
    {
        var row = Get(unit, professionalId);
        var from = row.PresenceState;
        var next = PresenceRules.Next(from, action);
        if (!next.IsOk)
        {
            return next;
        }

        // Idle time counts over all lines and starts when a person becomes free; a released offer does not restart it.
        var idle = next.Value == PresenceState.Available && from is not (PresenceState.Available or PresenceState.Reserved)
            ? unit.Now
            : row.IdleSince;
        var args = new
        {
            professionalId,
            state = Code.Of(next.Value),
            unit.Now,
            idle,
            until,
            holder = next.Value == PresenceState.Offline ? null : holder ?? row.Holder,
            row.Version,
        };
        if (row.Version == 0)
        {
            unit.Execute(
                "INSERT INTO presence (professional_id, state, since, idle_since, until, holder, version) VALUES (@professionalId, @state, @Now, @idle, @until, @holder, 1)",
                args);
        }
        else
        {
            unit.ExecuteGuarded(
                """
                UPDATE presence SET state = @state, since = @Now, idle_since = @idle, until = @until, holder = @holder, version = version + 1
                WHERE professional_id = @professionalId AND version = @Version
                """,
                args);
        }

        unit.AfterCommit(() => hints.PresenceChanged(professionalId));
        return next;
    }
}

public sealed class PresenceRow
{
    public long ProfessionalId { get; init; }

    public string State { get; init; } = "";

    public DateTime Since { get; init; }

    public DateTime IdleSince { get; init; }

    public DateTime? Until { get; init; }

    public string? Holder { get; init; }

    public int Version { get; init; }

    public PresenceState PresenceState => Code.Parse<PresenceState>(State);
}
