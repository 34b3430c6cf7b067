namespace Loket.Domain.Parties;

/// <summary>Text that people type freely. A BSN does not belong in it: it has its own field, where it is sealed.</summary>
public static class FreeText
{
    /// <summary>The reason why these texts cannot be kept: <c>text-too-long</c> (argument: the limit), <c>text-unreadable</c> or <c>text-has-bsn</c>; null when they can.</summary>
    public static Refusal? Check(int longest, params IEnumerable<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text?.Length > longest)
            {
                return new Refusal("text-too-long", longest.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            if (text?.Any(IsUnreadable) == true)
            {
                return new Refusal("text-unreadable");
            }

            if (LineQuestion.HasBsn(text))
            {
                return new Refusal("text-has-bsn");
            }
        }

        return null;
    }

    // Control characters show as boxes; a direction override makes a text read otherwise than it was written.
    private static bool IsUnreadable(char c) => (char.IsControl(c) && c is not ('\t' or '\n' or '\r')) || c is '\u202D' or '\u202E';
}
