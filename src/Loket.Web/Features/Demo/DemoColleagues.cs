using System.Collections.Concurrent;
using Loket.Domain.Handoffs;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Demo;

/// <summary>Settings of the demo profile, from <c>Demo</c>: off by default outside the embedded profile's own settings.</summary>
public sealed class DemoOptions
{
    /// <summary>The demo profile: sign-in by choosing a person, invented people, test persons as register.</summary>
    public bool Enabled { get; init; }

    /// <summary>Virtual colleagues answer offers from the start.</summary>
    public bool Colleagues { get; init; }

    /// <summary>How many times faster than people the colleagues are; 1 is believable.</summary>
    public double Speed { get; init; } = 1;
}

/// <summary>
/// Virtual specialists of the demo profile: they accept, refuse and miss offers at believable speeds through the same use
/// cases as people, so that one person alone sees a live handoff work. Whoever signs in as one of them takes over.
/// </summary>
public sealed class DemoColleagues(
    Db db, AnswerOffer offers, Conversation conversation, SetPresence presence, Ownership ownership, Connections connections, DemoOptions options,
    TimeProvider clock, ILogger<DemoColleagues> log) : BackgroundService
{
    private readonly ConcurrentDictionary<long, byte> busy = new();
    private volatile bool on = options.Colleagues;

    public bool IsOn => on;

    public void Switch(bool value) => on = value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (on)
                {
                    await WakeAsync(stoppingToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "The demo colleagues stumbled");
            }
        }
    }

    private async Task WakeAsync(CancellationToken ct)
    {
        var people = await db.ReadAsync(r => r.QueryAsync<Colleague>(
            """
            SELECT w.id, COALESCE(p.state, 'offline') AS state,
                   (SELECT MIN(o.id) FROM offer o WHERE o.professional_id = w.id AND o.state = 'pending') AS offer_id,
                   (SELECT MIN(h.id) FROM handoff h WHERE h.specialist_id = w.id AND h.state IN ('accepted', 'connected')) AS handoff_id,
                   (SELECT MIN(q.id) FROM ownership_request q WHERE q.to_id = w.id AND q.state = 'asked') AS request_id
            FROM professional w LEFT JOIN presence p ON p.professional_id = w.id
            WHERE w.demo_colleague = 1 AND w.active = 1 AND w.specialist = 1
            """));
        foreach (var colleague in people.Where(c => !connections.IsHere(c.Id)))
        {
            if ((colleague.State is "offline" or "missed" or "break" || colleague.OfferId is not null || colleague.HandoffId is not null || colleague.RequestId is not null)
                && busy.TryAdd(colleague.Id, 0))
            {
                _ = PlayAsync(colleague, ct);
            }
        }
    }

    private async Task PlayAsync(Colleague colleague, CancellationToken ct)
    {
        try
        {
            if (await Actor.LoadAsync(db, colleague.Id) is not { } actor)
            {
                return;
            }

            if (colleague.OfferId is { } offer)
            {
                await AnswerAsync(actor, offer, ct);
            }
            else if (colleague.HandoffId is { } handoff)
            {
                await TalkAsync(actor, handoff, ct);
            }
            else if (colleague.RequestId is { } request)
            {
                await PauseAsync(6, 12, ct);
                await ownership.AcceptAsync(actor, request, null);
            }
            else
            {
                await PauseAsync(0, colleague.State == "offline" ? 2 : 40, ct);
                await presence.RunAsync(actor, "available", null);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "A demo colleague stumbled");
        }
        finally
        {
            busy.TryRemove(colleague.Id, out _);
        }
    }

    private async Task AnswerAsync(Actor actor, long offer, CancellationToken ct)
    {
        var dice = Random.Shared.Next(100);
        await PauseAsync(4, 12, ct);
        if (dice < 75)
        {
            await offers.AcceptAsync(actor, offer, null);
        }
        else if (dice < 92)
        {
            await offers.DeclineAsync(actor, offer, new DeclineForm(Domain.Code.Of(DeclineReason.NoCapacity), null, null), null);
        }

        // The rest is not answered: it times out, as it does in life.
        else
        {
            await PauseAsync(20, 21, ct);
        }
    }

    private async Task TalkAsync(Actor actor, long handoff, CancellationToken ct)
    {
        await PauseAsync(3, 6, ct);
        await conversation.ConfirmCitizenAsync(actor, handoff, Domain.Code.Of(CitizenTaken.Headset), null);
        await conversation.SendAsync(actor, handoff, "Goedendag, ik lees mee. Ik heb de inwoner aan de lijn.", null);
        await PauseAsync(15, 25, ct);
        await conversation.SendAsync(actor, handoff, "Ik pak dit op en bel morgen over de vervolgstap.", null);
        await PauseAsync(15, 30, ct);
        await conversation.FinishAsync(
            actor, handoff, new FinishForm(Domain.Code.Of(HandoffOutcome.Callback), "Bellen over de vervolgstap", clock.GetUtcNow().UtcDateTime.AddHours(20)), null);
    }

    private Task PauseAsync(int from, int to, CancellationToken ct) =>
        Task.Delay(TimeSpan.FromSeconds((from + (Random.Shared.NextDouble() * (to - from))) / options.Speed), clock, ct);

    private sealed class Colleague
    {
        public long Id { get; init; }

        public string State { get; init; } = "";

        public long? OfferId { get; init; }

        public long? HandoffId { get; init; }

        public long? RequestId { get; init; }
    }
}
