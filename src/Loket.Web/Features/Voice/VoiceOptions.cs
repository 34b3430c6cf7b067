using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Loket.Web.Features.Voice;

/// <summary>
/// How browsers reach each other through walls: section <c>Voice</c>. Without it they only use addresses of their own,
/// which is enough within one network.
/// </summary>
public sealed class VoiceOptions
{
    private static readonly TimeSpan Valid = TimeSpan.FromHours(12);

    /// <summary>Addresses of STUN servers: <c>stun:stun.example.nl:3478</c>.</summary>
    public IReadOnlyList<string> Stun { get; init; } = [];

    /// <summary>Addresses of TURN servers: <c>turns:turn.example.nl:5349</c>.</summary>
    public IReadOnlyList<string> Turn { get; init; } = [];

    /// <summary>The secret shared with the TURN server (coturn: <c>static-auth-secret</c>). Browsers get a password that ends by itself, never this.</summary>
    public string? TurnSecret { get; init; }

    /// <summary>The servers for one professional, with a name and password that hold for a working day.</summary>
    public IReadOnlyList<IceServer> ServersFor(long professionalId, DateTimeOffset now)
    {
        var servers = new List<IceServer>();
        if (Stun.Count > 0)
        {
            servers.Add(new IceServer(Stun, null, null));
        }

        if (Turn.Count > 0 && TurnSecret is { Length: > 0 } secret)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{(now + Valid).ToUnixTimeSeconds()}:{professionalId}");
#pragma warning disable CA5350 // The TURN REST scheme prescribes HMAC-SHA1.
            var password = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(name)));
#pragma warning restore CA5350
            servers.Add(new IceServer(Turn, name, password));
        }

        return servers;
    }
}

/// <summary>As a browser's RTCIceServer.</summary>
public sealed record IceServer(IReadOnlyList<string> Urls, string? Username, string? Credential);
