using Loket.Domain.Terms;

namespace Loket.Domain.Journeys;

/// <summary>
/// A term as it was read in a statute. Only one read in the current text may set a legal date; any other is shown as "to
/// be checked".
/// </summary>
/// <param name="Length">Null where the law names no length (at once, or a term set elsewhere).</param>
/// <param name="Article">Law and article, as cited.</param>
/// <param name="TextDate">Which version of the text was read.</param>
public sealed record LegalTerm(string Id, Term? Length, TermBasis Basis, string Article, string TextDate, bool Verified);
