using Loket.Web.Data;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Data;

public sealed class IdSourceTests
{
    private const long CounterBits = 12;
    private const long NodeBits = 10;

    private static long MillisecondOf(long id) => id >> (int)(CounterBits + NodeBits);

    private static long NodeOf(long id) => (id >> (int)CounterBits) & ((1 << (int)NodeBits) - 1);

    [Fact]
    public void An_id_tells_its_moment_and_its_node()
    {
        var ids = new IdSource(new FakeClock());
        ids.UseNode(777);

        var id = ids.Next();

        Assert.Equal(FakeClock.Start, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds(MillisecondOf(id)));
        Assert.Equal(777, NodeOf(id));
    }

    [Fact]
    public void Within_one_millisecond_four_thousand_ids_fit_and_the_next_borrows_from_the_future()
    {
        var ids = new IdSource(new FakeClock());
        var made = Enumerable.Range(0, 4096 * 2 + 1).Select(_ => ids.Next()).ToList();

        Assert.Equal(made.Distinct().Order(), made);
        Assert.Equal(4096, made.Count(id => MillisecondOf(id) == MillisecondOf(made[0])));
        Assert.Equal(MillisecondOf(made[0]) + 2, MillisecondOf(made[^1]));
        Assert.All(made, id => Assert.Equal(0, NodeOf(id)));
    }

    [Fact]
    public void A_clock_that_goes_back_makes_no_id_twice_and_none_smaller()
    {
        var clock = new FakeClock();
        var ids = new IdSource(clock);
        var before = Enumerable.Range(0, 100).Select(_ => ids.Next()).ToList();

        clock.Jump(FakeClock.Start.AddHours(-1));
        var after = Enumerable.Range(0, 5000).Select(_ => ids.Next()).ToList();
        clock.Jump(FakeClock.Start.AddMinutes(1));
        var later = ids.Next();

        List<long> all = [.. before, .. after, later];
        Assert.Equal(all.Distinct().Order(), all);
        Assert.Equal(MillisecondOf(before[0]) + 60_000, MillisecondOf(later));
    }

    [Fact]
    public void Nodes_and_threads_never_make_the_same_id()
    {
        var clock = new FakeClock();
        var nodes = Enumerable.Range(0, 4).Select(n =>
        {
            var source = new IdSource(clock);
            source.UseNode(n);
            return source;
        }).ToList();

        var made = nodes.SelectMany(n => Enumerable.Repeat(n, 2)).AsParallel().SelectMany(n => Enumerable.Range(0, 3000).Select(_ => n.Next()).ToList()).ToList();

        Assert.Equal(24_000, made.Distinct().Count());
    }
}
