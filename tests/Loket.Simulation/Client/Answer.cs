using System.Net;
using System.Text.Json;

namespace Loket.Simulation.Client;

/// <summary>
/// What the server said to a call: a value, the code of a "no", or nothing at all because the line broke. After
/// nothing, only a repeat under the same key tells what happened.
/// </summary>
public sealed record Answer(HttpStatusCode? Status, JsonElement Body)
{
    public static readonly Answer Lost = new(null, default);

    public bool IsOk => (int?)Status is >= 200 and < 300;

    public bool IsLost => Status is null;

    /// <summary>The clear answer of a node that cannot reach its database.</summary>
    public bool IsGone => Status == HttpStatusCode.ServiceUnavailable && Refusal == "database-gone";

    /// <summary>Says nothing about what is there: no answer at all, a node that is too busy or without its database, a fault.</summary>
    public bool IsSilent => Status is null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    /// <summary>A fault of the server, which no caller may ever cause.</summary>
    public bool IsFault => (int?)Status >= 500;

    public string? Refusal => !IsOk && Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>A field of the answer, as text.</summary>
    public string Text(string name) => Body.GetProperty(name).ToString();

    /// <summary>The answer, or an exception that says what was refused.</summary>
    public Answer Need(string what) => IsOk ? this
        : IsLost ? throw new NothingToSayException($"{what}: no answer")
        : throw new InvalidOperationException($"{what}: {(int)Status!} {Refusal}");
}
