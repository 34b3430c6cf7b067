using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>
/// After a change of keys: seals and indexes the numbers that stand under an older version anew, each by itself, while
/// everybody works on. Safe on several nodes at once, and again after it was cut off.
/// </summary>
public sealed class RenewNumbers(Db db, KeyRing keys, SetAside aside) : IJob
{
    private const int Batch = 100;

    public async Task RunAsync(CancellationToken ct)
    {
        List<Row> due;
        do
        {
            due = await db.ReadAsync(r => r.QueryAsync<Row>(
                $"""
                SELECT p.id, p.number_kind, p.number_sealed, p.number_index, p.number_key FROM party p
                WHERE p.number_key IS NOT NULL AND p.number_key < @newest
                  AND NOT EXISTS (SELECT 1 FROM set_aside x WHERE x.job = 'renew-number' AND x.subject_id = p.id AND x.next_at > @Now)
                ORDER BY p.number_key, p.id {r.Dialect.First(Batch)}
                """,
                new { newest = keys.Newest, r.Now }), ct);
            await aside.EachAsync("renew-number", due, row => row.Id, due.Count < Batch, async row => (await db.WriteAsync<int>(unit => Renew(unit, row))).Refusal, ct);
        }
        while (due.Count == Batch && !ct.IsCancellationRequested);
    }

    private int Renew(Unit unit, Row row)
    {
        var context = OpenCase.PartyContext(row.Id);
        var renewed = keys.SealNumber(row.NumberKind, keys.Open(row.NumberSealed, context), context);
        // Who was told something, or objected, is known by the same index.
        var known = new { renewed.Index, old = row.NumberIndex };
        unit.Execute("UPDATE proactive_person SET person_key = @Index WHERE person_key = @old", known);
        unit.Execute("UPDATE proactive_objection SET person_key = @Index WHERE person_key = @old", known);
        return unit.Execute(
            "UPDATE party SET number_sealed = @Sealed, number_index = @Index, number_key = @Version WHERE id = @Id AND number_key = @NumberKey",
            new { renewed.Sealed, renewed.Index, renewed.Version, row.Id, row.NumberKey });
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
