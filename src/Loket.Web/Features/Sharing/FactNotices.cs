using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

public sealed record NoticeSeen(string NoticeId);

/// <summary>
/// A line hears that a fact it was given was put right, without the value. <see cref="MayOpen"/>: it still has a part in the
/// case. <see cref="IsOut"/>: it was taken out of the case.
/// </summary>
public sealed record FactNotice(long Id, long CaseId, string CaseNumber, string Line, string Kind, DateTime ToldAt, bool MayOpen, bool IsOut);

/// <summary>Corrections that a line was told of and nobody of it has seen yet.</summary>
public sealed class FactNotices(Db db)
{
    public const int Longest = 50;

    /// <summary>What this person's lines were told and have not seen, the newest correction of each fact.</summary>
    public static async Task<IReadOnlyList<FactNotice>> ToAsync(Reader r, Say say, Actor actor)
    {
        var rows = await r.QueryAsync<Row>(
            $"""
            SELECT n.id, n.case_id, n.fact_id, n.line_code, n.told_at, f.kind, c.number, CASE WHEN v.value IS NULL THEN 1 ELSE 0 END AS gone FROM line_member m
            JOIN fact_notice n ON n.line_code = m.line_code AND n.seen_at IS NULL JOIN fact f ON f.id = n.fact_id JOIN personal_value v ON v.id = f.personal_id JOIN case_file c ON c.id = n.case_id
            WHERE m.professional_id = @Id AND c.destroyed_at IS NULL ORDER BY n.id {r.Dialect.First(Longest)}
            """,
            new { actor.Id });
        var may = await CaseAccess.PartsAsync(r, actor, [.. rows.Select(n => n.CaseId).Distinct()]);
        var names = await LineNames.OfAsync(r, say, [.. rows.Select(n => n.LineCode).Distinct()]);
        return [.. rows.GroupBy(n => (n.FactId, n.LineCode)).Select(g => g.Last())
            .Select(n => new FactNotice(n.Id, n.CaseId, n.Number, names[n.LineCode], n.Kind, n.ToldAt, may.ContainsKey(n.CaseId), n.Gone == 1))];
    }

    /// <summary>Somebody of the line has seen it, with what came before it about the same fact.</summary>
    public Task<Outcome<NoticeSeen>> SeenAsync(Actor actor, long caseId, long? notice, string? key) =>
        db.WriteAsync<NoticeSeen>(Command.Of(actor.Id, "fact-notice-seen", key, new { caseId, notice }), unit =>
        {
            var row = unit.Find<Row>(
                """
                SELECT n.id, n.case_id, n.fact_id, n.line_code, n.seen_at, f.kind FROM fact_notice n JOIN fact f ON f.id = n.fact_id
                JOIN line_member m ON m.line_code = n.line_code AND m.professional_id = @Id WHERE n.id = @notice AND n.case_id = @caseId
                """,
                new { actor.Id, notice, caseId });
            if (row is null)
            {
                return new Refusal("fact-notice-unknown");
            }

            if (row.SeenAt is not null)
            {
                return new Refusal("fact-notice-seen");
            }

            unit.Execute(
                """
                UPDATE fact_notice SET seen_by = @actor, seen_at = @Now
                WHERE case_id = @CaseId AND fact_id = @FactId AND line_code = @LineCode AND id <= @Id AND seen_at IS NULL
                """,
                new { actor = actor.Id, unit.Now, row.CaseId, row.FactId, row.LineCode, row.Id });
            var owner = unit.Scalar<long>("SELECT owner_id FROM case_file WHERE id = @CaseId", new { row.CaseId });
            unit.Append(new Entry(row.CaseId, "fact_correction_seen", row.FactId, actor.Id, actor.OrganisationCode, new { kind = row.Kind, line = row.LineCode, notify = Notify.Ids(actor.Id, owner) }));
            return new NoticeSeen(row.Id.ToString(CultureInfo.InvariantCulture));
        });

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public long FactId { get; init; }

        public string LineCode { get; init; } = "";

        public DateTime ToldAt { get; init; }

        public DateTime? SeenAt { get; init; }

        public string Kind { get; init; } = "";

        public int Gone { get; init; }

        public string Number { get; init; } = "";
    }
}
