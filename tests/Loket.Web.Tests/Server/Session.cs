using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Loket.Web.Tests.Server;

/// <summary>What the server said: never thrown away, so that a test can look for what must not be in it.</summary>
public sealed record Answer(int Status, string Type, string Text, string? Location)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public bool IsProblem => Type == "application/problem+json";

    /// <summary>The code of the reason for "no".</summary>
    public string? Code => IsProblem && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>A field of the answer, as text.</summary>
    public string this[string name] => Json.GetProperty(name).ToString();

    /// <summary>The answer, or a failed test that tells what was refused.</summary>
    public Answer Ok()
    {
        Assert.True(Status is >= 200 and < 300, $"{Status} {Text}");
        return this;
    }
}

/// <summary>Somebody who talks to the server over HTTP, with the cookies of one browser; redirects are not followed.</summary>
public sealed partial class Session(HttpClient http, CookieContainer? cookies = null) : IDisposable
{
    private string? token;

    public CookieContainer? Cookies => cookies;

    public string Id { get; private set; } = "";

    /// <summary>A browser's worth of cookies at a server.</summary>
    public static Session At(Uri address)
    {
        var cookies = new CookieContainer();
        var handler = new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false, MaxConnectionsPerServer = 100 };
        return new Session(new HttpClient(handler) { BaseAddress = address }, cookies);
    }

    public async Task<Session> SignInAsync(long professionalId)
    {
        (await PostAsync("/api/v1/demo/session", new { professionalId })).Ok();
        Id = professionalId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return this;
    }

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path, null, null);

    /// <summary>As an open page fetches a part of itself again.</summary>
    public Task<Answer> FragmentAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Loket-Fragment", "1");
        return SendAsync(request);
    }

    public Task<Answer> PostAsync(string path, object? body = null, string? key = null) => SendAsync("POST", path, JsonSerializer.Serialize(body ?? new { }), key);

    public Task<Answer> PutAsync(string path, object body, string? key = null) => SendAsync("PUT", path, JsonSerializer.Serialize(body), key);

    /// <summary>Sends exactly this body.</summary>
    public Task<Answer> SendAsync(string method, string path, string? body, string? key, string type = "application/json")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return SendAsync(request);
    }

    /// <summary>Sends a form as its page does, with the token of a page of this person.</summary>
    public async Task<Answer> FormAsync(string path, IReadOnlyDictionary<string, string> fields)
    {
        token ??= await TokenAsync("/cases") ?? await TokenAsync("/sign-in");
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([.. fields, new KeyValuePair<string, string>("__RequestVerificationToken", token ?? "")]),
        });
    }

    /// <summary>Sends JSON as a script of a page does, with the token of a page of this person.</summary>
    public async Task<Answer> ScriptAsync(string path, object body)
    {
        token ??= await TokenAsync("/cases");
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        request.Headers.Add("RequestVerificationToken", token);
        return await SendAsync(request);
    }

    public void Dispose() => http.Dispose();

    private async Task<string?> TokenAsync(string path) => TokenField().Match((await GetAsync(path)).Text) is { Success: true } found ? found.Groups[1].Value : null;

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await http.SendAsync(request);
            return new Answer(
                (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync(), response.Headers.Location?.ToString());
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenField();
}
