namespace Loket.Domain.Parties;

/// <summary>RSIN of a legal person: nine digits with the same test as a BSN. Refuses: <c>rsin-length</c>, <c>rsin-wrong</c>.</summary>
public sealed record Rsin
{
    private Rsin(string value) => Value = value;

    public string Value { get; }

    public static Outcome<Rsin> Parse(string? text)
    {
        var read = Digits.Exactly(9, text, "rsin");
        if (read.Refusal is { } refusal)
        {
            return refusal;
        }

        return Digits.PassesElfproef(read.Value) ? new Rsin(read.Value) : new Refusal("rsin-wrong");
    }

    public override string ToString() => Value;
}

/// <summary>KVK number: eight digits. Refuses: <c>kvk-length</c>, <c>kvk-wrong</c>.</summary>
public sealed record KvkNumber
{
    private KvkNumber(string value) => Value = value;

    public string Value { get; }

    public static Outcome<KvkNumber> Parse(string? text)
    {
        var read = Digits.Exactly(8, text, "kvk");
        return read.Refusal is { } refusal ? refusal : new KvkNumber(read.Value);
    }

    public override string ToString() => Value;
}

/// <summary>Establishment number (vestigingsnummer): twelve digits. Refuses: <c>establishment-length</c>, <c>establishment-wrong</c>.</summary>
public sealed record EstablishmentNumber
{
    private EstablishmentNumber(string value) => Value = value;

    public string Value { get; }

    public static Outcome<EstablishmentNumber> Parse(string? text)
    {
        var read = Digits.Exactly(12, text, "establishment");
        return read.Refusal is { } refusal ? refusal : new EstablishmentNumber(read.Value);
    }

    public override string ToString() => Value;
}
