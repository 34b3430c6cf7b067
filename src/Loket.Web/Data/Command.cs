using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loket.Web.Data;

/// <summary>
/// Who asks for which write, and the idempotency key they sent with it. <paramref name="BodyHash"/> tells a repeat from
/// another request under the same key.
/// </summary>
public sealed record Command(long ActorId, string Operation, string? Key, string BodyHash)
{
    public const int LongestKey = 64;

    // What was left empty counts for nothing: a node of the next version, whose form has a field more, knows a repeat of a
    // request that a node of this one answered.
    private static readonly JsonSerializerOptions WithoutEmpty = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static readonly Command None = new(0, "", null, "");

    public static Command Of(long actorId, string operation, string? key, object body) => new(
        actorId,
        operation,
        string.IsNullOrWhiteSpace(key) ? null : key.Trim(),
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body, WithoutEmpty)))));
}
