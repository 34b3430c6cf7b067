using System.Collections.Concurrent;
using System.Text.Json;
using Loket.Simulation.Client;
using Loket.Web.Tests.Server;
using Microsoft.AspNetCore.SignalR.Client;

namespace Loket.Web.Tests.Hub;

/// <summary>The answer of a hub call as another system reads it.</summary>
public sealed record Said(bool Ok, JsonElement? Value, string? Refusal);

/// <summary>Somebody's direct line over a web socket; keeps every push as it came, word for word.</summary>
public sealed class LiveClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly LiveConnection connection;
    private readonly ConcurrentQueue<JsonElement> hints = [];
    private readonly ConcurrentQueue<JsonElement> typings = [];
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    private LiveClient(LiveConnection connection)
    {
        this.connection = connection;
        connection.Hub.On<JsonElement>("Hint", hint =>
        {
            Keep(hints, hint);
            counts.AddOrUpdate(hint.GetProperty("kind").GetString()!, 1, (_, n) => n + 1);
        });
        connection.Hub.On<JsonElement>("Typing", typing => Keep(typings, typing));
    }

    /// <summary>Every push any test of this run was sent, as it came.</summary>
    public static ConcurrentQueue<string> Pushed { get; } = [];

    private static void Keep(ConcurrentQueue<JsonElement> of, JsonElement push)
    {
        Pushed.Enqueue(push.GetRawText());
        of.Enqueue(push);
    }

    public bool IsOpen => connection.Hub.State == HubConnectionState.Connected;

    public IReadOnlyList<JsonElement> Hints => [.. hints];

    public IReadOnlyList<JsonElement> Typings => [.. typings];

    /// <summary>A connection with this person's cookies; throws when the server refuses it.</summary>
    public static async Task<LiveClient> ConnectAsync(Uri address, Session session)
    {
        var client = new LiveClient(new LiveConnection(new Uri(address, "hubs/live"), session.Cookies));
        await client.connection.Hub.StartAsync();
        return client;
    }

    /// <summary>Connected, and said so.</summary>
    public static async Task<LiveClient> EnterAsync(Uri address, Session session)
    {
        var client = await ConnectAsync(address, session);
        Assert.True((await client.CallAsync("Enter")).Ok);
        return client;
    }

    public Task<Said> CallAsync(string method, params object?[] arguments) => connection.Hub.InvokeCoreAsync<Said>(method, arguments);

    /// <summary>A method that answers nothing.</summary>
    public Task SendAsync(string method, params object?[] arguments) => connection.Hub.InvokeCoreAsync(method, arguments);

    /// <summary>Waits for a push of this kind.</summary>
    public Task HintedAsync(string kind) => Until.TrueAsync(() => hints.Any(h => h.GetProperty("kind").GetString() == kind), $"a hint of {kind}");

    /// <summary>How many pushes of this kind came so far.</summary>
    public int Heard(string kind) => counts.GetValueOrDefault(kind);

    /// <summary>Waits for a push about this case, looking as often as the machine allows: for measuring.</summary>
    public async Task HintedOfAsync(string caseId)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!hints.Any(h => h.GetProperty("caseId").GetString() == caseId))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
