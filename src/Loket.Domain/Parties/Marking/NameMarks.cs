using System.Text.RegularExpressions;

namespace Loket.Domain.Parties.Marking;

/// <summary>
/// Names: after a word that announces one ("mijn man", "mevrouw", "heet"), common given names and surnames, initials,
/// tussenvoegsels, and two unknown words with capitals in a row.
/// </summary>
internal static partial class NameMarks
{
    private const string Relations =
        "man|vrouw|zoon|zonen|dochters?|kinderen|kind|zoontje|dochtertje|moeder|vader|ouders|mama|papa|partner|echtgenoot|echtgenote|vriend|vriendin|broers?|broertje|zus|zussen|zusje|opa|oma|tante|oom|neef|nicht|kleinzoon|kleindochter|schoonmoeder|schoonvader|schoonzoon|schoondochter|schoonzus|zwager|stiefvader|stiefmoeder|stiefzoon|stiefdochter|pleegkind|pleegzoon|pleegdochter|baby|tweeling|ex|ex-man|ex-vrouw|ex-partner|buurman|buurvrouw|huisgenoot|verloofde|weduwnaar|weduwe|mantelzorger|widow|widower|husband|wife|sons?|daughters?|mother|father|brother|sister|child|children|boyfriend|girlfriend|ex-husband|ex-wife|neighbour";

    public static IReadOnlyList<Mark> In(string plain)
    {
        var words = new NameReader(plain);
        var marks = new List<Mark>();
        foreach (Match cue in TitleCue().Matches(plain))
        {
            Add(words.AfterCue(cue.Index + cue.Length, NameCue.Title));
        }

        foreach (Match cue in NamingCue().Matches(plain))
        {
            Add(words.AfterCue(cue.Index + cue.Length, NameCue.Naming));
        }

        foreach (Match cue in RelationCue().Matches(plain))
        {
            Add(words.AfterCue(cue.Index + cue.Length, NameCue.Relation));
        }

        Add(words.WithoutCue());
        foreach (var match in Initials().Matches(plain).Where(IsName))
        {
            marks.Add(new(match.Index, match.Length, MarkKind.Name));
        }

        return marks;

        void Add(IEnumerable<(int Start, int End)> names) =>
            marks.AddRange(names.Select(n => new Mark(n.Start, n.End - n.Start, MarkKind.Name)));
    }

    private static bool IsName(Match match)
    {
        var last = Plain.Fold(match.Groups["last"].Value);
        var initials = match.Groups["initials"].Value.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return initials is not ("BV" or "NV" or "VOF" or "PGB" or "AUB")
            && !OrdinaryWords.Never.Has(last) && !OrdinaryWords.Openers.Has(last) && !OrdinaryWords.IsThing(last);
    }

    [GeneratedRegex(@"\b(?:meneer|mijnheer|mevrouw|mevr|mw|dhr|heer|juffrouw|mej|familie|fam|mrs?|ms|miss|mister|sir|dokter|dr|drs)\b\.?[ ,]*(?:\(|"")?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TitleCue();

    [GeneratedRegex(@"\b(?:heet|heette|heten|genaamd|genoemd|called|named|naam|namen|voornaam|achternaam|roepnaam|name|ondergetekende|namens|t\.?n\.?v\.?|ik ben|ben ik|i am|i'm|spreekt? met)\b(?:'s| is| zijn| was)?[ ,:]*(?:\(|"")?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamingCue();

    [GeneratedRegex(@"\b(?:" + Relations + @")\b(?: is| was)?[ ,:]*(?:\(|"")?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RelationCue();

    [GeneratedRegex(@"(?<![\p{L}0-9.])(?<initials>(?:\p{Lu}\.[\- ]?){1,6})(?:(?:van|de|den|der|ter|ten|te|in|op|'t|von|el|al|la|le|du) ){0,3}(?<last>\p{Lu}[\p{L}\p{M}]+(?:['\-]\p{L}[\p{L}\p{M}]*)*)", RegexOptions.CultureInvariant)]
    private static partial Regex Initials();
}
