using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Loket.Web.Data;

/// <summary>
/// Who asks for which write, and the idempotency key they sent with it. <paramref name="BodyHash"/> tells a repeat from
/// another request under the same key.
/// </summary>
public sealed record Command(long ActorId, string Operation, string? Key, string BodyHash)
{
    public const int LongestKey = 64;

    public static readonly Command None = new(0, "", null, "");

    public static Command Of(long actorId, string operation, string? key, object body) => new(
        actorId,
        operation,
        string.IsNullOrWhiteSpace(key) ? null : key.Trim(),
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body)))));
}
