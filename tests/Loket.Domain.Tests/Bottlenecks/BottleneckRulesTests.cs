using Loket.Domain.Bottlenecks;

namespace Loket.Domain.Tests.Bottlenecks;

/// <summary>Every state and every action.</summary>
public class BottleneckRulesTests
{
    [Theory]
    [InlineData(BottleneckState.New, "in_progress", "answered", "bottleneck-answer-first", "closed", "new")]
    [InlineData(BottleneckState.InProgress, "in_progress", "answered", "bottleneck-answer-first", "closed", "in_progress")]
    [InlineData(BottleneckState.Answered, "in_progress", "answered", "closed", "closed", "in_progress")]
    [InlineData(BottleneckState.Closed, "bottleneck-closed", "bottleneck-closed", "bottleneck-closed", "bottleneck-closed", "bottleneck-closed")]
    public void A_bottleneck_goes_from_new_to_closed_by_way_of_an_answer(BottleneckState state, string take, string answer, string close, string merge, string recur) =>
        Assert.Equal(
            [take, answer, close, merge, recur],
            Enum.GetValues<BottleneckAction>().Select(action => BottleneckRules.Next(state, action)).Select(next => next.Refusal?.Code ?? Code.Of(next.Value)));
}
