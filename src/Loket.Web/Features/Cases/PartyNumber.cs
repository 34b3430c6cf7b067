using Loket.Domain.Parties;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>The number by which a party is known, as it was read: a person has a BSN, a business a KVK number or an RSIN.</summary>
internal sealed record PartyNumber(string Kind, string Number)
{
    /// <summary>The number of what was typed, which was checked before; null when there is none.</summary>
    public static PartyNumber? Of(string? party, string? bsn, string? kvk, string? rsin) => party switch
    {
        "person" when !string.IsNullOrWhiteSpace(bsn) => new("bsn", Bsn.Parse(bsn).Value.Reveal()),
        "business" when !string.IsNullOrWhiteSpace(kvk) => new("kvk", KvkNumber.Parse(kvk).Value.Value),
        "business" when !string.IsNullOrWhiteSpace(rsin) => new("rsin", Rsin.Parse(rsin).Value.Value),
        _ => null,
    };

    /// <summary>Every mistake in the numbers, by field.</summary>
    public static IEnumerable<FieldError> Check(string? party, string? bsn, string? kvk, string? rsin)
    {
        if (party == "person" && !string.IsNullOrWhiteSpace(bsn) && Bsn.Parse(bsn).Refusal is { } noBsn)
        {
            yield return new("bsn", noBsn);
        }

        if (party == "business" && !string.IsNullOrWhiteSpace(kvk) && KvkNumber.Parse(kvk).Refusal is { } noKvk)
        {
            yield return new("kvk", noKvk);
        }

        if (party == "business" && !string.IsNullOrWhiteSpace(rsin) && Rsin.Parse(rsin).Refusal is { } noRsin)
        {
            yield return new("rsin", noRsin);
        }
    }

    /// <summary>Stands for the number where it may not be written. Bound to no version: the same before and after a change of keys.</summary>
    public string Mark(KeyRing keys) => keys.Token(Kind, Number);

    public string Tail => Number[^3..];

    public SealedNumber Seal(KeyRing keys, long partyId) => keys.SealNumber(Kind, Number, OpenCase.PartyContext(partyId));
}
