using Loket.Domain.Mergers;

namespace Loket.Domain.Tests.Mergers;

public sealed class MergerRulesTests
{
    private static readonly Dictionary<(MergerState, MergerAction), MergerState> Allowed = new()
    {
        [(MergerState.Draft, MergerAction.Edit)] = MergerState.Draft,
        [(MergerState.Draft, MergerAction.Confirm)] = MergerState.Confirmed,
        [(MergerState.Draft, MergerAction.Withdraw)] = MergerState.Withdrawn,
        [(MergerState.Confirmed, MergerAction.Reopen)] = MergerState.Draft,
        [(MergerState.Confirmed, MergerAction.Withdraw)] = MergerState.Withdrawn,
        [(MergerState.Confirmed, MergerAction.Apply)] = MergerState.Applied,
    };

    [Fact]
    public void Every_state_and_action_is_allowed_or_refused_as_the_table_says()
    {
        foreach (var state in Enum.GetValues<MergerState>())
        {
            foreach (var action in Enum.GetValues<MergerAction>())
            {
                var next = MergerRules.Next(state, action);
                Assert.Equal(Allowed.TryGetValue((state, action), out var expected) ? expected.ToString() : "merger-not-now", next.IsOk ? next.Value.ToString() : next.Refusal!.Code);
            }
        }
    }

    [Theory]
    [InlineData(null, "merger-day-missing")]
    [InlineData("2022-12-31", "merger-day-past")]
    [InlineData("2023-01-01", null)]
    public void A_change_lies_ahead(string? day, string? no) =>
        Assert.Equal(no, MergerRules.CheckDay(day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new DateOnly(2022, 12, 31))?.Code);

    [Theory]
    [InlineData("", "merger-no-bodies")]
    [InlineData("a>n b>n", null)]
    [InlineData("a>n a>m", "merger-body-twice")]
    [InlineData("a>a", "merger-successor-ends")]
    [InlineData("a>b b>n", "merger-successor-ends")]
    public void A_body_ends_once_at_one_that_goes_on(string bodies, string? no) => Assert.Equal(
        no,
        MergerRules.CheckBodies([.. bodies.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(b => new EndingBody(b[..1], b[2..]))])?.Code);

    [Fact]
    public void A_line_with_something_open_and_no_successor_is_named_and_an_empty_one_is_not()
    {
        var gaps = MergerRules.Gaps([new("a-debts", null, 1), new("a-permits", null, 0), new("a-care", "n-care", 5)], [], new Dictionary<string, int>());

        Assert.Equal([new Gap("line", "a-debts")], gaps);
    }

    [Fact]
    public void Of_a_body_that_stays_a_line_with_something_open_and_no_people_is_named()
    {
        var gaps = MergerRules.Gaps([], [], new Dictionary<string, int>(), [new("a-debts", 2, 0), new("a-permits", 2, 1), new("a-care", 0, 0)]);

        Assert.Equal([new Gap("people", "a-debts")], gaps);
    }

    [Theory]
    [InlineData(0, 0, 3, true)]
    [InlineData(1, 0, 3, false)]
    [InlineData(0, 1, 3, false)]
    [InlineData(0, 0, 0, false)]
    public void People_who_come_find_a_supervisor_or_bring_one(int brought, int there, int people, bool gap) => Assert.Equal(
        gap ? [new Gap("supervisor", "n")] : [],
        MergerRules.Gaps([], [new("a-1", "n", people, brought), new("a-2", "n", 0, 0)], new Dictionary<string, int> { ["n"] = there }));
}
