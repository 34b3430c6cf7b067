namespace Loket.Domain;

/// <summary>
/// A "no" that a person can act on. <paramref name="Code"/> names the reason (lower case, hyphens) and the text on
/// screen (<c>refusal.{code}</c>); <paramref name="Args"/> fill that text.
/// </summary>
public sealed record Refusal(string Code, params string[] Args);

/// <summary>What a rule or use case answers: a value, or the reason for "no". Never both.</summary>
public sealed class Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    public Refusal? Refusal { get; }

    public bool IsOk => Refusal is null;

    /// <summary>The value. Throws when this is a refusal.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal.Code}");

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
