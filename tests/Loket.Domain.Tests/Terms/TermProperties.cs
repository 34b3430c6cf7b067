using FsCheck;
using FsCheck.Fluent;
using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Terms;

/// <summary>What holds for every date, found by random tries; a failure prints the seed to replay.</summary>
public class TermProperties
{
    private static readonly TermCalculator Calculator = new(Calendars.Dutch);

    private static readonly Gen<DateOnly> Dates = Gen.Choose(0, 20_000).Select(d => new DateOnly(2015, 1, 1).AddDays(d));

    private static readonly Gen<Term> Lengths =
        from unit in Gen.Elements(TermUnit.Days, TermUnit.Weeks, TermUnit.Months, TermUnit.Years, TermUnit.WorkingDays)
        from amount in Gen.Choose(1, 60)
        select new Term(amount, unit);

    private static readonly Gen<Suspension[]> Suspensions = Gen.Choose(0, 4).SelectMany(n => Gen.ArrayOf(
        from kind in Gen.Elements(Enum.GetValues<SuspensionKind>())
        from offset in Gen.Choose(-10, 200)
        from days in Gen.Choose(-2, 30)
        select new Suspension(kind, new DateOnly(2026, 1, 1).AddDays(offset), new DateOnly(2026, 1, 1).AddDays(offset + days)), n));

    [Fact]
    public void A_moved_term_never_ends_on_a_free_day_and_moves_forward_only() => Check(
        from start in Dates from term in Lengths select (start, term),
        x =>
        {
            var read = Calculator.Due(x.start, x.term, TermBasis.Act);
            return read.Due >= read.RawEnd && (x.term.IsExemptByArticle4 ? read.Due == read.RawEnd : Calendars.Dutch.IsWorkingDay(read.Due));
        });

    [Fact]
    public void A_moved_term_of_three_days_or_more_holds_two_working_days() => Check(
        from start in Dates from term in Lengths select (start, term),
        x => x.term.IsExemptByArticle4 || !x.term.IsAtLeastThreeDays
            || Calendars.Dutch.WorkingDaysBetween(x.start.AddDays(1), Calculator.Due(x.start, x.term, TermBasis.Act).Due.AddDays(1)) >= 2);

    [Fact]
    public void A_later_start_never_gives_an_earlier_due_date() => Check(
        from start in Dates from term in Lengths select (start, term),
        x => Calculator.Due(x.start, x.term, TermBasis.Act).Due <= Calculator.Due(x.start.AddDays(1), x.term, TermBasis.Act).Due);

    [Fact]
    public void The_order_of_suspensions_and_a_suspension_given_twice_change_nothing() => Check(
        from term in Lengths from suspensions in Suspensions select (term, suspensions),
        x =>
        {
            var start = new DateOnly(2026, 1, 1);
            var due = Calculator.Due(start, x.term, TermBasis.Act, x.suspensions).Due;
            return due == Calculator.Due(start, x.term, TermBasis.Act, [.. x.suspensions.Reverse()]).Due
                && due == Calculator.Due(start, x.term, TermBasis.Act, [.. x.suspensions, .. x.suspensions]).Due
                && due >= Calculator.Due(start, x.term, TermBasis.Act).Due;
        });

    [Fact]
    public void The_days_of_the_suspended_steps_are_the_days_added_to_the_raw_end() => Check(
        from weeks in Gen.Choose(1, 30) from suspensions in Suspensions select (weeks, suspensions),
        x =>
        {
            var read = Calculator.Due(new DateOnly(2026, 1, 1), Term.Weeks(x.weeks), TermBasis.Bylaw, x.suspensions);
            return read.RawEnd.AddDays(read.Steps.Where(s => s.Code == "suspended").Sum(s => s.Days)) == read.Due;
        });

    [Fact]
    public void Every_term_reads_back_as_written() => Check(
        from term in Lengths from back in Gen.Elements(true, false) select term with { Backwards = back },
        term => Term.Parse(term.ToString()).Value == term);

    [Fact]
    public void Opening_time_added_is_opening_time_between_and_ends_in_opening_hours() => Check(
        from minutes in Gen.Choose(0, 1_500_000) from added in Gen.Choose(1, 6_000) select (minutes, added),
        x =>
        {
            var from = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(x.minutes);
            var to = WorkingTime.Add(from, TimeSpan.FromMinutes(x.added), OpeningHours.Default, Calendars.Dutch);
            return WorkingTime.Between(from, to, OpeningHours.Default, Calendars.Dutch) == TimeSpan.FromMinutes(x.added)
                && OpeningHours.Default.IsOpenAt(to.AddTicks(-1), Calendars.Dutch);
        });

    [Fact]
    public void A_later_moment_is_never_answered_earlier() => Check(
        from minutes in Gen.Choose(0, 1_500_000) from later in Gen.Choose(0, 5_000) from days in Gen.Choose(0, 5) select (minutes, later, days),
        x =>
        {
            var from = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(x.minutes);
            var term = Term.WorkingDays(x.days);
            return WorkingTime.Due(from, term, OpeningHours.Default, Calendars.Dutch)
                <= WorkingTime.Due(from.AddMinutes(x.later), term, OpeningHours.Default, Calendars.Dutch);
        });

    [Fact]
    public void Slots_given_one_after_another_never_overlap_and_lie_in_opening_hours() => Check(
        from minutes in Gen.Choose(0, 700_000) from count in Gen.Choose(1, 40) select (minutes, count),
        x =>
        {
            var now = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(x.minutes);
            var due = WorkingTime.Add(now, TimeSpan.FromHours(2), OpeningHours.Default, Calendars.Dutch);
            var given = new List<(DateTime From, DateTime To)>();
            for (var i = 0; i < x.count; i++)
            {
                var slot = CallbackSlot.Next(now, given, OpeningHours.Default, Calendars.Dutch, Term.WorkingHours(2));
                var local = AmsterdamTime.ToLocal(slot.From);
                if (given.Exists(g => g.From < slot.To && slot.From < g.To) || slot.From < now || local.Minute % 20 != 0
                    || !OpeningHours.Default.IsOpenAt(slot.From, Calendars.Dutch) || !OpeningHours.Default.IsOpenAt(slot.To.AddTicks(-1), Calendars.Dutch)
                    || slot.WithinTerm != slot.To <= due)
                {
                    return false;
                }

                given.Add((slot.From, slot.To));
            }

            return true;
        });

    [Fact]
    public void A_moment_to_amsterdam_and_back_is_the_same_day() => Check(
        Gen.Choose(0, 1_500_000).Select(m => new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(m)),
        utc => AmsterdamTime.StartOfDay(AmsterdamTime.DateOf(utc)) <= utc && utc < AmsterdamTime.StartOfDay(AmsterdamTime.DateOf(utc).AddDays(1)));

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(gen.ToArbitrary(), holds));
}
