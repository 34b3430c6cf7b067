using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Security;

namespace Loket.Web.Features.Documents;

/// <summary>After a change of keys: seals the documents again under the newest, one at a time, while they are read and written.</summary>
public sealed class RenewDocuments(Db db, KeyRing keys) : IJob
{
    private const int Batch = 20;

    public async Task RunAsync(CancellationToken ct)
    {
        var newest = keys.Newest;
        foreach (var row in await db.ReadAsync(r => r.QueryAsync<Row>(
            $"SELECT id, size, pieces, version FROM document WHERE pieces > 0 AND key_version < @newest ORDER BY key_version, id {r.Dialect.First(Batch)}", new { newest })))
        {
            ct.ThrowIfCancellationRequested();
            var file = await db.ReadAsync(r => Pieces.FindAsync(r, keys, row.Id, row.Size, row.Pieces));
            var pieces = file is null ? [] : Pieces.Seal(keys, row.Id, file);
            await db.WriteAsync<bool>(unit => Replace(unit, row, newest, pieces));
        }
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
