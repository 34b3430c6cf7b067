using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

public sealed record StepShared(string StepId, string Line);

/// <summary>Which step of the chain, and which line that works on the case.</summary>
public sealed record ShareStepForm(long? Step, string? Line);

/// <summary>
/// A line sees its own steps; one of somebody else's it sees when who decides about the case shows it, and only where a sharing
/// rule gives that line anything at all: no row, no disclosure (DOMAIN 5).
/// </summary>
public sealed class ShareStep(Db db, SharingRules sharing)
{
    public Task<Outcome<StepShared>> GiveAsync(Actor actor, long caseId, ShareStepForm form, string? key) =>
        db.WriteAsync<StepShared>(Command.Of(actor.Id, "step-show", key, new { caseId, form }), unit =>
        {
            if (Require(unit, actor, caseId, form) is { } no)
            {
                return no;
            }

            if (ShareFact.HandoffTo(unit, caseId, form.Line) is null)
            {
                return new Refusal("line-not-in-case");
            }

            if (sharing.ForTopic(unit.Find<string>("SELECT topic_code FROM line WHERE code = @Line", new { form.Line })!, RulesOff.Of(unit, actor.OrganisationCode)) is not { } rule)
            {
                return new Refusal("step-no-rule");
            }

            if (unit.Scalar<long>("SELECT COUNT(*) FROM step_disclosure WHERE step_id = @Step AND line_code = @Line AND until IS NULL", form) > 0)
            {
                return new Refusal("step-shown-already");
            }

            unit.Execute(
                "INSERT INTO step_disclosure (id, case_id, step_id, line_code, rule_id, given_by, since) VALUES (@id, @caseId, @Step, @Line, @rule, @actor, @Now)",
                new { id = unit.NewId(), caseId, form.Step, form.Line, rule = rule.Id, actor = actor.Id, unit.Now });
            return Told(unit, actor, caseId, form, "step_shown");
        });

    public Task<Outcome<StepShared>> WithdrawAsync(Actor actor, long caseId, ShareStepForm form, string? key) =>
        db.WriteAsync<StepShared>(Command.Of(actor.Id, "step-hide", key, new { caseId, form }), unit =>
            Require(unit, actor, caseId, form) is { } no ? no
            : unit.Execute("UPDATE step_disclosure SET until = @Now WHERE step_id = @Step AND line_code = @Line AND until IS NULL", new { unit.Now, form.Step, form.Line }) == 0 ? new Refusal("step-not-shown")
            : Told(unit, actor, caseId, form, "step_hidden"));

    private static Refusal? Require(Unit unit, Actor actor, long caseId, ShareStepForm form)
    {
        CaseAccess.RequireEdit(unit, actor, caseId);
        return unit.Scalar<long>("SELECT COUNT(*) FROM chain_step WHERE id = @Step AND case_id = @caseId", new { form.Step, caseId }) == 0 ? new Refusal("step-unknown") : null;
    }

    private static StepShared Told(Unit unit, Actor actor, long caseId, ShareStepForm form, string kind)
    {
        unit.Append(new Entry(caseId, kind, form.Step!.Value, actor.Id, actor.OrganisationCode, new { line = form.Line, notify = ShareFact.OnLine(unit, caseId, form.Line!) }));
        return new StepShared(form.Step.Value.ToString(CultureInfo.InvariantCulture), form.Line!);
    }
}
