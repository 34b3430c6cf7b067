using System.Text;

namespace Loket.Domain.Parties;

/// <summary>
/// The question that goes out before acceptance. Finds what may identify somebody; leans towards marking too much, and
/// leaves ordinary words, places, bodies, schemes and amounts alone. A help for the professional, not a guarantee.
/// </summary>
public static class LineQuestion
{
    private const int FewestDigitsOfBsn = 8;

    public static LineQuestionCheck Inspect(string? text, IEnumerable<KnownValue>? knownValues = null) => new ReadQuestion(text ?? "").Inspect(knownValues ?? []);

    /// <summary>Whether a BSN stands in the text. Most texts have not the digits for one, and need no reading.</summary>
    public static bool HasBsn(string? text) => text?.Count(char.IsDigit) >= FewestDigitsOfBsn && Inspect(text).BlocksRinging;

    /// <summary>Overlapping marks become one, and so do neighbours of one kind: a street and its postcode.</summary>
    internal static List<Mark> Merge(string plain, List<Mark> marks)
    {
        var merged = new List<Mark>();
        foreach (var mark in marks.Where(m => m.Length > 0).OrderBy(m => m.Start).ThenByDescending(m => m.Length))
        {
            if (merged.Count > 0 && Joins(plain, merged[^1], mark))
            {
                var (start, end) = (merged[^1].Start, Math.Max(merged[^1].End, mark.End));
                merged[^1] = new(start, end - start, merged[^1].Kind < mark.Kind ? merged[^1].Kind : mark.Kind);
            }
            else
            {
                merged.Add(mark);
            }
        }

        return merged;
    }

    private static bool Joins(string plain, Mark left, Mark right)
    {
        if (right.Start < left.End)
        {
            return true;
        }

        var gap = plain[left.End..right.Start];
        return left.Kind == right.Kind && left.Kind is MarkKind.Name or MarkKind.Address
            && (gap is " " || (left.Kind == MarkKind.Address && gap is ", " or "," or "\n"));
    }

    /// <summary>The text with a neutral word in brackets for each mark: <c>Mijn man [naam], [bsn]</c>.</summary>
    public static string Mask(string text, IEnumerable<Mark> marks)
    {
        var masked = new StringBuilder(text.Length);
        var at = 0;
        foreach (var mark in marks.OrderBy(m => m.Start))
        {
            if (mark.Start < at)
            {
                continue;
            }

            masked.Append(text, at, mark.Start - at).Append(Word(mark.Kind));
            at = mark.End;
        }

        return masked.Append(text, at, text.Length - at).ToString();
    }

    public static string Word(MarkKind kind) => kind switch
    {
        MarkKind.Bsn => "[bsn]",
        MarkKind.Iban => "[rekeningnummer]",
        MarkKind.Email => "[e-mailadres]",
        MarkKind.Phone => "[telefoonnummer]",
        MarkKind.Address => "[adres]",
        MarkKind.BirthDate => "[geboortedatum]",
        MarkKind.Name => "[naam]",
        MarkKind.Number => "[nummer]",
        _ => "[bekend gegeven]",
    };
}
