using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Jobs;

namespace Loket.Web.Journal;

/// <summary>
/// Writes, outside the database, how far each shard's journal reaches. A journal cut off before its last anchor is found
/// out; what came after the last anchor cannot be (DESIGN 3). An anchor whose entry is gone stays: the next run must not
/// wipe out what proves the loss.
/// </summary>
public sealed class AnchorJournal(Db db, JournalFiles files) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        var heads = await db.ReadAsync(r => r.QueryAsync<Anchor>(
            """
            SELECT j.shard, j.seq, j.hash FROM journal j JOIN journal_shard s ON s.shard = j.shard AND s.last_seq = j.seq
            """));
        var next = (await files.ReadAsync()).ToDictionary(a => a.Shard);
        var lost = (await files.LostAsync(db)).Select(a => a.Shard).ToHashSet();
        foreach (var head in heads.Where(h => !lost.Contains(h.Shard)))
        {
            next[head.Shard] = head;
        }

        await files.WriteAsync(next.Values.OrderBy(a => a.Shard), ct);
    }
}

/// <summary>The last entry of a shard at the moment of anchoring.</summary>
public sealed class Anchor
{
    public int Shard { get; init; }

    public long Seq { get; init; }

    public string Hash { get; init; } = "";
}

/// <summary>
/// Where the journal's anchors lie, "shard seq hash" a line: in production on another disk than the database
/// (<c>Journal:Anchors</c>).
/// </summary>
public sealed record JournalFiles(string AnchorPath)
{
    public async Task<List<Anchor>> ReadAsync() => !File.Exists(AnchorPath) ? [] : [.. (await File.ReadAllLinesAsync(AnchorPath)).Select(Parse)];

    /// <summary>The anchors whose entry is not in the journal as it was.</summary>
    public async Task<List<Anchor>> LostAsync(Db db)
    {
        var lost = new List<Anchor>();
        foreach (var anchor in await ReadAsync())
        {
            if (await db.ReadAsync(r => r.FindAsync<string>("SELECT hash FROM journal WHERE shard = @Shard AND seq = @Seq", anchor)) != anchor.Hash)
            {
                lost.Add(anchor);
            }
        }

        return lost;
    }

    public async Task WriteAsync(IEnumerable<Anchor> anchors, CancellationToken ct)
    {
        var lines = anchors.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Shard} {a.Seq} {a.Hash}"));
        await File.WriteAllLinesAsync(AnchorPath + ".new", lines, ct);
        File.Move(AnchorPath + ".new", AnchorPath, overwrite: true);
    }

    private static Anchor Parse(string line)
    {
        var parts = line.Split(' ');
        return new Anchor
        {
            Shard = int.Parse(parts[0], CultureInfo.InvariantCulture), Seq = long.Parse(parts[1], CultureInfo.InvariantCulture), Hash = parts[2],
        };
    }
}
