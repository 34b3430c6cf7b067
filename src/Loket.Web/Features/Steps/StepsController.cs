using Loket.Domain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Forwarding;
using Loket.Web.Features.Partners;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Steps;

/// <summary>The steps of a chain on the case screen, and what is asked of me.</summary>
public sealed class StepsController(
    DeskQuery desk, StepQuery steps, MyStepsQuery mine, AddSteps add, AskStep asks, WorkStep work, AskPartner partners, Forward forward) : PageController
{
    [HttpGet("/steps")]
    public async Task<IActionResult> Mine() => View("Mine", await mine.LoadAsync(Me, FormState.Empty));

    /// <summary><paramref name="who"/> is <c>org:code</c> or <c>partner:id</c>.</summary>
    [HttpPost("/cases/{id:long}/steps")]
    public async Task<IActionResult> Add(long id, StepForm form, string? who)
    {
        var named = form with { Organisation = After(who, "org:") ?? form.Organisation, Partner = Id(After(who, "partner:")) ?? form.Partner, Needs = [.. (form.Needs ?? []).Where(n => n is { Length: > 0 })] };
        var errors = AddSteps.Check(named).ToList();
        var no = errors.Count > 0 ? errors[0].Refusal : (await add.RunAsync(Me, id, named, Key)).Refusal;
        return no is null ? Back(id) : await AgainAsync(id, no, Typed("step-add", errors.Count > 0 ? errors : [new FieldError(no.Code switch { "step-organisation-unknown" => "organisation", "step-day-past" => "dueDay", _ => "" }, no)]));
    }

    [HttpPost("/cases/{id:long}/forward")]
    public async Task<IActionResult> Forward(long id, ForwardForm form)
    {
        var error = Forwarding.Forward.Check(form) ?? (await forward.CaseAsync(Me, id, form, Key) is { Refusal: { } no }
            ? new FieldError(no.Code == "forward-day-future" ? "receivedOn" : no.Code.StartsWith("forward-", StringComparison.Ordinal) ? "line" : "", no) : null);
        return error is null ? Back(id) : await AgainAsync(id, error.Refusal, Typed("forward", error));
    }

    /// <summary><paramref name="whom"/> is <c>line:code</c> or <c>to:id</c>.</summary>
    [HttpPost("/steps/{id:long}/ask")]
    public async Task<IActionResult> Ask(long id, string? whom) =>
        await DoneAsync(id, "ask", (await asks.AskAsync(Me, id, new AskStepForm(After(whom, "line:"), Id(After(whom, "to:"))), Key)).Refusal, "whom");

    [HttpPost("/steps/{id:long}/take")]
    public async Task<IActionResult> Take(long id) => await DoneAsync(id, "step", (await asks.TakeAsync(Me, id, Key)).Refusal);

    [HttpPost("/steps/{id:long}/start")]
    public async Task<IActionResult> Start(long id, StartStepForm form) =>
        await DoneAsync(id, "start", (await work.StartAsync(Me, id, form, Key)).Refusal, form.DueDay is null ? "on" : "dueDay");

    [HttpPost("/steps/{id:long}/ask-citizen")]
    public async Task<IActionResult> AskCitizen(long id, AskCitizenForm form)
    {
        var no = (await work.AskCitizenAsync(Me, id, form, Key)).Refusal;
        return await DoneAsync(id, "citizen", no, no?.Code is "step-asked-missing" or "text-has-bsn" or "text-too-long" ? "text" : "until");
    }

    [HttpPost("/steps/{id:long}/suspend")]
    public async Task<IActionResult> Suspend(long id, SuspendStepForm form)
    {
        var no = (await work.SuspendAsync(Me, id, form, Key)).Refusal;
        return await DoneAsync(id, "still", no, no?.Code == "step-suspend-kind" ? "kind" : "on");
    }

    [HttpPost("/steps/{id:long}/resume")]
    public async Task<IActionResult> Resume(long id) => await DoneAsync(id, "step", (await work.ResumeAsync(Me, id, Key)).Refusal);

    [HttpPost("/steps/{id:long}/done")]
    public async Task<IActionResult> Done(long id, string? reason) => await DoneAsync(id, "done", (await work.FinishAsync(Me, id, reason, Key)).Refusal, "reason");

    [HttpPost("/steps/{id:long}/cancel")]
    public async Task<IActionResult> Cancel(long id, string? reason) => await DoneAsync(id, "cancel", (await work.CancelAsync(Me, id, reason, Key)).Refusal, "reason");

    [HttpPost("/steps/{id:long}/ask-partner")]
    public async Task<IActionResult> AskPartner(long id, AskPartnerForm form)
    {
        var no = (await partners.RunAsync(Me, id, form, Key)).Refusal;
        return await DoneAsync(id, "partner", no, no?.Code is "partner-channel-missing" or "partner-one-channel" ? "channel" : "question");
    }

    [HttpPost("/step-asks/{id:long}/accept")]
    public async Task<IActionResult> Accept(long id)
    {
        var accepted = await asks.AcceptAsync(Me, id, Key);
        return accepted.Refusal is { } no ? await AskedAgainAsync(no, Typed("ask", new FieldError("", no))) : await ShowAsync(Steps(accepted.Value.StepId));
    }

    [HttpPost("/step-asks/{id:long}/refuse")]
    public async Task<IActionResult> Refuse(long id, string? reason) => await asks.RefuseAsync(Me, id, reason, Key) is { Refusal: { } no }
        ? await AskedAgainAsync(no, Typed(no.Code.StartsWith("step-ask-", StringComparison.Ordinal) ? "ask" : $"refuse-step-{id}", new FieldError(no.Code.StartsWith("step-ask-", StringComparison.Ordinal) ? "" : "reason", no)))
        : SeeOther("/steps");

    [HttpPost("/step-asks/{id:long}/forward")]
    public async Task<IActionResult> ForwardAsk(long id, string? line) => await forward.AskAsync(Me, id, line, Key) is { Refusal: { } no }
        ? await AskedAgainAsync(no, Typed(no.Code.StartsWith("forward-", StringComparison.Ordinal) ? $"forward-step-{id}" : "ask", new FieldError(no.Code.StartsWith("forward-", StringComparison.Ordinal) ? "line" : "", no)))
        : SeeOther("/steps");

    [HttpPost("/step-asks/{id:long}/withdraw")]
    public async Task<IActionResult> Withdraw(long id)
    {
        var withdrawn = await asks.WithdrawAsync(Me, id, Key);
        return withdrawn.Refusal is { } no ? Problem(no) : await ShowAsync(Steps(withdrawn.Value.StepId));
    }

    private async Task<IActionResult> DoneAsync(long stepId, string form, Refusal? no, string field = "")
    {
        if (no is null)
        {
            return await ShowAsync(stepId);
        }

        // About the step as it is, not about what was typed.
        var general = form == "step" || no.Code is "step-over" or "step-not-yours" or "step-not-now" or "step-already-asked" or "step-needs-first" or "case-closed" or "signed-out";
        return await steps.CaseOfAsync(Me, stepId) is { } caseId
            ? await AgainAsync(caseId, no, Typed(general ? $"step-{stepId}" : $"{form}-{stepId}", new FieldError(general ? "" : field, no)))
            : Problem(no);
    }

    private async Task<IActionResult> ShowAsync(long stepId) =>
        await steps.CaseOfAsync(Me, stepId) is { } caseId ? SeeOther($"/cases/{caseId}?tab=steps#step-{stepId}") : SeeOther("/steps");

    private async Task<IActionResult> AskedAgainAsync(Refusal no, FormState form) => Refused(no, "Mine", await mine.LoadAsync(Me, form));

    private async Task<IActionResult> AgainAsync(long caseId, Refusal no, FormState form) =>
        await desk.CaseAsync(Me, caseId, "steps", form) is { } view ? Refused(no, "/Features/Desk/Desk.cshtml", view) : NotThere("case-unknown");

    private static IActionResult Back(long caseId) => SeeOther($"/cases/{caseId}?tab=steps");

    private static long Steps(string id) => Id(id)!.Value;

    private static string? After(string? text, string start) => text?.StartsWith(start, StringComparison.Ordinal) == true ? text[start.Length..] : null;

    private static long? Id(string? text) => long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;
}
