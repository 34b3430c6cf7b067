namespace Loket.Domain.Parties;

/// <summary>What a marked piece of text may be. In order: where marks overlap, the first of these names the whole.</summary>
public enum MarkKind
{
    /// <summary>Nine digits that pass the elfproef: ringing is blocked until it is gone.</summary>
    Bsn,
    Iban,
    Email,
    Phone,
    Address,
    BirthDate,
    Name,

    /// <summary>Another number that names one person or file: seven digits or more in a row.</summary>
    Number,

    /// <summary>Another value that the case knows.</summary>
    Known,
}

/// <summary>A piece of the typed text, in UTF-16 positions.</summary>
public sealed record Mark(int Start, int Length, MarkKind Kind)
{
    public int End => Start + Length;
}

/// <summary>
/// A value that the case knows and that may not go out before acceptance. Dates as <c>yyyy-MM-dd</c> or as written,
/// names whole (<c>Wilma van Zon</c>): each part of them is recognised too.
/// </summary>
public sealed record KnownValue(MarkKind Kind, string Text);

/// <summary>What was found in a line question: marks in order, without overlap.</summary>
public sealed record LineQuestionCheck(IReadOnlyList<Mark> Marks)
{
    /// <summary>True while a BSN stands in the text: it may reach nobody.</summary>
    public bool BlocksRinging => Marks.Any(mark => mark.Kind == MarkKind.Bsn);

    /// <summary>The reason <c>line-question-bsn</c>, or null when the text may ring.</summary>
    public Refusal? Refusal => BlocksRinging ? new Refusal("line-question-bsn") : null;
}
