using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.People;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Presence;

public sealed record PresenceAnswer(string State);

/// <summary>A person says whether they are there; a connection comes and goes; who is free is offered what waits.</summary>
public sealed class SetPresence(Db db, PresenceStore presence, Dispatch dispatch, Conversation conversation, Connections connections)
{
    /// <summary>By the person: <c>available</c>, <c>break</c>, <c>wrap_up</c> or <c>offline</c>.</summary>
    public Task<Outcome<PresenceAnswer>> RunAsync(Actor actor, string? state, string? key) =>
        db.WriteAsync<PresenceAnswer>(Command.Of(actor.Id, "presence-set", key, new { state }), unit =>
        {
            PresenceAction? action = state switch
            {
                "available" => PresenceAction.BecomeAvailable,
                "break" => PresenceAction.TakeBreak,
                "wrap_up" => PresenceAction.StartWrapUp,
                "offline" => PresenceAction.GoOffline,
                _ => null,
            };
            if (action is null)
            {
                return new Refusal("presence-unknown");
            }

            if (action != PresenceAction.GoOffline && Absences.IsAway(unit, actor.Id))
            {
                return new Refusal("presence-away");
            }

            // Who comes back while a talk of theirs still runs is in that talk, not free for another.
            if (ReturnToTalk(unit, actor.Id) && action == PresenceAction.BecomeAvailable)
            {
                return new PresenceAnswer(Code.Of(PresenceState.Engaged));
            }

            CloseWrapped(unit, actor.Id);
            var moved = presence.Move(unit, actor.Id, action.Value, holder: connections.Holder);
            if (!moved.IsOk)
            {
                return moved.Refusal!;
            }

            if (moved.Value == PresenceState.Available)
            {
                dispatch.OfferWaiting(unit, actor.Id);
            }

            return new PresenceAnswer(PresenceStore.Get(unit, actor.Id).State);
        });

    /// <summary>A connection arrived: this node holds the person now. A presence that was not lost stays what it is.</summary>
    public async Task<Outcome<PresenceAnswer>> ArriveAsync(Actor actor)
    {
        // When a line was lost for a moment nothing has changed; and then everybody comes back at once.
        if (await db.ReadAsync(r => r.FindAsync<string>(
            """
            SELECT state FROM presence WHERE professional_id = @Id AND (holder = @Holder OR (state = 'offline' AND NOT EXISTS (
                SELECT 1 FROM handoff h WHERE h.specialist_id = @Id AND h.state IN ('accepted', 'connected'))))
            """,
            new { actor.Id, connections.Holder })) is { } here)
        {
            return new PresenceAnswer(here);
        }

        return await db.WriteAsync<PresenceAnswer>(unit =>
        {
            unit.Execute(
                "UPDATE presence SET holder = @Holder, version = version + 1 WHERE professional_id = @Id AND state <> 'offline' AND (holder IS NULL OR holder <> @Holder)",
                new { connections.Holder, actor.Id });
            ReturnToTalk(unit, actor.Id);
            return new PresenceAnswer(PresenceStore.Get(unit, actor.Id).State);
        });
    }

    /// <summary>
    /// No connection is left, on any node, for longer than the grace: offline, an open offer goes on to the next, and a
    /// question that was accepted but not connected goes back to the queue.
    /// </summary>
    public Task<Outcome<PresenceAnswer>> VanishAsync(long professionalId, string holder, TimeSpan goneFor, bool nodeIsDead = false) => db.WriteAsync<PresenceAnswer>(unit =>
    {
        var row = PresenceStore.Get(unit, professionalId);
        if (row.Holder != holder || row.PresenceState == PresenceState.Offline)
        {
            return new PresenceAnswer(row.PresenceState == PresenceState.Offline ? row.State : Elsewhere);
        }

        // A dead node's people had six seconds to come back on another; only a talk waits longer.
        if (goneFor < GraceOf(row.PresenceState) && (!nodeIsDead || row.PresenceState == PresenceState.Engaged))
        {
            return new Refusal("presence-in-grace");
        }

        foreach (var offer in unit.Query<StoredOffer>(
            $"SELECT {StoredOffer.Columns} FROM offer o WHERE o.professional_id = @professionalId AND o.state = 'pending'", new { professionalId }))
        {
            dispatch.EndOffer(unit, offer, OfferAction.TimeOut);
            Dispatch.Journal(unit, StoredHandoff.Get(unit, offer.HandoffId), "offer_vanished", offer.Id, null, new { line = offer.LineCode });
            dispatch.MoveOn(unit, offer.HandoffId);
        }

        // An offer beside a talk is lost within seconds; the talk itself waits longer.
        if (goneFor < PresenceRules.ConversationGrace && PresenceStore.Get(unit, professionalId).PresenceState == PresenceState.Engaged)
        {
            return new PresenceAnswer(Code.Of(PresenceState.Engaged));
        }

        presence.Move(unit, professionalId, PresenceAction.LoseConnection);
        foreach (var handoff in unit.Query<StoredHandoff>(
            $"SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.specialist_id = @professionalId AND h.state = 'accepted'", new { professionalId }))
        {
            conversation.GiveBack(unit, handoff, null, null);
        }

        return new PresenceAnswer(Code.Of(PresenceState.Offline));
    });

    /// <summary>
    /// This node holds them: with connections on two nodes, losing the one that was written down takes nobody away. Only a
    /// row that names another holder is touched.
    /// </summary>
    public async Task ClaimAsync(List<long> people)
    {
        foreach (var chunk in people.Chunk(500))
        {
            var elsewhere = await db.ReadAsync(r => r.QueryAsync<long>(
                "SELECT professional_id FROM presence WHERE professional_id IN @chunk AND holder IS NOT NULL AND holder <> @Holder", new { chunk, connections.Holder }));
            if (elsewhere.Count > 0)
            {
                await db.WriteAsync<int>(unit => unit.Execute(
                    "UPDATE presence SET holder = @Holder, version = version + 1 WHERE professional_id IN @elsewhere AND holder IS NOT NULL", new { connections.Holder, elsewhere }));
            }
        }
    }

    /// <summary>The people whose connections a node held.</summary>
    public Task<List<long>> HeldByAsync(string holder) =>
        db.ReadAsync(r => r.QueryAsync<long>("SELECT professional_id FROM presence WHERE holder = @holder", new { holder }));

    /// <summary>How long each of these people may be gone, by the state they are in.</summary>
    public async Task<List<(long ProfessionalId, TimeSpan Grace)>> GracesAsync(ICollection<long> people) => people.Count == 0
        ? []
        : (await db.ReadAsync(r => r.QueryAsync<PresenceRow>(
            "SELECT professional_id, state, since, idle_since, until, holder, is_full, version FROM presence WHERE professional_id IN @people", new { people })))
            .ConvertAll(p => (p.ProfessionalId, GraceOf(p.PresenceState)));

    /// <summary>Whoever is offline but still in a talk was only away: the talk counts again.</summary>
    private bool ReturnToTalk(Unit unit, long professionalId)
    {
        if (PresenceStore.Get(unit, professionalId).PresenceState != PresenceState.Offline || unit.Scalar<long>(
            "SELECT COUNT(*) FROM handoff WHERE specialist_id = @professionalId AND state IN ('accepted', 'connected')", new { professionalId }) == 0)
        {
            return false;
        }

        presence.Move(unit, professionalId, PresenceAction.BecomeAvailable, holder: connections.Holder);
        presence.Move(unit, professionalId, PresenceAction.Reserve);
        presence.Move(unit, professionalId, PresenceAction.Engage);
        return true;
    }

    /// <summary>Wrapping up is over once the person says so: the handoff closes with it, and what the person said decides what they are.</summary>
    internal void CloseWrapped(Unit unit, long professionalId)
    {
        foreach (var handoff in unit.Query<long>("SELECT id FROM handoff WHERE specialist_id = @professionalId AND state = 'wrapping'", new { professionalId }))
        {
            conversation.Close(unit, StoredHandoff.Get(unit, handoff), HandoffPart.Specialist, andFree: false);
        }
    }

    /// <summary>Another node holds the person by now.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>A page that loads drops its connection for a moment, so even an open offer waits this long; within the stated ten seconds.</summary>
    public static readonly TimeSpan ShortestGrace = TimeSpan.FromSeconds(2);

    private static TimeSpan GraceOf(PresenceState state) => state switch
    {
        PresenceState.Reserved => ShortestGrace,
        PresenceState.Engaged => PresenceRules.ConversationGrace,
        _ => PresenceRules.Grace,
    };
}
