using System.Collections.Concurrent;
using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Voice;
using Loket.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace Loket.Web.Live;

/// <summary>
/// Who hears of which case on this node, and whether they still may: asked again every two seconds, whatever took the
/// right away: a part that ended, a line left, a glass whose time is over. Then the pushes stop and the open page goes,
/// within <see cref="LongestAfter"/>. Who left altogether has no connection any more (<see cref="LiveSweep"/>).
/// </summary>
public sealed class Watchers(Db db, VoiceQuery talks, VoiceSignals voice, Connections connections, IHubContext<LiveHub, ILiveClient> hub, TimeProvider clock, ILogger<Watchers> log) : BackgroundService
{
    /// <summary>How long after losing a right the last push can come: two looks and the way to the browser.</summary>
    public static readonly TimeSpan LongestAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, Watching> watching = new();

    public void Watch(string connection, long person, long caseId) => watching.GetOrAdd(connection, _ => new Watching(person)).Cases[caseId] = true;

    public void Unwatch(string connection, long caseId)
    {
        if (watching.TryGetValue(connection, out var watch))
        {
            watch.Cases.TryRemove(caseId, out _);
        }
    }

    /// <summary>The cases this connection may hear of.</summary>
    public IEnumerable<long> Of(string connection) => watching.TryGetValue(connection, out var watch) ? watch.Cases.Keys : [];

    public void Forget(string connection) => watching.TryRemove(connection, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync();
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "Who may still watch was not looked up; it is tried again at once");
            }
        }
    }

    /// <summary>One look at everybody.</summary>
    internal async Task LookAsync()
    {
        var watches = watching.SelectMany(w => w.Value.Cases.Keys.Select(id => (w.Value.Person, Connection: w.Key, CaseId: id))).ToLookup(w => w.Person);
        foreach (var person in connections.Here().Union(watches.Select(w => w.Key)))
        {
            var cases = watches[person].ToList();
            var talking = connections.Of(person).FindAll(c => voice.RoomOf(c) is not null);
            if ((cases.Count == 0 && talking.Count == 0) || await Actor.LoadAsync(db, person) is not { } actor)
            {
                continue;
            }

            await LeaveTalksAsync(actor, talking);
            var may = await db.ReadAsync(r => CaseAccess.PartsAsync(r, actor, [.. cases.Select(w => w.CaseId).Distinct()]));
            foreach (var (_, connection, caseId) in cases.Where(w => !may.ContainsKey(w.CaseId)))
            {
                Unwatch(connection, caseId);
                await hub.Groups.RemoveFromGroupAsync(connection, LiveHub.CaseGroup(caseId));
                await hub.Clients.Client(connection).Hint(new Hint("gone", null, caseId.ToString(CultureInfo.InvariantCulture), null));
            }
        }
    }

    // A talk given back goes on with somebody else: who was in it hears no voice of it any more.
    private async Task LeaveTalksAsync(Actor actor, List<string> talking)
    {
        foreach (var connection in talking)
        {
            if (voice.RoomOf(connection) is { } handoff && !await talks.MayJoinAsync(actor, handoff))
            {
                await voice.LeaveAsync(connection);
            }
        }
    }

    /// <summary>What one connection watches.</summary>
    private sealed record Watching(long Person)
    {
        public ConcurrentDictionary<long, bool> Cases { get; } = new();
    }
}
