using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

/// <summary>A consent on record: what, for whom, how given, by whom recorded, when; and when it was taken back.</summary>
public sealed record ConsentRow(
    long Id, string LineName, string Purpose, string How, IReadOnlyList<string> Facts, string RecordedByName, DateTime RecordedAt, string? RevokedByName, DateTime? RevokedAt);

/// <summary>What a citizen can be asked to agree to: for a line that works the case, by a rule, these facts.</summary>
public sealed record ConsentChoice(string Line, string LineName, string Rule, string Purpose, string Article, IReadOnlyList<Option> Facts);

/// <summary>The consents of a case and what may still be asked, for the organisation that recorded the facts.</summary>
public static class ConsentsQuery
{
    public static async Task<(IReadOnlyList<ConsentRow> Kept, IReadOnlyList<ConsentChoice> Choices)> LoadAsync(
        Reader r, Say say, SharingRules sharing, Actor actor, CaseAccess access, IReadOnlyList<VisibleFact> facts, RulesOff off)
    {
        var own = facts.Where(f => f.IsOwn).ToDictionary(f => f.Id);
        var kept = !access.MayWork ? [] : await r.QueryAsync<KeptRow>(
            $"""
            SELECT c.id, c.line_code, c.rule_id, c.how, w.name AS recorded_by_name, c.recorded_at, x.name AS revoked_by_name, c.revoked_at
            FROM consent c JOIN professional w ON w.id = c.recorded_by LEFT JOIN professional x ON x.id = c.revoked_by
            WHERE c.case_id = @CaseId AND (c.organisation_code = @OrganisationCode OR c.organisation_code IN {Actor.PastCodes}) ORDER BY c.id
            """,
            new { access.CaseId, actor.OrganisationCode, actor.Id });
        var about = kept.Count == 0 ? [] : await r.QueryAsync<AboutRow>(
            "SELECT f.consent_id, f.fact_id FROM consent c JOIN consent_fact f ON f.consent_id = c.id WHERE c.case_id = @CaseId ORDER BY f.fact_id", new { access.CaseId });
        var lines = !access.MayEdit || access.State != "open" ? [] : await r.QueryAsync<LineRow>(
            """
            SELECT DISTINCT l.code, l.topic_code, l.organisation_code FROM case_participant cp JOIN line l ON l.code = cp.line_code
            WHERE cp.case_id = @CaseId AND cp.until IS NULL
              AND EXISTS (SELECT 1 FROM handoff h WHERE h.case_id = @CaseId AND h.line_code = l.code AND h.mode <> 'consult' AND h.accepted_at IS NOT NULL)
            """,
            new { access.CaseId });
        var has = lines.Count == 0 ? [] : (await r.QueryAsync<HasRow>("SELECT fact_id, line_code FROM disclosure WHERE case_id = @CaseId AND until IS NULL", new { access.CaseId })).Select(d => (d.FactId, d.LineCode)).ToHashSet();
        var names = await LineNames.OfAsync(r, say, [.. lines.Select(l => l.Code).Concat(kept.Select(k => k.LineCode)).Distinct()]);
        return (
            kept.ConvertAll(k => new ConsentRow(
                k.Id, names[k.LineCode], Purpose(sharing.ById(k.RuleId), say), k.How, [.. about.Where(a => a.ConsentId == k.Id).Select(a => own.GetValueOrDefault(a.FactId)).OfType<VisibleFact>().Select(f => FactWords.Label(f, say))],
                k.RecordedByName, k.RecordedAt, k.RevokedByName, k.RevokedAt)),
            [.. lines.SelectMany(l => Rules(sharing, actor, l, off), (l, rule) => new ConsentChoice(
                l.Code, names[l.Code], rule.Id, Purpose(rule, say), $"{rule.Law} {rule.Article}",
                [.. own.Values.Where(f => rule.Allows(f.Kind) && !has.Contains((f.Id, l.Code)))
                    .Select(f => new Option(f.Id.ToString(CultureInfo.InvariantCulture), FactWords.Choice(f, say)))])).Where(c => c.Facts.Count > 0)]);
    }

    private static IEnumerable<SharingRule> Rules(SharingRules sharing, Actor actor, LineRow line, RulesOff off) =>
        sharing.ForConsent(line.TopicCode, line.OrganisationCode == actor.OrganisationCode, off);

    private static string Purpose(SharingRule? rule, Say say) => rule is null ? "" : say.IsEnglish ? rule.PurposeEn : rule.PurposeNl;

    private sealed class KeptRow
    {
        public long Id { get; init; }

        public string LineCode { get; init; } = "";

        public string RuleId { get; init; } = "";

        public string How { get; init; } = "";

        public string RecordedByName { get; init; } = "";

        public DateTime RecordedAt { get; init; }

        public string? RevokedByName { get; init; }

        public DateTime? RevokedAt { get; init; }
    }

    private sealed class AboutRow
    {
        public long ConsentId { get; init; }

        public long FactId { get; init; }
    }

    private sealed class LineRow
    {
        public string Code { get; init; } = "";

        public string TopicCode { get; init; } = "";

        public string OrganisationCode { get; init; } = "";
    }

    private sealed class HasRow
    {
        public long FactId { get; init; }

        public string LineCode { get; init; } = "";
    }
}
