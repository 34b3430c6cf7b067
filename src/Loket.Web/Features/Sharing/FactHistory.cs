using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

/// <summary>What a fact said before: its source, who recorded it when, and who put it right when and why.</summary>
public sealed record FactWas(string Value, string Source, string RecordedByName, DateTime RecordedAt, string CorrectedByName, DateTime CorrectedAt, string Why);

/// <summary>Who of a line has not yet seen a correction; null <see cref="ByName"/>: nobody.</summary>
public sealed record FactTold(string LineCode, string? ByName);

/// <summary>A fact that was taken out of the case: what it was called, who took it out when and why, and until when it can be put back. Not what it said.</summary>
public sealed class FactOut
{
    public long Id { get; init; }

    public string Kind { get; init; } = "";

    public string Label { get; init; } = "";

    public string ByName { get; init; } = "";

    public DateTime At { get; init; }

    public string Why { get; init; } = "";

    public DateTime EraseAt { get; init; }

    public int Document { get; init; }

    public bool IsDocument => Document == 1;
}

/// <summary>The history of the facts of the own organisation that were put right; nobody else has it.</summary>
public static class FactHistory
{
    public static async Task<ILookup<long, FactWas>> LoadAsync(Reader r, long caseId, IReadOnlySet<long> corrected)
    {
        var rows = corrected.Count == 0 ? [] : await r.QueryAsync<Row>(
            """
            SELECT x.fact_id, v.value, x.was_source, b.name AS recorded_by_name, x.was_recorded_at, w.name AS corrected_by_name, x.corrected_at, y.value AS why
            FROM fact_correction x JOIN personal_value v ON v.id = x.was_id JOIN personal_value y ON y.id = x.why_id
            JOIN professional b ON b.id = x.was_recorded_by JOIN professional w ON w.id = x.corrected_by
            WHERE x.case_id = @caseId AND v.value IS NOT NULL ORDER BY x.id DESC
            """,
            new { caseId });
        return rows.Where(x => corrected.Contains(x.FactId))
            .ToLookup(x => x.FactId, x => new FactWas(x.Value, x.WasSource, x.RecordedByName, x.WasRecordedAt, x.CorrectedByName, x.CorrectedAt, x.Why));
    }

    /// <summary>What was taken out and can still be put back, by who may do that.</summary>
    public static Task<List<FactOut>> TakenOutAsync(Reader r, Actor actor, long caseId) => r.QueryAsync<FactOut>(
        $"""
        SELECT f.id, f.kind, f.label, f.erase_at, w.name AS by_name, x.corrected_at AS at, y.value AS why, CASE WHEN h.id IS NULL THEN 0 ELSE 1 END AS document
        FROM fact f JOIN fact_correction x ON x.id = (SELECT MAX(z.id) FROM fact_correction z WHERE z.case_id = @caseId AND z.fact_id = f.id)
        JOIN personal_value y ON y.id = x.why_id JOIN professional w ON w.id = x.corrected_by LEFT JOIN document h ON h.fact_id = f.id
        WHERE f.case_id = @caseId AND f.erase_at IS NOT NULL AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes}) ORDER BY f.id
        """,
        new { caseId, actor.OrganisationCode });

    /// <summary>Per fact the lines that were told of its last correction, and who of each has seen it.</summary>
    public static async Task<ILookup<long, FactTold>> ToldAsync(Reader r, long caseId, IReadOnlySet<long> corrected) => (corrected.Count == 0 ? [] : await r.QueryAsync<ToldRow>(
        """
        SELECT n.fact_id, n.line_code, w.name AS by_name FROM fact_notice n LEFT JOIN professional w ON w.id = n.seen_by
        WHERE n.case_id = @caseId AND NOT EXISTS (SELECT 1 FROM fact_notice x WHERE x.case_id = @caseId AND x.fact_id = n.fact_id AND x.line_code = n.line_code AND x.id > n.id)
        ORDER BY n.id
        """,
        new { caseId })).Where(n => corrected.Contains(n.FactId)).ToLookup(n => n.FactId, n => new FactTold(n.LineCode, n.ByName));

    private sealed class ToldRow
    {
        public long FactId { get; init; }

        public string LineCode { get; init; } = "";

        public string? ByName { get; init; }
    }

    private sealed class Row
    {
        public long FactId { get; init; }

        public string Value { get; init; } = "";

        public string WasSource { get; init; } = "";

        public string RecordedByName { get; init; } = "";

        public DateTime WasRecordedAt { get; init; }

        public string CorrectedByName { get; init; } = "";

        public DateTime CorrectedAt { get; init; }

        public string Why { get; init; } = "";
    }
}
