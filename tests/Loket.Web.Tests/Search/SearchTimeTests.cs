using System.Diagnostics;
using Loket.Web.Features.Search;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Search;

/// <summary>How long a question takes at the server, beside the bare full-text query that is under it.</summary>
public sealed class SearchTimeTests(ITestOutputHelper output)
{
    private const int Rounds = 8;

    [Fact]
    public async Task An_answer_takes_well_under_50_milliseconds_also_when_many_ask_at_once()
    {
        await using var world = await World.NewAsync();
        var search = world.The<SearchReference>();
        var file = world.The<SearchIndex>().Now.File;
        var queries = SearchQualityTests.Queries();
        Answer(search, queries[0]);

        var alone = Enumerable.Range(0, Rounds).SelectMany(_ => queries.Select(q => Took(() => Answer(search, q)))).Skip(queries.Count).ToList();
        var bare = Enumerable.Range(0, Rounds).SelectMany(_ => queries.Select(q => Took(() => file.Find(0, [q.Text.Split(' ')[0]], 80)))).Skip(queries.Count).ToList();
        var together = (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => queries.ConvertAll(q => Took(() => Answer(search, q))))))).SelectMany(t => t).ToList();

        output.WriteLine($"search, one at a time: p50 {At(alone, 0.5):0.00} ms, p99 {At(alone, 0.99):0.00} ms; bare full-text query: p50 {At(bare, 0.5):0.00} ms, p99 {At(bare, 0.99):0.00} ms");
        output.WriteLine($"search, four at a time: p50 {At(together, 0.5):0.00} ms, p99 {At(together, 0.99):0.00} ms");
        Assert.True(At(alone, 0.5) < 50, "The median question takes 50 ms or more");
    }

    private static void Answer(SearchReference search, SearchQualityTests.Query query) => search.Find(query.Text, query.Language == "en", query.Municipality, 10);

    private static double Took(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double At(List<double> times, double part) => times.Order().ElementAt((int)(part * (times.Count - 1)));
}
