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
            if (Own(unit, actor, caseId, form.Fact) is not { } fact)
            {
                return new Refusal("fact-unknown");
            }

            // The line has to work on the case through a handoff that gives the case: a consult gives nothing.
            var handoff = unit.Find<long?>(
                """
                SELECT MAX(h.id) FROM handoff h JOIN case_participant cp ON cp.case_id = h.case_id AND cp.line_code = h.line_code AND cp.until IS NULL
                WHERE h.case_id = @caseId AND h.line_code = @Line AND h.mode <> 'consult' AND h.accepted_at IS NOT NULL
                """,
                new { caseId, form.Line });
            if (handoff is null)
            {
                return new Refusal("line-not-in-case");
            }

            var rule = sharing.ForTopic(unit.Find<string>("SELECT topic_code FROM line WHERE code = @Line", new { form.Line })!);
            if (rule?.Allows(fact.Kind) != true)
            {
                return new Refusal("fact-no-rule");
            }

            Answer(unit, actor, caseId, form, fact.Kind);
            Disclose(unit, actor, caseId, fact.Id, handoff.Value, form.Line!, rule.Id);
            unit.Append(new Entry(caseId, "fact_given", fact.Id, actor.Id, actor.OrganisationCode, new
            {
                line = form.Line, kind = fact.Kind, rule = rule.Id, notify = OnLine(unit, caseId, form.Line!),
            }));
            return new FactShared(fact.Id.ToString(CultureInfo.InvariantCulture), form.Line!);
        });

    /// <summary>The line sees this fact no longer, from now on and also when it gets the same question again.</summary>
    public Task<Outcome<FactShared>> WithdrawAsync(Actor actor, long caseId, ShareFactForm form, string? key) =>
        db.WriteAsync<FactShared>(Command.Of(actor.Id, "fact-withdraw", key, new { caseId, form }), unit =>
        {
            CaseAccess.RequireWork(unit, actor, caseId);
            if (Own(unit, actor, caseId, form.Fact) is not { } fact)
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

    private static FactRow? Own(Unit unit, Actor actor, long caseId, long? fact) => unit.Find<FactRow>(
        $"SELECT id, kind FROM fact WHERE id = @fact AND case_id = @caseId AND (recorded_organisation = @OrganisationCode OR recorded_organisation IN {Actor.PastCodes})", new { fact, caseId, actor.OrganisationCode });

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

    private static void Disclose(Unit unit, Actor actor, long caseId, long fact, long handoff, string line, string rule)
    {
        var args = new { id = unit.NewId(), caseId, fact, handoff, line, rule, actor = actor.Id, unit.Now };
        if (unit.Scalar<long>("SELECT COUNT(*) FROM disclosure WHERE fact_id = @fact AND line_code = @line AND until IS NULL", args) > 0)
        {
            throw new RefusedException(new Refusal("fact-given-already"));
        }

        if (unit.Execute(
            "UPDATE disclosure SET until = NULL, since = @Now, given_by = @actor, rule_id = @rule WHERE handoff_id = @handoff AND fact_id = @fact AND line_code = @line", args) == 0)
        {
            unit.Execute(
                """
                INSERT INTO disclosure (id, case_id, fact_id, handoff_id, line_code, rule_id, given_by, since)
                VALUES (@id, @caseId, @fact, @handoff, @line, @rule, @actor, @Now)
                """,
                args);
        }
    }

    private sealed class FactRow
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";
    }
}
