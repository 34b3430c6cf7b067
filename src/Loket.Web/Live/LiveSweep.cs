using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Security;

namespace Loket.Web.Live;

/// <summary>
/// Twice a second on every node: what time brought about, who lost their connection, which nodes are dead. Everything
/// is guarded by versions, so several nodes doing it at once is harmless. Presence lies no longer than
/// <see cref="LongestLie"/>, on a node that died no longer than <see cref="LongestLieOfDeadNode"/>.
/// </summary>
public sealed class LiveSweep(WatchClock watch, SetPresence presence, Connections connections, SignedIn signedIn, NodeLease lease, TimeProvider clock, ILogger<LiveSweep> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private const int BeatEvery = 4;

    /// <summary>A dropped cable: six seconds until it is noticed, twenty of grace, and the next sweep.</summary>
    public static readonly TimeSpan LongestLie = TimeSpan.FromSeconds(27);

    /// <summary>The last beat may be two seconds old when it is first seen; six seconds later, at the next look, the node is dead.</summary>
    public static readonly TimeSpan LongestLieOfDeadNode = TimeSpan.FromSeconds(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await lease.GiveUpAsync();
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The lease was not given back; the other nodes find this one dead in a few seconds");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        for (var tick = 0; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            try
            {
                await TickAsync(tick);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "The live sweep failed; it runs again at once");
            }
        }
    }

    /// <summary>One look, half a second after the one before.</summary>
    internal async Task TickAsync(int tick)
    {
        if (tick % BeatEvery == 0)
        {
            await lease.BeatAsync();
            await presence.ClaimAsync(connections.Here());
            await TakeOverAsync();
            connections.Cut(await signedIn.OverAsync(connections.SignedIn()));
        }

        await LetGoAsync();
        await watch.RunAsync();
    }

    private async Task LetGoAsync()
    {
        var lost = connections.Lost().Where(p => p.For >= SetPresence.ShortestGrace).ToDictionary(p => p.ProfessionalId, p => p.For);
        foreach (var (person, grace) in await presence.GracesAsync(lost.Keys))
        {
            // One after another takes a while: who came back meanwhile is here.
            if (lost[person] >= grace && !connections.IsHere(person) && await presence.VanishAsync(person, connections.Holder, lost[person]) is { IsOk: true, Value.State: not "engaged" })
            {
                connections.Forget(person);
            }
        }
    }

    private async Task TakeOverAsync()
    {
        foreach (var (holder, still) in await lease.StillAsync())
        {
            foreach (var person in await presence.HeldByAsync(holder))
            {
                await presence.VanishAsync(person, holder, still, nodeIsDead: true);
            }
        }
    }
}
