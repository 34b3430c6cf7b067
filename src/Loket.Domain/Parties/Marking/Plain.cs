using System.Globalization;
using System.Text;

namespace Loket.Domain.Parties.Marking;

/// <summary>Text made comparable while every position stays where it was.</summary>
internal static class Plain
{
    /// <summary>Digits of any script, odd spaces, dashes and apostrophes as their ASCII forms; same length.</summary>
    public static string Of(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = Of(source[i]);
        }
    });

    /// <summary>Lower case without accents. Not the same length: for words, not for positions.</summary>
    public static string Fold(string word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var c in word.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }

    private static char Of(char c) => c switch
    {
        < '\u0080' => c == '\t' ? ' ' : c,
        '\u2019' or '\u2018' or '\u02BC' or '\u00B4' => '\'',
        '\u00AD' or '\u2060' or '\uFEFF' or '\u200B' or '\u200C' or '\u200D' => ' ',
        >= '\u2010' and <= '\u2015' or '\u2212' => '-',
        _ when char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator => ' ',
        _ when char.IsDigit(c) => (char)('0' + (int)char.GetNumericValue(c)),
        _ => c,
    };
}
