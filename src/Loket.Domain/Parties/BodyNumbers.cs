namespace Loket.Domain.Parties;

/// <summary>Organisatie-identificatienummer: 20 letters or digits, stored in capitals. Refuses: <c>oin-length</c>, <c>oin-wrong</c>.</summary>
public sealed record Oin
{
    private Oin(string value) => Value = value;

    public string Value { get; }

    public static Outcome<Oin> Parse(string? text)
    {
        var value = Digits.Trimmed(text).ToUpperInvariant();
        if (!value.All(char.IsAsciiLetterOrDigit))
        {
            return new Refusal("oin-wrong");
        }

        return value.Length == 20 ? new Oin(value) : new Refusal("oin-length");
    }

    public override string ToString() => Value;
}

/// <summary>
/// Code of a municipality: four digits (<c>0344</c>), in the TOOI register <c>gm0344</c>; both are read. Refuses:
/// <c>municipality-code-wrong</c>. Whether it exists is for the register to say.
/// </summary>
public sealed record MunicipalityCode
{
    private MunicipalityCode(string value) => Value = value;

    /// <summary>Four digits.</summary>
    public string Value { get; }

    public string Tooi => "gm" + Value;

    public static Outcome<MunicipalityCode> Parse(string? text)
    {
        var value = (text ?? "").Trim();
        value = value.StartsWith("gm", StringComparison.OrdinalIgnoreCase) ? value[2..] : value;
        return value.Length == 4 && value.All(char.IsAsciiDigit)
            ? new MunicipalityCode(value)
            : new Refusal("municipality-code-wrong");
    }

    public override string ToString() => Value;
}
