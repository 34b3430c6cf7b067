using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>
/// After a change of keys: seals and indexes the numbers that stand under an older version anew, a batch at a time, while
/// everybody works on. Safe on several nodes at once, and again after it was cut off.
/// </summary>
public sealed class RenewNumbers(Db db, KeyRing keys) : IJob
{
    /// <summary>Few enough that nobody waits for the batch.</summary>
    public const int Batch = 100;

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && (await db.WriteAsync<int>(unit => Renew(unit))).Value == Batch)
        {
        }
    }

    private int Renew(Unit unit)
    {
        var rows = unit.Query<Row>(
            $"""
            SELECT id, number_kind, number_sealed, number_index, number_key FROM party
            WHERE number_key IS NOT NULL AND number_key < @newest ORDER BY number_key, id {unit.Dialect.First(Batch)}
            """,
            new { newest = keys.Newest });
        foreach (var row in rows)
        {
            var context = OpenCase.PartyContext(row.Id);
            var renewed = keys.SealNumber(row.NumberKind, keys.Open(row.NumberSealed, context), context);
            unit.Execute(
                "UPDATE party SET number_sealed = @Sealed, number_index = @Index, number_key = @Version WHERE id = @Id AND number_key = @NumberKey",
                new { renewed.Sealed, renewed.Index, renewed.Version, row.Id, row.NumberKey });
            // Who was told something, or objected, is known by the same index.
            var known = new { renewed.Index, old = row.NumberIndex };
            unit.Execute("UPDATE proactive_person SET person_key = @Index WHERE person_key = @old", known);
            unit.Execute("UPDATE proactive_objection SET person_key = @Index WHERE person_key = @old", known);
        }

        return rows.Count;
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string NumberKind { get; init; } = "";

        public string NumberSealed { get; init; } = "";

        public string NumberIndex { get; init; } = "";

        public int NumberKey { get; init; }
    }
}
