using Loket.Domain;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Bottlenecks;

/// <summary>What stands in the way: everyone says it and sees what came of it, supervisors keep the register.</summary>
public sealed class BottlenecksController(BottlenecksQuery bottlenecks, RaiseBottleneck raise, WorkBottleneck work) : PageController
{
    [HttpGet("/bottlenecks")]
    public async Task<IActionResult> List(bool closed) => View("Bottlenecks", await bottlenecks.LoadAsync(Me, closed));

    /// <summary>The form of a case (<paramref name="caseId"/>) or a talk (<paramref name="handoffId"/>).</summary>
    [HttpGet("/bottlenecks/new")]
    public async Task<IActionResult> New(long? caseId, long? handoffId) =>
        View("New", new NewBottleneckView { CaseId = caseId, HandoffId = handoffId });

    [HttpPost("/bottlenecks")]
    public async Task<IActionResult> Raise(long? caseId, long? handoffId, string? text)
    {
        var raised = handoffId is { } talk ? await raise.FromTalkAsync(Me, talk, text, Key) : await raise.FromCaseAsync(Me, caseId ?? 0, text, Key);
        if (raised.Refusal is { } no)
        {
            return Refused(no, "New", new NewBottleneckView { CaseId = caseId, HandoffId = handoffId, Form = Typed("bottleneck", new FieldError("text", no)) });
        }

        return SeeOther("/bottlenecks");
    }

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("/bottlenecks/{id:long}")]
    public async Task<IActionResult> Show(long id) => await bottlenecks.ShowAsync(Me, id, FormState.Empty) is { } view ? View("Bottleneck", view) : NotThere("bottleneck-unknown");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/bottlenecks/{id:long}/take")]
    public async Task<IActionResult> Take(long id) => await AfterAsync(id, await work.TakeAsync(Me, id, Key), "take", "");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/bottlenecks/{id:long}/answer")]
    public async Task<IActionResult> Answer(long id, string? text) => await AfterAsync(id, await work.AnswerAsync(Me, id, text, Key), "answer", "text");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/bottlenecks/{id:long}/close")]
    public async Task<IActionResult> Close(long id) => await AfterAsync(id, await work.CloseAsync(Me, id, Key), "close", "");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/bottlenecks/{id:long}/merge")]
    public async Task<IActionResult> Merge(long id, long? into)
    {
        var merged = await work.MergeAsync(Me, id, into, Key);
        return merged.IsOk ? SeeOther($"/bottlenecks/{into}") : await AfterAsync(id, merged, "merge", "into");
    }

    private async Task<IActionResult> AfterAsync(long id, Outcome<BottleneckChanged> changed, string form, string field)
    {
        if (changed.Refusal is not { } no)
        {
            return SeeOther($"/bottlenecks/{id}");
        }

        return await bottlenecks.ShowAsync(Me, id, Typed(form, new FieldError(field, no))) is { } view ? Refused(no, "Bottleneck", view) : NotThere("bottleneck-unknown");
    }
}
