using System.Collections.Concurrent;
using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace Loket.Web.Features.Voice;

/// <summary>What one browser says to the others to find them; <paramref name="To"/> null is for everybody in the talk.</summary>
public sealed record VoiceForm(string Peer, string? To, string Kind, string Data);

/// <summary>The same, as it arrives. <paramref name="Who"/> is the professional's id.</summary>
public sealed record VoiceSignal(string HandoffId, string Peer, string? To, string Who, string Kind, string Data);

/// <summary>
/// Carries signals between browsers that may hang on different nodes: through a table that forgets, read by each node
/// only while somebody there speaks. Sound itself never passes here: it goes from browser to browser.
/// </summary>
public sealed class VoiceSignals(Db db, VoiceQuery voice, IHubContext<LiveHub, ILiveClient> hub, TimeProvider clock, ILogger<VoiceSignals> log)
    : BackgroundService
{
    public const int LongestData = 16_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);
    private static readonly string[] Kinds = ["here", "gone", "hold", "resume", "offer", "answer", "ice"];
    private readonly ConcurrentDictionary<string, long> rooms = new();
    private readonly Dictionary<long, DateTime> delivered = [];
    private readonly Doorbell local = new();

    public static string Group(long handoffId) => $"voice:{handoffId.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>This connection hears the signals of the talk from now on. Refusal: <c>handoff-unknown</c>.</summary>
    public async Task<Outcome<string>> JoinAsync(Actor actor, long handoffId, string connectionId)
    {
        if (!await voice.MayJoinAsync(actor, handoffId))
        {
            return new Refusal("handoff-unknown");
        }

        rooms[connectionId] = handoffId;
        await hub.Groups.AddToGroupAsync(connectionId, Group(handoffId));
        local.Ring();
        return actor.Id.ToString(CultureInfo.InvariantCulture);
    }

    public async Task LeaveAsync(string connectionId)
    {
        if (rooms.TryRemove(connectionId, out var handoffId))
        {
            await hub.Groups.RemoveFromGroupAsync(connectionId, Group(handoffId));
        }
    }

    /// <summary>The talk this connection hears the signals of; null when it hears none.</summary>
    public long? RoomOf(string connectionId) => rooms.TryGetValue(connectionId, out var handoffId) ? handoffId : null;

    /// <summary>The connection is gone; SignalR empties its groups by itself.</summary>
    public void Forget(string connectionId) => rooms.TryRemove(connectionId, out _);

    /// <summary>Refusals: <c>handoff-unknown</c> for who is not in the live talk, <c>voice-signal-unreadable</c>.</summary>
    public Task<Outcome<string>> SendAsync(Actor actor, long handoffId, VoiceForm form) => db.WriteAsync<string>(unit =>
    {
        if (!Kinds.Contains(form.Kind) || form.Peer is not { Length: > 0 and <= 36 } || form.To is { Length: > 36 } || form.Data is not { Length: <= LongestData })
        {
            return new Refusal("voice-signal-unreadable");
        }

        if (!VoiceQuery.MayJoin(unit, actor, handoffId))
        {
            return new Refusal("handoff-unknown");
        }

        unit.Execute(
            "INSERT INTO voice_signal (id, handoff_id, from_peer, to_peer, professional_id, kind, data, at) VALUES (@id, @handoffId, @Peer, @To, @actor, @Kind, @Data, @Now)",
            new { id = unit.NewId(), handoffId, form.Peer, form.To, actor = actor.Id, form.Kind, form.Data, unit.Now });
        unit.AfterCommit(() => local.Ring());
        return form.Kind;
    });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var ring = local.Next;
            try
            {
                await DeliverAsync();
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "Signals of a voice line were not delivered; they are tried again");
            }

            // Nobody speaks on this node: no poll at all.
            await Task.WhenAny(ring, rooms.IsEmpty ? Task.Delay(Timeout.InfiniteTimeSpan, clock, stoppingToken) : Task.Delay(Poll, clock, stoppingToken));
        }
    }

    // In the order they were made; what was read twice is told once. Ids of two nodes may commit out of order, so no cursor.
    private async Task DeliverAsync()
    {
        var now = db.Now();
        foreach (var old in delivered.Where(d => d.Value < now - Fresh).Select(d => d.Key).ToList())
        {
            delivered.Remove(old);
        }

        foreach (var talks in rooms.Values.Distinct().Chunk(1000))
        {
            var rows = await db.ReadAsync(r => r.QueryAsync<Row>(
                """
                SELECT id, handoff_id, from_peer, to_peer, professional_id, kind, data, at
                FROM voice_signal WHERE handoff_id IN @talks AND at >= @since ORDER BY at, id
                """,
                new { talks, since = now - Fresh }));
            foreach (var row in rows.Where(row => delivered.TryAdd(row.Id, row.At)))
            {
                await hub.Clients.Group(Group(row.HandoffId)).Voice(new VoiceSignal(
                    row.HandoffId.ToString(CultureInfo.InvariantCulture), row.FromPeer, row.ToPeer, row.ProfessionalId.ToString(CultureInfo.InvariantCulture), row.Kind, row.Data));
            }
        }
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long HandoffId { get; init; }

        public string FromPeer { get; init; } = "";

        public string? ToPeer { get; init; }

        public long ProfessionalId { get; init; }

        public string Kind { get; init; } = "";

        public string Data { get; init; } = "";

        public DateTime At { get; init; }
    }
}
