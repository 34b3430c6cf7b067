using Loket.Domain.Lines;
using Loket.Domain.Reports;

namespace Loket.Domain.Tests.Lines;

public sealed class WaitBucketsTests
{
    [Fact]
    public void A_wait_is_never_counted_as_shorter_and_by_less_than_a_step_as_longer()
    {
        for (var seconds = 0; seconds <= 3600; seconds++)
        {
            var error = WaitBuckets.Of(seconds) - seconds;
            var step = seconds <= 60 ? 5 : seconds <= 120 ? 10 : seconds <= 300 ? 60 : 1800;
            Assert.InRange(error, 0, step - 1);
        }

        Assert.Equal(3600, WaitBuckets.Of(86_400));
        Assert.Equal(0, WaitBuckets.Of(-1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20260210)]
    [InlineData(42)]
    public void A_percentile_of_counts_is_the_bucket_of_the_true_percentile(int seed)
    {
        var random = new Random(seed);
        var waits = Enumerable.Range(0, 500).Select(_ => random.Next(0, 300)).ToList();
        var buckets = waits.GroupBy(WaitBuckets.Of).Select(g => (g.Key, (long)g.Count())).ToList();
        foreach (var share in (double[])[0.5, 0.9])
        {
            var truth = waits.Order().ElementAt((int)Math.Ceiling(share * waits.Count) - 1);
            Assert.Equal(WaitBuckets.Of(truth), Spread.Percentile(buckets, share));
        }
    }
}
