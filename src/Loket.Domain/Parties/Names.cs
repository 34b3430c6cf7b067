using Loket.Domain.Parties.Marking;

namespace Loket.Domain.Parties;

/// <summary>Whether two names may be of one person.</summary>
public static class Names
{
    private const int ShortestPart = 3;

    /// <summary>True when they share a part of three letters or more, whatever capitals and accents; a married name or a nickname beside a surname is one person.</summary>
    public static bool MayBeOne(string told, string registered) => Parts(told).Overlaps(Parts(registered));

    private static HashSet<string> Parts(string name) =>
        [.. Token.Of(Plain.Of(name)).Where(t => !t.IsBetween && t.Text.Length >= ShortestPart).Select(t => t.Folded)];
}
