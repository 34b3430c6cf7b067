using System.Text.RegularExpressions;

namespace Loket.Domain.Parties.Marking;

/// <summary>Postcodes, and streets with a number: recognised by the end of the street name or by words of living before it.</summary>
internal static partial class AddressMarks
{
    private const string Number =
        @" ?[0-9]{1,5}(?:[ \-]?(?:[A-Za-z]|bis|hs|huis|I{1,3})|-[0-9]{1,4})?(?![\p{L}0-9]|\.[0-9])"
        + @"(?! ?(?:%|keer|maal|uur|jaar|jaren|maand|weken|week|dag|euro|cent|km|kilo|personen|mensen|kinderen|years|hours|times))";

    public static IEnumerable<Mark> In(string plain)
    {
        foreach (var match in Postcode().Matches(plain).Where(IsPostcode))
        {
            yield return new(match.Index, match.Length, MarkKind.Address);
        }

        foreach (var match in Street().Matches(plain).Concat(CapitalStreet().Matches(plain)))
        {
            if (!NotAStreet().IsMatch(match.Groups["street"].Value))
            {
                var start = FirstStreetWord(plain, match.Index);
                yield return new(start, match.Index + match.Length - start, MarkKind.Address);
            }
        }

        foreach (Match match in AfterCue().Matches(plain))
        {
            var street = match.Groups["street"];
            yield return new(street.Index, street.Length, MarkKind.Address);
        }
    }

    /// <summary>Takes in "Burgemeester" or "Anna van" before the street, and leaves "Ik woon" outside.</summary>
    private static int FirstStreetWord(string plain, int start)
    {
        var before = WordsBefore().Match(plain[..start]);
        if (!before.Success)
        {
            return start;
        }

        return before.Index + Opening().Match(before.Value).Length;
    }

    // "in 2026 WW aangevraagd" is a year and a scheme, "1500 op Utrecht" is no postcode either.
    private static bool IsPostcode(Match match)
    {
        var letters = match.Groups["letters"].Value;
        var spaced = match.Length == 7;
        var isYear = match.Value[..2] is "19" or "20";
        return letters.ToUpperInvariant() switch
        {
            "SA" or "SD" or "SS" => false,
            "WW" or "EU" or "BV" or "NV" or "OV" or "IT" or "TV" or "AI" => !(spaced && isYear),
            "IS" or "IN" or "EN" or "OF" or "OM" or "OP" or "DE" or "AL" or "TE" or "IK" or "JE" or "WE" or "ER" or "ZE"
                or "ZO" or "NA" or "NU" or "KM" or "KG" or "AT" or "TO" or "BY" => !spaced || letters == letters.ToUpperInvariant(),
            _ => true,
        };
    }

    [GeneratedRegex(@"(?<![0-9])[1-9][0-9]{3}(?: ?(?<letters>[A-Z]{2})|(?<letters>[A-Za-z]{2})| (?<letters>[a-z]{2})(?=,? \p{Lu}\p{Ll}))(?![\p{L}0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Postcode();

    [GeneratedRegex(
        @"(?<![\p{L}0-9'\-])(?<street>\p{L}[\p{L}'\-]{2,}?(?:straat|straatje|str\.?|laan|laantje|weg|plein|singel|gracht|kade|steeg|dreef|plantsoen|boulevard))" + Number,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Street();

    /// <summary>Endings that are ordinary words too: only in a word with a capital.</summary>
    [GeneratedRegex(
        @"(?<![\p{L}0-9'\-])(?<street>(?:\p{Lu}[\p{L}'\-]*(?:pad|hof|park|markt|haven|kwartier|oord|baan|wal|burg|veld|erf|gaarde|donk|werf|zoom|drift|poort|heuvel|meent|ring|oever|akker|hage|diep|zijde|weide|tuin|hoven|waard|dijk)|(?:[Dd]e )?(?:Straat|Laan|Weg|Plein|Singel|Gracht|Kade|Dijk|Steeg|Dreef)))" + Number,
        RegexOptions.CultureInvariant)]
    private static partial Regex CapitalStreet();

    [GeneratedRegex(
        @"\A(?:onderweg|halverwege|vanwege|snelweg|(?:bij|loop|rij)baan|.*(?:arbeids|woning|super)markt|vliegveld|werkveld|gerechtshof|uitweg|terugweg|omweg)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotAStreet();

    [GeneratedRegex(@"(?:(?<![\p{L}0-9])\p{Lu}[\p{L}'.\-]*(?: (?:van|de|den|der|het|'t|v\.d\.|v\.|v))* ){1,5}\z", RegexOptions.CultureInvariant)]
    private static partial Regex WordsBefore();

    [GeneratedRegex(
        @"\A(?:(?:ik|wij|we|hij|zij|ze|u|mijn|onze|zijn|haar|woon|woont|wonen|woonde|adres|mevrouw|meneer|klant|burger|inwoner|op|aan|in|naar|bij|nu|is|het|de|mij|i|my|at|on|address) )+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(
        @"\b(?:[Ww](?:oon|oont|onen|oonde|oonadres)|[Aa]dres|[Vv]erhui(?:sd?|st|zen|zing)|[Ll]ive[sd]?|[Ll]iving|[Aa]ddress|[Ii]ngeschreven)\b(?: (?:is|op|aan|naar|bij|at|on|to|nu|daar|de|het|adres|address))*:? (?<street>(?:'[st][ \-]|[0-9]e )?\p{Lu}[\p{L}'.\-]+(?: (?:van|de|den|der|het|'t|\p{Lu}[\p{L}'.\-]*)){0,4}" + Number + ")",
        RegexOptions.CultureInvariant)]
    private static partial Regex AfterCue();
}
