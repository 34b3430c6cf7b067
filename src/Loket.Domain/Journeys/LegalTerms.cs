namespace Loket.Domain.Journeys;

/// <summary>The terms of the law that templates may name, by id.</summary>
public sealed class LegalTerms(IEnumerable<LegalTerm> terms)
{
    private readonly Dictionary<string, LegalTerm> byId = terms.ToDictionary(t => t.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<LegalTerm> All => byId.Values;

    public LegalTerm? Find(string id) => byId.GetValueOrDefault(id);
}
