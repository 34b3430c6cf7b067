using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Web.Data;

namespace Loket.Web.Features.Presence;

/// <summary>Reads and moves one person's presence inside a unit, guarded by the row's version.</summary>
public sealed class PresenceStore(Live.LiveHints hints)
{
    public static PresenceRow Get(Unit unit, long professionalId) =>
        unit.Find<PresenceRow>("SELECT professional_id, state, since, idle_since, until, holder, is_full, version FROM presence WHERE professional_id = @professionalId", new { professionalId })
        ?? new PresenceRow { ProfessionalId = professionalId, State = Code.Of(PresenceState.Offline), Since = unit.Now, IdleSince = unit.Now };

    /// <summary>
    /// Moves the presence by a rule, or says why not. <paramref name="until"/> ends the state by itself (wrap-up);
    /// <paramref name="holder"/> names the node that holds the person's connections.
    /// </summary>
    /// <param name="capacity">How many talks at once the line allows that reserves the person.</param>
    public Outcome<PresenceState> Move(
        Unit unit, long professionalId, PresenceAction action, DateTime? until = null, string? holder = null, int capacity = 1)
    {
        var row = Get(unit, professionalId);
        var from = row.PresenceState;
        // Only who is asked or talks can have more to do besides; who accepts is engaged whatever that is.
        var duties = from is PresenceState.Reserved or PresenceState.Engaged && action != PresenceAction.Engage ? DutiesOf(unit, professionalId, capacity) : Duties.None;
        var next = PresenceRules.Next(from, action, duties);
        if (!next.IsOk)
        {
            return next;
        }

        if (next.Value == PresenceState.WrapUp && until is null && duties.Wrapping)
        {
            until = WrapsUntil(unit, professionalId);
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
            full = next.Value switch
            {
                PresenceState.Engaged => action == PresenceAction.Miss ? 1 : row.IsFull,
                PresenceState.Reserved => row.IsFull,
                _ => 0,
            },
            holder = next.Value == PresenceState.Offline ? null : holder ?? row.Holder,
            row.Version,
        };
        if (row.Version == 0)
        {
            unit.Execute(
                "INSERT INTO presence (professional_id, state, since, idle_since, until, holder, is_full, version) VALUES (@professionalId, @state, @Now, @idle, @until, @holder, @full, 1)",
                args);
        }
        else
        {
            unit.ExecuteGuarded(
                """
                UPDATE presence SET state = @state, since = @Now, idle_since = @idle, until = @until, holder = @holder, is_full = @full, version = version + 1
                WHERE professional_id = @professionalId AND version = @Version
                """,
                args);
        }

        unit.AfterCommit(() => hints.PresenceChanged(professionalId));
        return next;
    }

    /// <summary>What this person does now: talks that go on, and whether a wrap-up runs.</summary>
    public static Duties DutiesOf(Unit unit, long professionalId, int capacity = 1)
    {
        var states = unit.Query<string>(
            "SELECT state FROM handoff WHERE specialist_id = @professionalId AND state IN ('accepted', 'connected', 'wrapping')", new { professionalId });
        return new Duties(states.Count(s => s != "wrapping"), states.Contains("wrapping"), capacity);
    }

    /// <summary>Whether who talks may be asked for one more: one of their lines allows more talks than they have.</summary>
    public static bool HasRoom(Unit unit, long professionalId) => unit.Scalar<int>(
        "SELECT COALESCE(MAX(l.capacity), 1) FROM line_member m JOIN line l ON l.code = m.line_code WHERE m.professional_id = @professionalId AND m.is_on = 1",
        new { professionalId }) is > 1 and var capacity && DutiesOf(unit, professionalId).Talks < capacity;

    private static DateTime? WrapsUntil(Unit unit, long professionalId) => unit.Scalar<DateTime?>(
        "SELECT MAX(wrap_until) FROM handoff WHERE specialist_id = @professionalId AND state = 'wrapping'", new { professionalId });
}

public sealed class PresenceRow
{
    public long ProfessionalId { get; init; }

    public string State { get; init; } = "";

    public DateTime Since { get; init; }

    public DateTime IdleSince { get; init; }

    public DateTime? Until { get; init; }

    public string? Holder { get; init; }

    public int IsFull { get; init; }

    public int Version { get; init; }

    public PresenceState PresenceState => Code.Parse<PresenceState>(State);
}
