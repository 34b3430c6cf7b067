using System.Text.Json;
using Loket.Domain;

namespace Loket.Web.Data;

/// <summary>
/// The answers already given, by person and key, written in the transaction of the effect: at once, after a restart and
/// on another node the same key gives the same answer.
/// </summary>
internal static class Idempotency
{
    public static Outcome<T>? Earlier<T>(Unit unit, Command command)
    {
        if (command.Key!.Length > Command.LongestKey)
        {
            return new Refusal("key-too-long");
        }

        var row = unit.Find<Row>(
            "SELECT operation, body_hash, answer FROM idempotency WHERE actor_id = @ActorId AND idempotency_key = @Key",
            command);
        if (row is null)
        {
            return null;
        }

        if (row.Operation != command.Operation || row.BodyHash != command.BodyHash)
        {
            return new Refusal("key-reused");
        }

        var answer = JsonSerializer.Deserialize<Answer<T>>(row.Answer)!;
        return answer.Refusal is { } refusal ? refusal : answer.Value!;
    }

    public static void Remember<T>(Unit unit, Command command, Outcome<T> outcome) => unit.Execute(
        """
        INSERT INTO idempotency (actor_id, idempotency_key, operation, body_hash, answer, at)
        VALUES (@ActorId, @Key, @Operation, @BodyHash, @answer, @Now)
        """,
        new
        {
            command.ActorId,
            command.Key,
            command.Operation,
            command.BodyHash,
            answer = JsonSerializer.Serialize(new Answer<T>(outcome.IsOk ? outcome.Value : default, outcome.Refusal)),
            unit.Now,
        });

    private sealed record Answer<T>(T? Value, Refusal? Refusal);

    private sealed class Row
    {
        public string Operation { get; init; } = "";

        public string BodyHash { get; init; } = "";

        public string Answer { get; init; } = "";
    }
}
