using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Journal;

public sealed class JournalFollowerTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task An_entry_that_cannot_be_taken_keeps_its_own_shard_waiting_and_no_other(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var cases = Enumerable.Range(1, 200).Select(id => (long)id).DistinctBy(JournalChain.ShardOf).ToList();
        foreach (var caseId in cases)
        {
            await world.Db.WriteAsync<int>(unit =>
            {
                unit.Append(new Entry(caseId, "test_entry", 1, null, null, new { }));
                return 0;
            });
        }

        var (bad, taken) = (cases[3], new List<long>());
        void Take(Unit unit, List<StoredEntry> entries)
        {
            if (entries.Exists(entry => entry.CaseId == bad))
            {
                throw new InvalidOperationException("Not to be read");
            }

            taken.AddRange(entries.Select(entry => entry.CaseId));
        }

        // Who reads what it keeps is not refused the page; the schedule says what is wrong.
        var follower = new JournalFollower("test", world.Db, "test_entry");
        await follower.BringInAsync(Take);
        Assert.Equal(cases.Except([bad]), taken.Order());
        await Assert.ThrowsAsync<InvalidOperationException>(() => follower.CatchUpAsync(Take, default));

        bad = 0;
        await follower.CatchUpAsync(Take, default);
        Assert.Equal(cases, taken.Order());
    }
}
