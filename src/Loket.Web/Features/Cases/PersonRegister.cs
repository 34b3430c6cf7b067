using Loket.Web.Features.Directory;

namespace Loket.Web.Features.Cases;

/// <summary>
/// The register of persons. In the demo profile it knows the fictitious test persons of RvIG; elsewhere no register is
/// connected yet, and the citizen speaks.
/// </summary>
public sealed class PersonRegister(IEnumerable<PersonRow> persons)
{
    /// <summary>The source code of a fact from the register.</summary>
    public const string Source = "brp";

    private readonly Dictionary<string, PersonRow> byBsn = persons.ToDictionary(p => p.Bsn, StringComparer.Ordinal);

    public PersonRow? Find(string bsn) => byBsn.GetValueOrDefault(bsn);

    /// <summary>The address on one line, or null when unknown.</summary>
    public static string? Address(PersonRow person) => string.IsNullOrWhiteSpace(person.Street)
        ? null
        : $"{person.Street} {person.Number}, {person.Postcode} {person.City}".TrimEnd(' ', ',');
}
