using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Security;

namespace Loket.Web.Features.Documents;

/// <summary>After a change of keys: seals the documents again under the newest, one at a time, while they are read and written.</summary>
public sealed class RenewDocuments(Db db, KeyRing keys, SetAside aside) : IJob
{
    private const int Batch = 20;

    public async Task RunAsync(CancellationToken ct)
    {
        var newest = keys.Newest;
        var due = await db.ReadAsync(r => r.QueryAsync<Row>(
            $"""
            SELECT d.id, d.size, d.pieces, d.version FROM document d
            WHERE d.pieces > 0 AND d.key_version < @newest AND NOT EXISTS (SELECT 1 FROM set_aside x WHERE x.job = 'renew-document' AND x.subject_id = d.id AND x.next_at > @Now)
            ORDER BY d.key_version, d.id {r.Dialect.First(Batch)}
            """,
            new { newest, r.Now }));
        await aside.EachAsync("renew-document", due, row => row.Id, due.Count < Batch, row => RenewAsync(row, newest), ct);
    }

    private async Task<Refusal?> RenewAsync(Row row, int newest)
    {
        var file = await db.ReadAsync(r => Pieces.FindAsync(r, keys, row.Id, row.Size, row.Pieces));
        var pieces = file is null ? [] : Pieces.Seal(keys, row.Id, file);
        return (await db.WriteAsync<bool>(unit => Replace(unit, row, newest, pieces))).Refusal;
    }

    private static bool Replace(Unit unit, Row row, int newest, IReadOnlyList<byte[]> pieces)
    {
        // Destroyed or sealed by another node meanwhile: nothing is put back.
        if (unit.Execute("UPDATE document SET key_version = @newest, version = version + 1 WHERE id = @Id AND version = @Version", new { newest, row.Id, row.Version }) == 0
            || unit.Execute("DELETE FROM document_piece WHERE document_id = @Id", new { row.Id }) == 0)
        {
            return false;
        }

        Pieces.Add(unit, row.Id, pieces);
        return true;
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long Size { get; init; }

        public int Pieces { get; init; }

        public int Version { get; init; }
    }
}
