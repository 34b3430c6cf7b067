using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Steps;

/// <summary>The chain's steps over the interface.</summary>
[Route("api/v1")]
public sealed class StepsApi(StepQuery steps, MyStepsQuery mine, AddSteps add, AskStep asks, WorkStep work) : ApiController
{
    public sealed record ReasonForm(string? Reason);

    /// <summary>What is asked of me, and the steps I answer for.</summary>
    [HttpGet("me/steps")]
    public Task<MyStepsView> Mine() => mine.LoadAsync(Me, FormState.Empty);

    [HttpGet("cases/{id:long}/steps")]
    public async Task<ActionResult<StepsView>> OfCase(long id) => Found(await steps.OfCaseAsync(Me, id), "case-unknown");

    [HttpPost("cases/{id:long}/steps")]
    public async Task<ActionResult<StepsAdded>> Add(long id, StepForm form) => Answer(await add.RunAsync(Me, id, form, Key));

    /// <summary>Asks a line or a colleague to take the step.</summary>
    [HttpPost("steps/{id:long}/ask")]
    public async Task<ActionResult<StepAsked>> Ask(long id, AskStepForm form) => Answer(await asks.AskAsync(Me, id, form, Key));

    /// <summary>Takes a step of one's own organisation.</summary>
    [HttpPost("steps/{id:long}/take")]
    public async Task<ActionResult<StepAsked>> Take(long id) => Answer(await asks.TakeAsync(Me, id, Key));

    [HttpPost("step-asks/{id:long}/accept")]
    public async Task<ActionResult<StepAsked>> Accept(long id) => Answer(await asks.AcceptAsync(Me, id, Key));

    [HttpPost("step-asks/{id:long}/refuse")]
    public async Task<ActionResult<StepAsked>> Refuse(long id, ReasonForm form) => Answer(await asks.RefuseAsync(Me, id, form.Reason, Key));

    [HttpPost("step-asks/{id:long}/withdraw")]
    public async Task<ActionResult<StepAsked>> Withdraw(long id) => Answer(await asks.WithdrawAsync(Me, id, Key));

    [HttpPost("steps/{id:long}/start")]
    public async Task<ActionResult<StepChanged>> Start(long id, StartStepForm form) => Answer(await work.StartAsync(Me, id, form, Key));

    [HttpPost("steps/{id:long}/ask-citizen")]
    public async Task<ActionResult<StepChanged>> AskCitizen(long id, AskCitizenForm form) => Answer(await work.AskCitizenAsync(Me, id, form, Key));

    [HttpPost("steps/{id:long}/suspend")]
    public async Task<ActionResult<StepChanged>> Suspend(long id, SuspendStepForm form) => Answer(await work.SuspendAsync(Me, id, form, Key));

    [HttpPost("steps/{id:long}/resume")]
    public async Task<ActionResult<StepChanged>> Resume(long id) => Answer(await work.ResumeAsync(Me, id, Key));

    /// <summary>The step is done; <c>reason</c> says with what result and may be left out.</summary>
    [HttpPost("steps/{id:long}/done")]
    public async Task<ActionResult<StepChanged>> Done(long id, ReasonForm form) => Answer(await work.FinishAsync(Me, id, form.Reason, Key));

    [HttpPost("steps/{id:long}/cancel")]
    public async Task<ActionResult<StepChanged>> Cancel(long id, ReasonForm form) => Answer(await work.CancelAsync(Me, id, form.Reason, Key));
}
