using Loket.Domain.Parties.Marking;

namespace Loket.Domain.Parties;

/// <summary>Whether two names may be of one person.</summary>
public static class Names
{
    private const int ShortestPart = 3;

    /// <summary>True when they share a part of three letters or more, whatever capitals and accents; a married name or a nickname beside a surname is one person.</summary>
    public static bool MayBeOne(string told, string registered) => Token.PartsOf(told, ShortestPart).Overlaps(Token.PartsOf(registered, ShortestPart));
}
