using System.Globalization;
using Loket.Domain;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Representation;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

public sealed record FactShared(string FactId, string Line);

/// <summary>Which fact of the case, and which line that works on it. <paramref name="Ask"/>: the request this answers.</summary>
public sealed record ShareFactForm(long? Fact, string? Line, long? Ask = null);

/// <summary>
/// Decisions about one fact after the handoff: given to a line that works the case, or taken back. Who decides about the case
/// gives, whoever works it for the organisation that recorded the fact takes back; always only facts of the own organisation,
/// and only where the rule of the line allows it: no row, no disclosure (DOMAIN 5).
/// </summary>
public sealed class ShareFact(Db db, SharingRules sharing)
{
    public Task<Outcome<FactShared>> GiveAsync(Actor actor, long caseId, ShareFactForm form, string? key) =>
        db.WriteAsync<FactShared>(Command.Of(actor.Id, "fact-give", key, new { caseId, form }), unit =>
        {
            CaseAccess.RequireEdit(unit, actor, caseId);
            OnBehalf.Require(unit, caseId, ActOnBehalf.Share);
            if (OwnFact.Find(unit, actor, caseId, form.Fact) is not { } fact)
            {
                return new Refusal("fact-unknown");
            }

            if (HandoffTo(unit, caseId, form.Line) is not { } handoff)
            {
                return new Refusal("line-not-in-case");
            }

            var off = RulesOff.Of(unit, actor.OrganisationCode);
            var rule = sharing.ForTopic(unit.Find<string>("SELECT topic_code FROM line WHERE code = @Line", new { form.Line })!, off);
            var ground = rule?.Allows(fact.Kind) == true ? new Ground(rule.Id, null) : Consented(unit, caseId, fact.Id, form.Line!, off);
            if (ground is null)
            {
                return new Refusal("fact-no-rule");
            }

            Answer(unit, actor, caseId, form, fact.Kind);
            if (!Disclose(unit, actor, caseId, fact.Id, handoff, form.Line!, ground))
            {
                return new Refusal("fact-given-already");
            }

            unit.Append(new Entry(caseId, "fact_given", fact.Id, actor.Id, actor.OrganisationCode, new
            {
                line = form.Line, kind = fact.Kind, rule = ground.Rule, notify = OnLine(unit, caseId, form.Line!),
            }));
            return new FactShared(fact.Id.ToString(CultureInfo.InvariantCulture), form.Line!);
        });

    /// <summary>The line sees this fact no longer, from now on and also when it gets the same question again.</summary>
    public Task<Outcome<FactShared>> WithdrawAsync(Actor actor, long caseId, ShareFactForm form, string? key) =>
        db.WriteAsync<FactShared>(Command.Of(actor.Id, "fact-withdraw", key, new { caseId, form }), unit =>
        {
            CaseAccess.RequireWork(unit, actor, caseId);
            if (OwnFact.Find(unit, actor, caseId, form.Fact) is not { } fact)
            {
                return new Refusal("fact-unknown");
            }

            var args = new { unit.Now, caseId, fact = fact.Id, form.Line };
            unit.Execute(
                """
                DELETE FROM handoff_fact WHERE fact_id = @fact AND handoff_id IN (
                    SELECT d.handoff_id FROM disclosure d WHERE d.fact_id = @fact AND d.line_code = @Line AND d.until IS NULL)
                """,
                args);
            if (unit.Execute("UPDATE disclosure SET until = @Now WHERE fact_id = @fact AND line_code = @Line AND until IS NULL", args) == 0)
            {
                return new Refusal("fact-not-given");
            }

            unit.Append(new Entry(caseId, "fact_withdrawn", fact.Id, actor.Id, actor.OrganisationCode, new
            {
                line = form.Line, kind = fact.Kind, notify = OnLine(unit, caseId, form.Line!),
            }));
            return new FactShared(fact.Id.ToString(CultureInfo.InvariantCulture), form.Line!);
        });

    /// <summary>Who works the case for a line now.</summary>
    internal static string[] OnLine(Unit unit, long caseId, string line) => Notify.Ids(unit.Query<long?>(
        "SELECT professional_id FROM case_participant WHERE case_id = @caseId AND line_code = @line AND until IS NULL", new { caseId, line }));

    /// <summary>By what a fact is given: a rule, and the consent where the rule needs one.</summary>
    internal sealed record Ground(string Rule, long? Consent);

    /// <summary>
    /// The handoff by which the line works on the case; null when it does not. It has to be one that gives the case: a consult
    /// gives nothing.
    /// </summary>
    internal static long? HandoffTo(Unit unit, long caseId, string? line) => unit.Find<long?>(
        """
        SELECT MAX(h.id) FROM handoff h JOIN case_participant cp ON cp.case_id = h.case_id AND cp.line_code = h.line_code AND cp.until IS NULL
        WHERE h.case_id = @caseId AND h.line_code = @line AND h.mode <> 'consult' AND h.accepted_at IS NOT NULL
        """,
        new { caseId, line });

    // What the citizen consented to before still counts: the line may have left and come back.
    private static Ground? Consented(Unit unit, long caseId, long fact, string line, RulesOff off) => unit.Query<ConsentRow>(
        """
        SELECT c.id, c.rule_id FROM consent c JOIN consent_fact f ON f.consent_id = c.id
        WHERE c.case_id = @caseId AND c.line_code = @line AND f.fact_id = @fact AND c.revoked_at IS NULL ORDER BY c.id
        """,
        new { caseId, line, fact }).Find(c => !off.Has(c.RuleId)) is { } consent ? new Ground(consent.RuleId, consent.Id) : null;

    // An answer is to its own question: that line, that kind, and nobody answered it yet.
    private static void Answer(Unit unit, Actor actor, long caseId, ShareFactForm form, string kind)
    {
        if (form.Ask is not null && unit.Execute(
            """
            UPDATE fact_ask SET state = 'given', answered_by = @actor, answered_at = @Now, version = version + 1
            WHERE id = @Ask AND case_id = @caseId AND line_code = @Line AND kind = @kind AND state = 'asked'
            """,
            new { actor = actor.Id, unit.Now, form.Ask, caseId, form.Line, kind }) == 0)
        {
            throw new RefusedException(new Refusal("fact-ask-over"));
        }
    }

    /// <summary>False when the line has it already.</summary>
    internal static bool Disclose(Unit unit, Actor actor, long caseId, long fact, long handoff, string line, Ground ground)
    {
        var args = new { id = unit.NewId(), caseId, fact, handoff, line, ground.Rule, ground.Consent, actor = actor.Id, unit.Now };
        if (unit.Scalar<long>("SELECT COUNT(*) FROM disclosure WHERE fact_id = @fact AND line_code = @line AND until IS NULL", args) > 0)
        {
            return false;
        }

        if (unit.Execute(
            """
            UPDATE disclosure SET until = NULL, since = @Now, given_by = @actor, rule_id = @Rule, consent_id = @Consent
            WHERE handoff_id = @handoff AND fact_id = @fact AND line_code = @line
            """,
            args) == 0)
        {
            unit.Execute(
                """
                INSERT INTO disclosure (id, case_id, fact_id, handoff_id, line_code, rule_id, consent_id, given_by, since)
                VALUES (@id, @caseId, @fact, @handoff, @line, @Rule, @Consent, @actor, @Now)
                """,
                args);
        }

        return true;
    }

    private sealed class ConsentRow
    {
        public long Id { get; init; }

        public string RuleId { get; init; } = "";
    }
}
