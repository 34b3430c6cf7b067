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
/// right away: a part that ended, a line left, a glass whose time is over, a person who left. Then the pushes stop and
/// the open page goes, within <see cref="LongestAfter"/>.
/// </summary>
public sealed class Watchers(Db db, VoiceQuery talks, VoiceSignals voice, IHubContext<LiveHub, ILiveClient> hub, TimeProvider clock, ILogger<Watchers> log) : BackgroundService
{
    /// <summary>How long after losing a right the last push can come: two looks and the way to the browser.</summary>
    public static readonly TimeSpan LongestAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, Entered> entered = new();
    private readonly ConcurrentDictionary<(string Connection, long CaseId), long> watching = new();

    /// <param name="connection">The connection.</param>
    /// <param name="person">Whose it is.</param>
    /// <param name="abort">Ends it.</param>
    public void Enter(string connection, long person, Action abort) => entered[connection] = new Entered(person, abort);

    public void Watch(string connection, long person, long caseId) => watching[(connection, caseId)] = person;

    public void Unwatch(string connection, long caseId) => watching.TryRemove((connection, caseId), out _);

    public void Forget(string connection)
    {
        entered.TryRemove(connection, out _);
        foreach (var (connectionAndCase, _) in watching.Where(w => w.Key.Connection == connection))
        {
            watching.TryRemove(connectionAndCase, out _);
        }
    }

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
        foreach (var person in entered.Values.Select(e => e.Person).Concat(watching.Values).Distinct().ToList())
        {
            var actor = await Actor.LoadAsync(db, person);
            if (actor is null)
            {
                await SendAwayAsync(person);
                continue;
            }

            await LeaveTalksAsync(actor);
            var cases = watching.Where(w => w.Value == person).ToList();
            if (cases.Count == 0)
            {
                continue;
            }

            var may = await db.ReadAsync(r => CaseAccess.PartsAsync(r, actor, [.. cases.Select(w => w.Key.CaseId).Distinct()]));
            foreach (var (watch, _) in cases.Where(w => !may.ContainsKey(w.Key.CaseId)))
            {
                watching.TryRemove(watch, out _);
                await hub.Groups.RemoveFromGroupAsync(watch.Connection, LiveHub.CaseGroup(watch.CaseId));
                await hub.Clients.Client(watch.Connection).Hint(new Hint("gone", null, watch.CaseId.ToString(CultureInfo.InvariantCulture), null));
            }
        }
    }

    // A talk given back goes on with somebody else: who was in it hears no voice of it any more.
    private async Task LeaveTalksAsync(Actor actor)
    {
        foreach (var (connection, _) in entered.Where(e => e.Value.Person == actor.Id))
        {
            if (voice.RoomOf(connection) is { } handoff && !await talks.MayJoinAsync(actor, handoff))
            {
                await voice.LeaveAsync(connection);
            }
        }
    }

    // Has left: every page of theirs goes to the sign-in, and nothing is pushed any more.
    private async Task SendAwayAsync(long person)
    {
        foreach (var (connection, who) in entered.Where(e => e.Value.Person == person))
        {
            Forget(connection);
            await hub.Clients.Client(connection).Hint(new Hint("signed_out", person, null, null));
            who.Abort();
        }
    }

    private sealed record Entered(long Person, Action Abort);
}
