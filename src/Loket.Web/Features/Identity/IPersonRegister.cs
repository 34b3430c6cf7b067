namespace Loket.Web.Features.Identity;

/// <summary>What the register says: <c>found</c>, <c>unknown</c>, <c>down</c> (no answer in time), or <c>none</c> (no register is connected).</summary>
public sealed record RegisterAnswer(string State, RegisterPerson? Person = null)
{
    public static readonly RegisterAnswer Unknown = new("unknown");
    public static readonly RegisterAnswer Down = new("down");
    public static readonly RegisterAnswer None = new("none");
}

/// <summary>A citizen in the register. <paramref name="IsSecret"/>: the address is withheld from everybody but government bodies with a rule for it.</summary>
public sealed record RegisterPerson(string Name, string? BirthDate, string? Address, bool IsSecret);

/// <summary>The register of persons (BRP). Asked only after identity is established, and never inside a unit.</summary>
public interface IPersonRegister
{
    /// <summary>The source code of a fact from the register.</summary>
    public const string Source = "brp";

    /// <summary>The person with this BSN; never throws because of the register.</summary>
    Task<RegisterAnswer> FindAsync(string bsn, CancellationToken ct);
}
