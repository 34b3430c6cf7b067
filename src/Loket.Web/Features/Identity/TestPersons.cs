using Loket.Web.Features.Directory;

namespace Loket.Web.Features.Identity;

/// <summary>The register inside the demo: the fictitious test persons of RvIG. Without any, no register is connected and the citizen speaks.</summary>
public sealed class TestPersons(IEnumerable<PersonRow> persons) : IPersonRegister
{
    private readonly Dictionary<string, PersonRow> byBsn = persons.ToDictionary(p => p.Bsn, StringComparer.Ordinal);

    public Task<RegisterAnswer> FindAsync(string bsn, CancellationToken ct) => Task.FromResult(
        byBsn.Count == 0 ? RegisterAnswer.None
        : byBsn.TryGetValue(bsn, out var person) ? new RegisterAnswer("found", new RegisterPerson(person.Name, person.BirthDate, Address(person), person.Secrecy != 0))
        : RegisterAnswer.Unknown);

    private static string? Address(PersonRow person) => string.IsNullOrWhiteSpace(person.Street)
        ? null
        : $"{person.Street} {person.Number}, {person.Postcode} {person.City}".TrimEnd(' ', ',');
}
