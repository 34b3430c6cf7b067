using Loket.Domain.Callbacks;

namespace Loket.Domain.Terms;

/// <summary>
/// Twenty minutes (UTC) in which a citizen is called back. <paramref name="WithinTerm"/> is false when every slot before
/// the callback term was taken and this is the first one after it.
/// </summary>
public sealed record CallbackSlot(DateTime From, DateTime To, bool WithinTerm = true)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(20);

    // Longer than any closing of a line: a citizen whose day does not meet its hours by then never has a suitable slot.
    private static readonly TimeSpan Suitable = TimeSpan.FromDays(21);

    /// <summary>
    /// The first slot that starts at or after <paramref name="utc"/>, on :00, :20 or :40, within opening hours and the
    /// citizen's own day, with less than <paramref name="atOnce"/> callbacks at any moment of it. There always is one:
    /// routing never ends in nothing. Where the line is never open by the citizen's day, the hours of the line decide.
    /// </summary>
    /// <param name="taken">Callbacks already promised on this line, in any order.</param>
    /// <param name="term">Within which a callback is due (2 working hours); see <c>ServiceTerms.AnswerCallback</c>.</param>
    /// <param name="citizen">The citizen's clock; null asks nothing of it.</param>
    public static CallbackSlot Next(
        DateTime utc,
        IEnumerable<(DateTime From, DateTime To)> taken,
        OpeningHours hours,
        DutchCalendar calendar,
        Term term,
        int atOnce = 1,
        CitizenClock? citizen = null) => All(utc, taken, hours, calendar, term, atOnce, citizen).First();

    /// <summary>The slots of <see cref="Next"/>, in order and without end.</summary>
    public static IEnumerable<CallbackSlot> All(
        DateTime utc,
        IEnumerable<(DateTime From, DateTime To)> taken,
        OpeningHours hours,
        DutchCalendar calendar,
        Term term,
        int atOnce = 1,
        CitizenClock? citizen = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(atOnce);
        var due = WorkingTime.Due(utc, term, hours, calendar);
        var busy = taken.Where(t => t.To > utc).ToList();
        var clock = citizen is not null && Open(utc, hours, calendar).TakeWhile(s => s.From - utc < Suitable).Any(s => citizen.Suits(s.From, s.To)) ? citizen : null;
        return Open(utc, hours, calendar).Where(s => clock?.Suits(s.From, s.To) != false && Overlap(busy, s.From, s.To) < atOnce)
            .Select(s => new CallbackSlot(s.From, s.To, s.To <= due));
    }

    private static IEnumerable<(DateTime From, DateTime To)> Open(DateTime utc, OpeningHours hours, DutchCalendar calendar)
    {
        foreach (var window in hours.From(utc, calendar))
        {
            for (var from = RoundUp(utc > window.From ? utc : window.From); from + Length <= window.To; from += Length)
            {
                yield return (from, from + Length);
            }
        }
    }

    // Amsterdam is whole hours from UTC, so a 20-minute boundary there is one here.
    private static DateTime RoundUp(DateTime utc) =>
        new((utc.Ticks + Length.Ticks - 1) / Length.Ticks * Length.Ticks, DateTimeKind.Utc);

    /// <summary>Most callbacks at one moment of [from, to): that maximum lies at its start or where another one starts.</summary>
    private static int Overlap(List<(DateTime From, DateTime To)> busy, DateTime from, DateTime to)
    {
        var inside = busy.FindAll(b => b.From < to && b.To > from);
        return inside.Count == 0 ? 0 : inside.Max(p => inside.Count(b => b.From <= Later(p.From, from) && b.To > Later(p.From, from)));

        static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
    }
}
