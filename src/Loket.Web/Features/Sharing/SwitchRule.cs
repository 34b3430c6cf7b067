using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

public sealed record RuleSwitched(string Rule, bool On, int Running);

/// <summary>Which row of the sharing rules, and why it goes off.</summary>
public sealed record SwitchRuleForm(string? Rule, bool On, string? Reason = null);

/// <summary>
/// An organisation answers for its own disclosures (AVG art. 24): it can leave a row of the sharing rules unused. From then on
/// nothing is given by it; what runs is listed, and is taken back at once when the organisation says so.
/// </summary>
public sealed class SwitchRule(Db db, SharingRules sharing)
{
    public const int LongestReason = 300;

    public Task<Outcome<RuleSwitched>> RunAsync(Actor actor, SwitchRuleForm form, string? key) =>
        db.WriteAsync<RuleSwitched>(Command.Of(actor.Id, "rule-switch", key, form), unit =>
        {
            if (Check(actor, form) is { } no)
            {
                return no;
            }

            if (!form.On && (string.IsNullOrWhiteSpace(form.Reason) ? new Refusal("rule-reason-missing") : FreeText.Check(LongestReason, form.Reason)) is { } wrong)
            {
                return wrong;
            }

            var args = new { id = unit.NewId(), actor.OrganisationCode, form.Rule, reason = form.Reason?.Trim(), actor = actor.Id, unit.Now };
            var isOff = RulesOff.Of(unit, actor.OrganisationCode).Has(form.Rule!);
            if (form.On && isOff)
            {
                unit.Execute("UPDATE sharing_rule_off SET on_by = @actor, on_at = @Now WHERE organisation_code = @OrganisationCode AND rule_id = @Rule AND on_at IS NULL", args);
            }
            else if (!form.On && !isOff)
            {
                unit.Execute("INSERT INTO sharing_rule_off (id, organisation_code, rule_id, reason, off_by, off_at) VALUES (@id, @OrganisationCode, @Rule, @reason, @actor, @Now)", args);
            }

            return new RuleSwitched(form.Rule!, form.On, Running(unit, actor, form.Rule!).Count);
        });

    /// <summary>Takes back all that this organisation gave by a row it switched off; each case says so, and its owner hears it.</summary>
    public Task<Outcome<RuleSwitched>> WithdrawAsync(Actor actor, string? rule, string? key) =>
        db.WriteAsync<RuleSwitched>(Command.Of(actor.Id, "rule-withdraw", key, new { rule }), unit =>
        {
            if (Check(actor, new(rule, On: false)) is { } no)
            {
                return no;
            }

            if (!RulesOff.Of(unit, actor.OrganisationCode).Has(rule!))
            {
                return new Refusal("rule-is-on");
            }

            var running = Running(unit, actor, rule!);
            foreach (var given in running)
            {
                unit.Execute("DELETE FROM handoff_fact WHERE handoff_id = @HandoffId AND fact_id = @FactId", given);
                unit.Execute("UPDATE disclosure SET until = @Now WHERE id = @Id AND until IS NULL", new { unit.Now, given.Id });
            }

            foreach (var given in running.GroupBy(g => (g.CaseId, g.LineCode)))
            {
                unit.Append(new Entry(given.Key.CaseId, "disclosure_ended", given.First().HandoffId, actor.Id, actor.OrganisationCode, new
                {
                    line = given.Key.LineCode, rule, notify = Notify.Ids([given.First().OwnerId, .. unit.Query<long?>(
                        "SELECT professional_id FROM case_participant WHERE case_id = @CaseId AND line_code = @LineCode AND until IS NULL", given.First())]),
                }));
            }

            return new RuleSwitched(rule!, false, 0);
        });

    private Refusal? Check(Actor actor, SwitchRuleForm form) =>
        !actor.PrivacyOfficer && !actor.OrganisationAdministrator ? new Refusal("rule-switch-not-yours") : sharing.ById(form.Rule) is null ? new Refusal("sharing-rule-unknown") : null;

    // Of the organisation that gave it: the fact is hers.
    private static List<Given> Running(Unit unit, Actor actor, string rule) => unit.Query<Given>(
        $"""
        SELECT d.id, d.case_id, d.fact_id, d.handoff_id, d.line_code, c.owner_id FROM disclosure d JOIN fact f ON f.id = d.fact_id JOIN case_file c ON c.id = d.case_id
        WHERE d.rule_id = @rule AND d.until IS NULL AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes}) ORDER BY d.id
        """,
        new { rule, actor.OrganisationCode });

    private sealed class Given
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public long FactId { get; init; }

        public long HandoffId { get; init; }

        public string LineCode { get; init; } = "";

        public long OwnerId { get; init; }
    }
}
