using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

/// <summary>GET /sharing-rules: by which rows the own organisation gives facts, and which it switched off. View <c>Sharing/Rules.cshtml</c>.</summary>
public sealed class SharingRulesView
{
    public IReadOnlyList<RuleRow> Rules { get; init; } = [];

    /// <summary>A refused switch.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

/// <summary>A row: purpose, article, whether it was checked, what runs by it; and since when it is off, by whom and why.</summary>
public sealed class RuleRow
{
    public string Id { get; init; } = "";

    public string Purpose { get; init; } = "";

    public string Article { get; init; } = "";

    public bool ToBeChecked { get; init; }

    public bool NeedsConsent { get; init; }

    /// <summary>Topics of the lines it gives to; empty: every line.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    public IReadOnlyList<string> Kinds { get; init; } = [];

    public DateTime? OffAt { get; init; }

    public string? OffByName { get; init; }

    public string? OffReason { get; init; }

    /// <summary>Facts that are given by it now.</summary>
    public int Running { get; init; }

    /// <summary>Of a row that is off: what still runs, for who has to take it back. Numbers and owners, no content.</summary>
    public IReadOnlyList<RunningRow> ToWithdraw { get; init; } = [];
}

public sealed record RunningRow(string CaseNumber, string OwnerName, string LineName, int Facts, DateTime Since);

/// <summary>Reads <see cref="SharingRulesView"/>.</summary>
public sealed class SharingRulesQuery(Db db, Say say, SharingRules sharing)
{
    public const int Longest = 100;

    private const string From = $"""
        FROM disclosure d JOIN fact f ON f.id = d.fact_id JOIN case_file c ON c.id = d.case_id JOIN professional w ON w.id = c.owner_id
        WHERE d.rule_id = @rule AND d.until IS NULL AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes})
        """;

    public Task<SharingRulesView> LoadAsync(Actor actor, FormState form) => db.ReadAsync(async r =>
    {
        var off = (await r.QueryAsync<OffRow>(
            "SELECT o.rule_id, o.off_at, w.name, o.reason FROM sharing_rule_off o JOIN professional w ON w.id = o.off_by WHERE o.organisation_code = @OrganisationCode AND o.on_at IS NULL",
            new { actor.OrganisationCode })).ToDictionary(o => o.RuleId);
        var rows = new List<RuleRow>();
        foreach (var (rule, topics) in sharing.InUse())
        {
            var (count, running) = await RunningAsync(r, actor, rule.Id, listed: off.ContainsKey(rule.Id));
            var now = off.GetValueOrDefault(rule.Id);
            rows.Add(new RuleRow
            {
                Id = rule.Id, Purpose = say.IsEnglish ? rule.PurposeEn : rule.PurposeNl, Article = $"{rule.Law} {rule.Article}", ToBeChecked = !rule.Verified, NeedsConsent = rule.NeedsConsent,
                Topics = topics.Contains("*") ? [] : topics, Kinds = [.. rule.Kinds.Keys], OffAt = now?.OffAt, OffByName = now?.Name, OffReason = now?.Reason,
                Running = count, ToWithdraw = running,
            });
        }

        return new SharingRulesView { Rules = rows, Form = form };
    });

    private async Task<(int Count, IReadOnlyList<RunningRow> Rows)> RunningAsync(Reader r, Actor actor, string rule, bool listed)
    {
        var args = new { rule, actor.OrganisationCode };
        var count = (int)await r.ScalarAsync<long>($"SELECT COUNT(*) {From}", args);
        if (!listed || count == 0)
        {
            return (count, []);
        }

        var rows = await r.QueryAsync<GivenRow>(
            $"SELECT c.number, w.name AS owner_name, d.line_code, COUNT(*) AS facts, MIN(d.since) AS since {From} GROUP BY c.number, w.name, d.line_code ORDER BY MIN(d.since), c.number {r.Dialect.First(Longest)}", args);
        var names = await LineNames.OfAsync(r, say, [.. rows.Select(g => g.LineCode).Distinct()]);
        return (count, rows.ConvertAll(g => new RunningRow(g.Number, g.OwnerName, names[g.LineCode], (int)g.Facts, g.Since)));
    }

    private sealed class OffRow
    {
        public string RuleId { get; init; } = "";

        public DateTime OffAt { get; init; }

        public string Name { get; init; } = "";

        public string Reason { get; init; } = "";
    }

    private sealed class GivenRow
    {
        public string Number { get; init; } = "";

        public string OwnerName { get; init; } = "";

        public string LineCode { get; init; } = "";

        public long Facts { get; init; }

        public DateTime Since { get; init; }
    }
}
