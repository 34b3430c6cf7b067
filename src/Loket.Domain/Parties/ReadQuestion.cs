using Loket.Domain.Parties.Marking;

namespace Loket.Domain.Parties;

/// <summary>
/// A text with what its own words say of somebody: nearly all the work of <see cref="LineQuestion.Inspect"/>, done before it
/// is known which values the case knows.
/// </summary>
public sealed class ReadQuestion
{
    private readonly string plain;
    private readonly IReadOnlyList<Mark> names;
    private readonly IReadOnlyList<FoundDate> dates;
    private readonly List<Mark> found;

    public ReadQuestion(string text)
    {
        Text = text;
        plain = Plain.Of(text);
        names = NameMarks.In(plain);
        dates = DateMarks.Find(plain);
        var shaped = NumberMarks.Shaped(plain).Concat(AddressMarks.In(plain)).ToList();
        var explained = shaped.Select(m => (m.Start, m.End)).Concat(dates.Where(d => d.HasYear).Select(d => (d.Start, d.End))).ToList();
        found = [.. shaped, .. names, .. NumberMarks.Loose(plain, explained)];
    }

    public string Text { get; }

    /// <summary>All that may identify somebody, with what the case knows of them.</summary>
    public LineQuestionCheck Inspect(IEnumerable<KnownValue> known)
    {
        var values = known.Where(v => !string.IsNullOrWhiteSpace(v.Text)).ToList();
        return new(LineQuestion.Merge(plain, [.. found, .. DateMarks.In(plain, dates, KnownMarks.Dates(values), names), .. KnownMarks.In(plain, values)]));
    }
}
