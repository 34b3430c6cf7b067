using Loket.Domain.Lines;
using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Lines;

/// <summary>Where a day is short of people on the rota, and what a line needs to open.</summary>
public sealed class StaffingTests
{
    private static readonly DutchCalendar Calendar = Terms.Calendars.Dutch;
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly OpeningHours Line = OpeningHours.Parse("mon-fri 09:00-17:00").Value;

    [Theory]
    [InlineData(1, "mon 09:00-17:00", null, "")]
    [InlineData(1, "mon 08:00-18:00", null, "")]
    [InlineData(2, "mon 09:00-17:00", null, "09:00-17:00 1")]
    [InlineData(1, null, null, "09:00-17:00 0")]
    [InlineData(1, "tue 09:00-17:00", null, "09:00-17:00 0")]
    [InlineData(1, "mon 09:00-13:00", "mon 13:00-17:00", "")]
    [InlineData(1, "mon 09:00-12:00", "mon 13:00-17:00", "12:00-13:00 0")]
    [InlineData(2, "mon 09:00-13:00", "mon 12:00-17:00", "09:00-12:00 1, 13:00-17:00 1")]
    [InlineData(1, "mon-fri 09:00-17:00; 2026-11-23 closed", null, "09:00-17:00 0")]
    [InlineData(1, "tue 09:00-17:00; 2026-11-23 10:00-17:00", null, "09:00-10:00 0")]
    public void The_stretches_with_too_few_people_are_found(int least, string? first, string? second, string expected) =>
        Assert.Equal(expected, Text(Staffing.On(Monday, Line, [Person(first), Person(second)], least, Calendar)));

    [Fact]
    public void Who_is_away_is_not_there_and_on_a_closed_day_nobody_is_missed()
    {
        var noon = AmsterdamTime.ToUtc(Monday, new TimeOnly(12, 0));
        OnRota[] people = [Person("mon-sun 09:00-17:00") with { Away = [(noon, noon.AddDays(3))] }];
        Assert.Equal("12:00-17:00 0", Text(Staffing.On(Monday, Line, people, 1, Calendar)));
        Assert.Equal("09:00-17:00 0", Text(Staffing.On(Monday.AddDays(2), Line, people, 1, Calendar)));
        Assert.Equal("09:00-12:00 0", Text(Staffing.On(Monday.AddDays(3), Line, people, 1, Calendar)));
        Assert.Empty(Staffing.On(new DateOnly(2026, 11, 28), Line, [], 1, Calendar));
        Assert.Empty(Staffing.On(new DateOnly(2026, 12, 25), Line, [], 1, Calendar));
    }

    [Fact]
    public void A_line_opens_with_everything_and_with_nothing_less()
    {
        for (var bits = 0; bits < 32; bits++)
        {
            bool On(int n) => (bits >> n & 1) == 1;
            foreach (var people in new[] { 0, 1, 2, 3 })
            {
                var opening = new Opening(people, On(0), On(1), On(2), On(3), On(4));
                var missing = Enumerable.Range(0, 5).Count(n => !On(n)) + (people < 2 ? 1 : 0);
                Assert.Equal(missing == 0 ? null : $"{missing}", opening.Check()?.Args[0]);
            }
        }
    }

    private static OnRota Person(string? rota) => new(rota is null ? null : OpeningHours.Parse(rota).Value, []);

    private static string Text(IEnumerable<Shortage> found) => string.Join(", ", found.Select(s =>
        $"{AmsterdamTime.ToLocal(s.From):HH\\:mm}-{AmsterdamTime.ToLocal(s.Until):HH\\:mm} {s.People}"));
}
