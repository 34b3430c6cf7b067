using Loket.Domain;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;

namespace Loket.Web.Features.Overview;

/// <summary>
/// The citizen's own overview of a case, for the desk that serves them: of the organisation that opened it, once it is
/// established who the citizen is (AVG art. 12 and 15).
/// </summary>
public sealed class OverviewQuery(Db db, Say say, SharingRules sharing)
{
    /// <summary>What is done by itself and tells the citizen nothing.</summary>
    private static readonly HashSet<string> Unsaid = ["offer", "escalation", "obligations", "line", "presence"];

    public Task<Outcome<CitizenOverview>> LoadAsync(Actor actor, long caseId) => db.ReadAsync<Outcome<CitizenOverview>>(async r =>
    {
        if (await CaseAccess.FindAsync(r, actor, caseId) is not { } access)
        {
            return new Refusal("case-unknown");
        }

        if (!actor.FrontOffice || !access.MayEdit || !access.IsOwnOrganisation)
        {
            return new Refusal("case-read-only");
        }

        var row = (await r.FindAsync<CaseRow>(
            "SELECT c.number, v.value AS question, c.identity_method FROM case_file c LEFT JOIN personal_value v ON v.id = c.question_id WHERE c.id = @caseId", new { caseId }))!;
        if (row.IdentityMethod == "not_established")
        {
            return new Refusal("identity-first");
        }

        var authority = await StoredAuthority.FindAsync(r, caseId);
        if (authority?.Check(ActOnBehalf.Inspect, r.Now) is { } no)
        {
            return no;
        }

        // Who acts for somebody whose address is secret does not learn it here (DOMAIN 5).
        var facts = (await VisibleFacts.LoadAsync(r, actor, caseId)).FindAll(f => authority is null || !f.IsSecret);
        return new CitizenOverview
        {
            CaseId = caseId, CaseNumber = row.Number, Organisation = actor.OrganisationName, MadeAt = r.Now, Question = row.Question ?? "",
            Facts = facts.ConvertAll(f => new KnownFact(FactWords.Label(f, say), FactWords.Value(f, say), f.Source, f.RecordedAt, f.IsSecret)),
            Given = await GivenAsync(r, caseId, facts), Reads = await ReadsAsync(r, caseId), Changes = await ChangesAsync(r, caseId),
        };
    });

    private async Task<IReadOnlyList<GivenFact>> GivenAsync(Reader r, long caseId, IReadOnlyList<VisibleFact> facts)
    {
        var rows = await r.QueryAsync<GivenRow>("SELECT fact_id, line_code, rule_id, since, until FROM disclosure WHERE case_id = @caseId ORDER BY since DESC, id DESC", new { caseId });
        var lines = await LineNames.OfAsync(r, say, [.. rows.Select(g => g.LineCode).Distinct()]);
        var labels = facts.ToDictionary(f => f.Id, f => FactWords.Label(f, say));
        return rows.ConvertAll(g =>
        {
            var rule = sharing.ById(g.RuleId);
            return new GivenFact(
                labels.GetValueOrDefault(g.FactId, say.Text("overview.other-fact")), lines[g.LineCode], rule is null ? null : say.IsEnglish ? rule.PurposeEn : rule.PurposeNl,
                rule is null ? null : $"{rule.Law} {rule.Article}".Trim(), g.Since, g.Until);
        });
    }

    private async Task<IReadOnlyList<Looked>> ReadsAsync(Reader r, long caseId)
    {
        var rows = await r.QueryAsync<ReadRow>(
            """
            SELECT l.at, o.display_name AS organisation, l.what, l.how, l.why, l.reason FROM access_log l LEFT JOIN organisation o ON o.code = l.organisation_code
            WHERE l.case_id = @caseId ORDER BY l.at DESC
            """,
            new { caseId });
        return [.. rows.GroupBy(l => (Day: Dates.DayOf(l.At), l.Organisation, Screen: l.How == "listed" ? "list" : l.What, l.Why, l.Reason))
            .Select(g => new Looked(g.Key.Day, g.Key.Organisation, say.Code("overview.read", g.Key.Screen), say.Code("overview.why", g.Key.Why), g.Key.Reason, g.Count()))];
    }

    private async Task<IReadOnlyList<Done>> ChangesAsync(Reader r, long caseId)
    {
        var rows = await r.QueryAsync<ChangeRow>(
            """
            SELECT j.at, j.kind, o.display_name AS organisation FROM journal j LEFT JOIN organisation o ON o.code = j.organisation_code WHERE j.case_id = @caseId ORDER BY j.n DESC
            """,
            new { caseId });
        return [.. rows.Select(j => (Day: Dates.DayOf(j.At), j.Organisation, Family: j.Kind.Split('_')[0])).Where(j => !Unsaid.Contains(j.Family))
            .GroupBy(j => j).Select(g => new Done(g.Key.Day, g.Key.Organisation, say.Code("overview.did", g.Key.Family), g.Count()))];
    }

    private sealed class CaseRow
    {
        public string Number { get; init; } = "";

        public string? Question { get; init; }

        public string IdentityMethod { get; init; } = "";
    }

    private sealed class GivenRow
    {
        public long FactId { get; init; }

        public string LineCode { get; init; } = "";

        public string RuleId { get; init; } = "";

        public DateTime Since { get; init; }

        public DateTime? Until { get; init; }
    }

    private sealed class ReadRow
    {
        public DateTime At { get; init; }

        public string? Organisation { get; init; }

        public string What { get; init; } = "";

        public string How { get; init; } = "";

        public string Why { get; init; } = "";

        public string? Reason { get; init; }
    }

    private sealed class ChangeRow
    {
        public DateTime At { get; init; }

        public string Kind { get; init; } = "";

        public string? Organisation { get; init; }
    }
}
