using System.Globalization;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Live;
using Microsoft.AspNetCore.SignalR;

namespace Loket.Web.Features.Rota;

/// <summary>
/// Tells the line managers who have a page open on this node that a line of theirs will be short of people, or no longer
/// will: a hint <c>rota</c>, and the page asks what it is. A lost hint costs nothing but time: every page says it when it opens.
/// </summary>
public sealed class WarnShort(Db db, Connections connections, DutchCalendar calendar, IHubContext<LiveHub, ILiveClient> hub, TimeProvider clock, ILogger<WarnShort> log) : BackgroundService
{
    /// <summary>How long before it begins it is said on every page.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private readonly Dictionary<long, string> told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var person in await ChangedAsync(connections.Here()))
                {
                    await hub.Clients.Group(LiveHub.PersonGroup(person)).Hint(new Hint("rota", (long?)null, null, null));
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "Line managers were not warned; the next look does it");
            }
        }
    }

    /// <summary>Those of these people for whom it is another than at the look before.</summary>
    internal async Task<IReadOnlyList<long>> ChangedAsync(IReadOnlyCollection<long> here)
    {
        var managers = await db.ReadAsync(async r =>
        {
            var found = new List<Row>();
            foreach (var some in here.Chunk(1000))
            {
                found.AddRange(await r.QueryAsync<Row>("SELECT p.id, p.organisation_code FROM professional p WHERE p.id IN @some AND p.active = 1 AND p.line_manager = 1", new { some }));
            }

            return found;
        });
        told.Keys.Except(managers.ConvertAll(m => m.Id)).ToList().ForEach(gone => told.Remove(gone));
        var changed = new List<long>();
        foreach (var organisation in managers.GroupBy(m => m.OrganisationCode, StringComparer.Ordinal))
        {
            var now = db.Now();
            var lines = await db.ReadAsync(r => LineRota.LoadAsync(r, organisation.Key, now));
            var state = string.Join('\n', lines.SelectMany(l => l.Warned(now, calendar).Where(s => s.From < now + Ahead)
                .Select(s => string.Create(CultureInfo.InvariantCulture, $"{l.Code} {s.Until:O} {s.People}"))));
            foreach (var manager in organisation)
            {
                // Whoever has just come has it on the page that was opened.
                if (told.TryGetValue(manager.Id, out var before) && before != state)
                {
                    changed.Add(manager.Id);
                }

                told[manager.Id] = state;
            }
        }

        return changed;
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string OrganisationCode { get; init; } = "";
    }
}
