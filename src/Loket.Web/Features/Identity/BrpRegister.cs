using System.Text.Json;

namespace Loket.Web.Features.Identity;

/// <summary>Where the register is and how long it may take. <see cref="Key"/> goes along as <c>X-API-KEY</c>.</summary>
public sealed class RegisterOptions
{
    /// <summary>The base address; empty: no register over HTTP.</summary>
    public string Url { get; init; } = "";

    public string Key { get; init; } = "";

    public double TimeoutSeconds { get; init; } = 3;
}

/// <summary>
/// The register over HTTP, as the BRP API "personen" speaks (RaadpleegMetBurgerservicenummer): the number goes in the body
/// and never in an address, only the fields Loket keeps are asked, and a register that is slow, gone or talks nonsense is
/// an answer and not a fault.
/// </summary>
public sealed class BrpRegister : IPersonRegister, IDisposable
{
    private static readonly string[] Fields = ["burgerservicenummer", "naam.volledigeNaam", "geboorte.datum", "verblijfplaats", "geheimhoudingPersoonsgegevens"];

    private readonly HttpClient http;
    private readonly ILogger<BrpRegister> log;

    public BrpRegister(RegisterOptions options, ILogger<BrpRegister> log)
    {
        this.log = log;
        http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"{options.Url.TrimEnd('/')}/"),
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            MaxResponseContentBufferSize = 1_000_000,
        };
        if (options.Key.Length > 0)
        {
            http.DefaultRequestHeaders.Add("X-API-KEY", options.Key);
        }
    }

    public async Task<RegisterAnswer> FindAsync(string bsn, CancellationToken ct)
    {
        try
        {
            var question = new { type = "RaadpleegMetBurgerservicenummer", burgerservicenummer = new[] { bsn }, fields = Fields };
            using var response = await http.PostAsJsonAsync("personen", question, ct);
            if (!response.IsSuccessStatusCode)
            {
                log.LogWarning("The register answered {Status}", (int)response.StatusCode);
                return RegisterAnswer.Down;
            }

            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
            var person = answer.RootElement.GetProperty("personen").EnumerateArray().FirstOrDefault(p => Text(p, "burgerservicenummer") == bsn);
            return person.ValueKind == JsonValueKind.Object && Text(person, "naam", "volledigeNaam") is { } name
                ? new RegisterAnswer("found", new RegisterPerson(name, Birth(person), Address(person), IsSecret(person)))
                : RegisterAnswer.Unknown;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested
            && fault is HttpRequestException or OperationCanceledException or IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Its message may quote what was answered: only its kind is told.
            log.LogWarning("The register gave no usable answer: {Fault}", fault.GetType().Name);
            return RegisterAnswer.Down;
        }
    }

    public void Dispose() => http.Dispose();

    // Whole, or as far as the register knows it: 1985-12-01, 1985-12, 1985.
    private static string? Birth(JsonElement person) =>
        Text(person, "geboorte", "datum", "datum")
        ?? (Text(person, "geboorte", "datum", "jaar") is { } year ? Text(person, "geboorte", "datum", "maand") is { } month ? $"{year}-{month.PadLeft(2, '0')}" : year : null);

    private static string? Address(JsonElement person)
    {
        string? Line(string name) => Text(person, "verblijfplaats", "verblijfadres", name);
        return Line("officieleStraatnaam") is { } street
            ? $"{street} {Line("huisnummer")}{Line("huisletter")}{(Line("huisnummertoevoeging") is { } addition ? $"-{addition}" : "")}, {Line("postcode")} {Line("woonplaats")}".TrimEnd(' ', ',')
            : null;
    }

    // Absent means not secret; anything that is not plainly "no" is taken as secret.
    private static bool IsSecret(JsonElement person) =>
        person.TryGetProperty("geheimhoudingPersoonsgegevens", out var secret) && secret.ValueKind is not (JsonValueKind.False or JsonValueKind.Null) && secret.ToString() != "0";

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind is JsonValueKind.String or JsonValueKind.Number && element.ToString() is { Length: > 0 and <= 400 } text ? text : null;
    }
}
