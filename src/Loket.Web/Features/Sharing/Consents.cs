using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

public sealed record ConsentKept(string ConsentId);

/// <summary>What the citizen agreed to: which facts, for which line, by which rule, and how they said so (<c>spoken written digital</c>).</summary>
public sealed record ConsentForm(string? Line, string? Rule, IReadOnlyList<long>? Facts, string? How);

/// <summary>
/// Consent, only where a sharing rule asks for it (AVG art. 6 and 7): recorded with who, what, for whom and how, and taken back
/// as easily, at once and whenever the citizen says so. Nothing else in the case follows from it: no service, no term.
/// </summary>
public sealed class Consents(Db db, SharingRules sharing)
{
    public static readonly IReadOnlyList<string> Ways = ["spoken", "written", "digital"];

    /// <summary>Records the consent and gives the facts it is about.</summary>
    public Task<Outcome<ConsentKept>> RecordAsync(Actor actor, long caseId, ConsentForm form, string? key) =>
        db.WriteAsync<ConsentKept>(Command.Of(actor.Id, "consent-record", key, new { caseId, form }), unit =>
        {
            CaseAccess.RequireEdit(unit, actor, caseId);
            if (!Ways.Contains(form.How ?? ""))
            {
                return new Refusal("consent-how-missing");
            }

            if (ShareFact.HandoffTo(unit, caseId, form.Line) is not { } handoff)
            {
                return new Refusal("line-not-in-case");
            }

            var line = unit.Find<LineRow>("SELECT topic_code, organisation_code FROM line WHERE code = @Line", new { form.Line })!;
            var rule = sharing.ForConsent(line.TopicCode, line.OrganisationCode == actor.OrganisationCode, RulesOff.Of(unit, actor.OrganisationCode)).FirstOrDefault(r => r.Id == form.Rule);
            var facts = unit.Query<FactRow>(
                $"""
                SELECT f.id, f.kind FROM fact f JOIN personal_value v ON v.id = f.personal_id AND v.value IS NOT NULL
                WHERE f.case_id = @caseId AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes}) AND f.id IN @facts ORDER BY f.id
                """,
                new { caseId, actor.OrganisationCode, facts = form.Facts ?? [] });
            if (rule is null || facts.Exists(f => !rule.Allows(f.Kind)))
            {
                return new Refusal("consent-no-rule");
            }

            if (facts.Count == 0 || facts.Count != form.Facts!.Distinct().Count())
            {
                return new Refusal("consent-facts-missing");
            }

            var id = unit.NewId();
            unit.Execute(
                """
                INSERT INTO consent (id, case_id, organisation_code, line_code, rule_id, how, recorded_by, recorded_at)
                VALUES (@id, @caseId, @OrganisationCode, @Line, @rule, @How, @actor, @Now)
                """,
                new { id, caseId, actor.OrganisationCode, form.Line, rule = rule.Id, form.How, actor = actor.Id, unit.Now });
            foreach (var fact in facts)
            {
                unit.Execute("INSERT INTO consent_fact (consent_id, fact_id) VALUES (@id, @fact)", new { id, fact = fact.Id });
                // What the line has by a rule of its own it has without consent.
                ShareFact.Disclose(unit, actor, caseId, fact.Id, handoff, form.Line!, new(rule.Id, id));
            }

            unit.Append(new Entry(caseId, "consent_given", id, actor.Id, actor.OrganisationCode, new
            {
                line = form.Line, rule = rule.Id, kinds = facts.Select(f => f.Kind).Distinct(), how = form.How, notify = ShareFact.OnLine(unit, caseId, form.Line!),
            }));
            return new ConsentKept(id.ToString(CultureInfo.InvariantCulture));
        });

    /// <summary>Takes it back: what rests on it ends at once, also in a case that is closed.</summary>
    public Task<Outcome<ConsentKept>> RevokeAsync(Actor actor, long caseId, long? consent, string? key) =>
        db.WriteAsync<ConsentKept>(Command.Of(actor.Id, "consent-revoke", key, new { caseId, consent }), unit =>
        {
            if (CaseAccess.Find(unit, actor, caseId) is not { } access)
            {
                return new Refusal("case-unknown");
            }

            if (!access.MayWork)
            {
                return new Refusal("case-read-only");
            }

            var row = unit.Find<ConsentRow>(
                $"SELECT id, line_code, revoked_at FROM consent WHERE id = @consent AND case_id = @caseId AND (organisation_code = @OrganisationCode OR organisation_code IN {Actor.PastCodes})",
                new { consent, caseId, actor.OrganisationCode });
            if (row is null)
            {
                return new Refusal("consent-unknown");
            }

            if (unit.Execute("UPDATE consent SET revoked_by = @actor, revoked_at = @Now WHERE id = @Id AND revoked_at IS NULL", new { actor = actor.Id, unit.Now, row.Id }) == 0)
            {
                return new Refusal("consent-over");
            }

            var ended = unit.Execute("UPDATE disclosure SET until = @Now WHERE consent_id = @Id AND until IS NULL", new { unit.Now, row.Id });
            unit.Append(new Entry(caseId, "consent_revoked", row.Id, actor.Id, actor.OrganisationCode, new { line = row.LineCode, count = ended, notify = ShareFact.OnLine(unit, caseId, row.LineCode) }));
            return new ConsentKept(row.Id.ToString(CultureInfo.InvariantCulture));
        });

    private sealed class LineRow
    {
        public string TopicCode { get; init; } = "";

        public string OrganisationCode { get; init; } = "";
    }

    private sealed class FactRow
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";
    }

    private sealed class ConsentRow
    {
        public long Id { get; init; }

        public string LineCode { get; init; } = "";
    }
}
