using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Jobs;

namespace Loket.Web.Access;

/// <summary>
/// Writes, outside the database, how far each chain of the access log reaches; finished days stay in it, so that a day
/// that is gone as a whole is found out too. What came after the last anchor cannot be. An anchor whose entry is gone
/// stays: the next run must not wipe out what proves the loss.
/// </summary>
public sealed class AnchorAccess(Db db, AccessFiles files) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        var anchors = (await files.ReadAsync()).ToDictionary(a => (a.Node, a.Day));
        // Days before the last one written down are finished and were anchored when they ended.
        var since = anchors.Count == 0 ? "" : anchors.Values.Max(a => a.Day)!;
        var heads = await db.ReadAsync(r => r.QueryAsync<AccessAnchor>("SELECT node, day, n, hash FROM access_head WHERE day >= @since", new { since }));
        var moved = heads.FindAll(h => !anchors.TryGetValue((h.Node, h.Day), out var known) || known.N < h.N);
        foreach (var head in moved)
        {
            if (!anchors.TryGetValue((head.Node, head.Day), out var known) || await AccessFiles.IsThereAsync(db, known))
            {
                anchors[(head.Node, head.Day)] = head;
            }
        }

        if (moved.Count > 0)
        {
            await files.WriteAsync(anchors.Values.OrderBy(a => a.Day, StringComparer.Ordinal).ThenBy(a => a.Node), ct);
        }
    }
}

/// <summary>The last entry of a chain at the moment of anchoring.</summary>
public sealed class AccessAnchor
{
    public int Node { get; init; }

    public string Day { get; init; } = "";

    public int N { get; init; }

    public string Hash { get; init; } = "";
}

/// <summary>
/// Where the anchors of the access log lie, "node day n hash" a line: in production on another disk than the database
/// (<c>Access:Anchors</c>).
/// </summary>
public sealed record AccessFiles(string AnchorPath)
{
    public async Task<List<AccessAnchor>> ReadAsync() => !File.Exists(AnchorPath) ? [] : [.. (await File.ReadAllLinesAsync(AnchorPath)).Select(Parse)];

    public static async Task<bool> IsThereAsync(Db db, AccessAnchor anchor) =>
        await db.ReadAsync(r => r.FindAsync<string>("SELECT hash FROM access_log WHERE node = @Node AND day = @Day AND n = @N", anchor)) == anchor.Hash;

    public async Task WriteAsync(IEnumerable<AccessAnchor> anchors, CancellationToken ct)
    {
        var lines = anchors.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Node} {a.Day} {a.N} {a.Hash}"));
        await File.WriteAllLinesAsync(AnchorPath + ".new", lines, ct);
        File.Move(AnchorPath + ".new", AnchorPath, overwrite: true);
    }

    private static AccessAnchor Parse(string line)
    {
        var parts = line.Split(' ');
        return new AccessAnchor
        {
            Node = int.Parse(parts[0], CultureInfo.InvariantCulture), Day = parts[1], N = int.Parse(parts[2], CultureInfo.InvariantCulture), Hash = parts[3],
        };
    }
}
