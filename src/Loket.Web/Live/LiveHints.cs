using System.Threading.Channels;
using Loket.Web.Data;
using Microsoft.AspNetCore.SignalR;

namespace Loket.Web.Live;

/// <summary>
/// Hints about presence, which is not a matter of a case and so not in the journal: to the person, and to who watches
/// one of the person's lines. A lost hint costs a few seconds; pages ask again by themselves.
/// </summary>
public sealed class LiveHints(Db db, IHubContext<LiveHub, ILiveClient> hub, RecentHints recent, ILogger<LiveHints> log) : BackgroundService
{
    private readonly Channel<long> people = Channel.CreateBounded<long>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void PresenceChanged(long professionalId) => people.Writer.TryWrite(professionalId);

    /// <summary>This person's sessions have ended: open pages go to the sign-in.</summary>
    public void SignedOut(long professionalId) =>
        _ = hub.Clients.Group(LiveHub.PersonGroup(professionalId)).Hint(new Hint("signed_out", professionalId, null, null));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await people.Reader.WaitToReadAsync(stoppingToken))
        {
            var changed = new HashSet<long>();
            while (changed.Count < 1000 && people.Reader.TryRead(out var id))
            {
                changed.Add(id);
            }

            try
            {
                await TellAsync(changed);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "Presence hints were not sent");
            }
        }
    }

    private async Task TellAsync(HashSet<long> changed)
    {
        foreach (var id in changed)
        {
            recent.Told(LiveHub.PersonGroup(id));
            await hub.Clients.Group(LiveHub.PersonGroup(id)).Hint(new Hint("presence", id, null, null));
        }

        var lines = await db.ReadAsync(r => r.QueryAsync<string>(
            "SELECT DISTINCT line_code FROM line_member WHERE professional_id IN @changed", new { changed }));
        foreach (var line in lines)
        {
            recent.Told(LiveHub.LineGroup(line));
            await hub.Clients.Group(LiveHub.LineGroup(line)).Hint(new Hint("line", (long?)null, null, null));
        }
    }
}
