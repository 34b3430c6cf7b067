using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Loket.Simulation.Client;

/// <summary>One row of the demo's list of people: who, where, in which roles, on which line.</summary>
public sealed record Somebody(string Id, string Name, string OrganisationCode, int FrontOffice, int Specialist, int Supervisor, string? LineCode);

/// <summary>A push of the hub: something of this kind changed.</summary>
public sealed record Hint(string Kind, string? Id, string? CaseId, int? Version);

/// <summary>The answer of a hub call.</summary>
public sealed record HubAnswer(bool Ok, JsonElement? Value, string? Refusal);

/// <summary>
/// A signed-in professional as another system sees one: the interface over HTTP, and the hub. Every call and every new
/// connection goes to the next node, so that no call may lean on what another node keeps to itself.
/// </summary>
public sealed class Professional : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;
    private readonly IReadOnlyList<Uri> nodes;
    private readonly LiveConnection live;
    private int turn;

    private Professional(IReadOnlyList<Uri> nodes, string id)
    {
        this.nodes = nodes;
        turn = Random.Shared.Next(nodes.Count);
        Id = id;
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false })
        {
            Timeout = Patience,
        };
        live = new LiveConnection(() => At("hubs/live"), cookies);
        Hub.On<Hint>("Hint", hint => Hinted?.Invoke(hint));
    }

    public string Id { get; }

    /// <summary>What the sign-in gave, for connections of another kind.</summary>
    public CookieContainer Cookies => cookies;

    public HubConnection Hub => live.Hub;

    public event Action<Hint>? Hinted;

    public static Task<Professional> SignInAsync(Uri server, string id) => SignInAsync([server], id);

    public static async Task<Professional> SignInAsync(IReadOnlyList<Uri> nodes, string id)
    {
        var professional = new Professional(nodes, id);
        (await professional.PostAsync("api/v1/demo/session", new { professionalId = id })).Need($"sign-in of {id}");
        return professional;
    }

    public static async Task<List<Somebody>> EverybodyAsync(Uri server)
    {
        using var anonymous = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
        return (await anonymous.GetFromJsonAsync<List<Somebody>>("api/v1/demo/professionals", Json))!;
    }

    /// <summary>A fresh idempotency key.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>
    /// Connects to the hub, so that presence and pushes belong to this connection. An <see cref="IOException"/> when the
    /// server cannot take it in now, as without its database: nothing is connected then, and it can be tried again.
    /// </summary>
    public async Task EnterAsync()
    {
        await Hub.StartAsync();
        HubAnswer entered;
        try
        {
            entered = await Hub.InvokeAsync<HubAnswer>("Enter");
        }
        catch (HubException fault)
        {
            await Hub.StopAsync();
            throw new IOException("The server did not take the connection in.", fault);
        }

        if (!entered.Ok)
        {
            throw new InvalidOperationException($"enter: {entered.Refusal}");
        }
    }

    /// <summary>Cuts the hub connection without a word.</summary>
    public void Cut() => live.Cut();

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, At(path)), null);

    /// <summary>An unsafe call. <paramref name="cutAfter"/> drops the line in the middle of it.</summary>
    public Task<Answer> PostAsync(string path, object? body = null, string? key = null, TimeSpan? cutAfter = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, At(path)) { Content = JsonContent.Create(body ?? new { }, options: Json) }, key, cutAfter);

    public Task<Answer> PutAsync(string path, object body, string? key = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, At(path)) { Content = JsonContent.Create(body, options: Json) }, key);

    /// <summary>A page, read to its end; only its status matters.</summary>
    public async Task<HttpStatusCode> PageAsync(string path)
    {
        using var response = await http.GetAsync(At(path));
        await response.Content.CopyToAsync(Stream.Null);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await live.DisposeAsync();
        http.Dispose();
    }

    private Uri At(string path) => new(nodes[(int)((uint)Interlocked.Increment(ref turn) % (uint)nodes.Count)], path);

    private async Task<Answer> SendAsync(HttpRequestMessage request, string? key, TimeSpan? cutAfter = null)
    {
        using var cut = new CancellationTokenSource(cutAfter ?? Patience);
        using (request)
        {
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            try
            {
                using var response = await http.SendAsync(request, cut.Token);
                var text = await response.Content.ReadAsByteArrayAsync(cut.Token);
                return new Answer(response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
            }
            catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException or IOException)
            {
                return Answer.Lost;
            }
        }
    }
}
