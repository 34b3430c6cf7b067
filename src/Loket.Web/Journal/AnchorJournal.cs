using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Jobs;

namespace Loket.Web.Journal;

/// <summary>
/// Writes, outside the database, how far each shard's journal reaches: "shard seq hash" a line. A journal cut off before
/// its last anchor is found out; what came after the last anchor cannot be (DESIGN 3).
/// </summary>
public sealed class AnchorJournal(Db db, JournalFiles files) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        var heads = await db.ReadAsync(r => r.QueryAsync<Head>(
            """
            SELECT j.shard, j.seq, j.hash FROM journal j JOIN journal_shard s ON s.shard = j.shard AND s.last_seq = j.seq ORDER BY j.shard
            """));
        var lines = heads.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Shard} {h.Seq} {h.Hash}"));
        await File.WriteAllLinesAsync(files.AnchorPath + ".new", lines, ct);
        File.Move(files.AnchorPath + ".new", files.AnchorPath, overwrite: true);
    }

    private sealed class Head
    {
        public int Shard { get; init; }

        public long Seq { get; init; }

        public string Hash { get; init; } = "";
    }
}

/// <summary>Where the journal's anchors lie: in production on another disk than the database (<c>Journal:Anchors</c>).</summary>
public sealed record JournalFiles(string AnchorPath);
