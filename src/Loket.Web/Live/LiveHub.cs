using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Features.Voice;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Loket.Web.Live;

/// <summary>
/// The direct line to a professional. Each method asks the same use case as its form and its API call, with the person
/// as the database knows them at that moment. Ids are strings.
/// </summary>
[Authorize]
public sealed class LiveHub(Db db, AnswerOffer offers, Conversation conversation, SetPresence presence, VoiceSignals voice, Connections connections, SignedIn signedIn, Watchers watchers, RecentHints recent) : Hub<ILiveClient>
{
    /// <summary>So many lines one call may follow: all of a large organisation and those it asks.</summary>
    private const int MostLines = 200;

    public static string PersonGroup(long id) => $"person:{id.ToString(CultureInfo.InvariantCulture)}";

    public static string CaseGroup(long id) => $"case:{id.ToString(CultureInfo.InvariantCulture)}";

    public static string LineGroup(string code) => $"line:{code}";

    public override Task OnConnectedAsync()
    {
        if (SignedIn.IdOf(Context.User) is not { } id)
        {
            Context.Abort();
            return Task.CompletedTask;
        }

        connections.Opened(Context.ConnectionId, id, Context.Abort);
        return Task.CompletedTask;
    }

    /// <summary>Says who is there; from now on this connection carries the person's presence.</summary>
    public async Task<HubAnswer> Enter()
    {
        var actor = await ActorAsync(acts: false);
        connections.Add(actor.Id, Context.ConnectionId);
        await Groups.AddToGroupAsync(Context.ConnectionId, PersonGroup(actor.Id));
        return HubAnswer.Of(await presence.ArriveAsync(actor));
    }

    public async Task<HubAnswer> SetPresence(string state, string? key) => HubAnswer.Of(await presence.RunAsync(await ActorAsync(), state, key));

    public async Task<HubAnswer> Accept(string offerId, string? key) => HubAnswer.Of(await offers.AcceptAsync(await ActorAsync(), Id(offerId), key));

    public async Task<HubAnswer> Decline(string offerId, string reason, string? text, string? suggestedLine, string? key) =>
        HubAnswer.Of(await offers.DeclineAsync(await ActorAsync(), Id(offerId), new DeclineForm(reason, text, suggestedLine), key));

    public async Task<HubAnswer> MoreTime(string offerId, string? key) => HubAnswer.Of(await offers.MoreTimeAsync(await ActorAsync(), Id(offerId), key));

    public async Task<HubAnswer> Send(string handoffId, string text, string? key) =>
        HubAnswer.Of(await conversation.SendAsync(await ActorAsync(), Id(handoffId), text, key));

    /// <summary>From now on this connection hears that something in the case changed; only for who may see it, and as long as they may.</summary>
    public async Task<HubAnswer> WatchCase(string caseId)
    {
        var actor = await ActorAsync(acts: false);
        if (await db.ReadAsync(r => CaseAccess.FindAsync(r, actor, Id(caseId))) is null)
        {
            return HubAnswer.Of<string>(new Refusal("case-unknown"));
        }

        await Groups.AddToGroupAsync(Context.ConnectionId, CaseGroup(Id(caseId)));
        watchers.Watch(Context.ConnectionId, actor.Id, Id(caseId));
        return HubAnswer.Of<string>(caseId);
    }

    public Task UnwatchCase(string caseId)
    {
        watchers.Unwatch(Context.ConnectionId, Id(caseId));
        return Groups.RemoveFromGroupAsync(Context.ConnectionId, CaseGroup(Id(caseId)));
    }

    /// <summary>Availability of lines is reference knowledge: any professional may follow it.</summary>
    public async Task WatchLines(string[] lines)
    {
        await ActorAsync(acts: false);
        foreach (var line in lines.Take(MostLines))
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, LineGroup(line));
        }
    }

    /// <summary>Whether this connection may have missed a hint since its page was made (ISO 8601, UTC), of what it hears of now.</summary>
    public async Task<bool> Missed(string since)
    {
        var actor = await ActorAsync(acts: false);
        return !DateTime.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var made)
            || recent.MayHaveTold([PersonGroup(actor.Id), .. watchers.Of(Context.ConnectionId).Select(CaseGroup)], made);
    }

    public async Task Typing(string handoffId)
    {
        var actor = await ActorAsync();
        var talk = await db.ReadAsync(async r =>
            await r.FindAsync<StoredHandoff>($"SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.id = @id", new { id = Id(handoffId) }) is { } row ? await Talk.OfAsync(r, row) : null);
        if (talk is null || !talk.MayWrite(actor.Id))
        {
            return;
        }

        foreach (var person in talk.People.Where(person => person != actor.Id))
        {
            await Clients.Group(PersonGroup(person)).Typing(new Typing(handoffId, actor.Name));
        }
    }

    /// <summary>From now on this connection hears the voice signals of the talk; answers the person's id.</summary>
    public async Task<HubAnswer> JoinVoice(string handoffId) => HubAnswer.Of(await voice.JoinAsync(await ActorAsync(), Id(handoffId), Context.ConnectionId));

    public Task LeaveVoice() => voice.LeaveAsync(Context.ConnectionId);

    /// <summary>To one browser in the talk, or to all others: <c>here gone hold resume offer answer ice</c>.</summary>
    public async Task<HubAnswer> Voice(string handoffId, VoiceForm signal) => HubAnswer.Of(await voice.SendAsync(await ActorAsync(), Id(handoffId), signal));

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context.ConnectionId);
        voice.Forget(Context.ConnectionId);
        watchers.Forget(Context.ConnectionId);
        return Task.CompletedTask;
    }

    private async Task<Actor> ActorAsync(bool acts = true) => await signedIn.FindAsync(Context.User, acts) ?? throw new HubException("signed-out");

    private static long Id(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw new HubException("id-unreadable");
}

/// <summary>What a hub call answers: a value, or the code and arguments of the reason for "no".</summary>
public sealed record HubAnswer(bool Ok, object? Value, string? Refusal, string[]? Args)
{
    public static HubAnswer Of<T>(Outcome<T> outcome) => outcome.Refusal is { } no
        ? new HubAnswer(false, null, no.Code, no.Args)
        : new HubAnswer(true, outcome.Value, null, null);
}
