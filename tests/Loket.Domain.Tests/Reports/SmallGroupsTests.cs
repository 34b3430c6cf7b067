using Loket.Domain.Reports;

namespace Loket.Domain.Tests.Reports;

public sealed class SmallGroupsTests
{
    [Theory]
    [InlineData(new long[] { 30, 12, 15 }, "...")]
    [InlineData(new long[] { 30, 9, 15 }, ".##")] // the nine could be had from the sum, so the next smallest goes too
    [InlineData(new long[] { 30, 2, 3 }, "###")] // two hidden of five together tell of five people
    [InlineData(new long[] { 30, 6, 4 }, ".##")]
    [InlineData(new long[] { 0, 12, 0 }, "...")] // nobody is in an empty group
    [InlineData(new long[] { 0, 9, 12, 40 }, ".##.")]
    [InlineData(new long[] { 9 }, "#")]
    [InlineData(new long[] { 10 }, ".")]
    [InlineData(new long[] { }, "")]
    public void Small_groups_are_hidden_and_as_many_more_as_it_takes(long[] sizes, string expected) =>
        Assert.Equal(expected, string.Concat(SmallGroups.Hidden(sizes).Select(hidden => hidden ? '#' : '.')));

    [Fact]
    public void Whoever_knows_the_sum_of_all_learns_nothing_about_fewer_than_ten()
    {
        var tried = 0;
        for (long a = 0; a <= 22; a++)
        {
            for (long b = 0; b <= 22; b++)
            {
                for (long c = 0; c <= 22; c++)
                {
                    long[] sizes = [a, b, c];
                    var hidden = SmallGroups.Hidden(sizes);
                    var together = sizes.Where((_, i) => hidden[i]).Sum();
                    Assert.DoesNotContain(sizes.Where((_, i) => !hidden[i]), size => size is > 0 and < SmallGroups.Least);
                    // What is left of the sum is about ten or more, spread over two or more groups; unless nothing at all is shown.
                    Assert.True(
                        together == 0 || (together >= SmallGroups.Least && hidden.Count(h => h) > 1) || sizes.Where((_, i) => !hidden[i]).Sum() == 0,
                        $"{string.Join(' ', sizes)}: {string.Join(' ', hidden)}");
                    tried++;
                }
            }
        }

        Assert.Equal(23 * 23 * 23, tried);
    }

    [Fact]
    public void A_percentile_is_the_smallest_value_that_so_many_do_not_exceed()
    {
        (int, long)[] buckets = [(20, 4), (5, 5), (60, 1), (10, 0)];
        Assert.Equal(5, Spread.Percentile(buckets, 0.5));
        Assert.Equal(20, Spread.Percentile(buckets, 0.51));
        Assert.Equal(20, Spread.Percentile(buckets, 0.9));
        Assert.Equal(60, Spread.Percentile(buckets, 1));
        Assert.Null(Spread.Percentile([], 0.5));
        Assert.Equal(16.5, Spread.Mean(buckets));
        Assert.Null(Spread.Mean([]));
    }
}
