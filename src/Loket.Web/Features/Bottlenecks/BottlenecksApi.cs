using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Bottlenecks;

/// <summary>The bottleneck register over the interface.</summary>
[Route("api/v1")]
public sealed class BottlenecksApi(BottlenecksQuery bottlenecks, RaiseBottleneck raise, WorkBottleneck work) : ApiController
{
    public sealed record TextForm(string? Text);

    public sealed record MergeForm(long? Into);

    [HttpGet("bottlenecks")]
    public Task<BottlenecksView> List(bool closed) => bottlenecks.LoadAsync(Me, closed);

    [HttpPost("cases/{id:long}/bottlenecks")]
    public async Task<ActionResult<BottleneckRaised>> FromCase(long id, TextForm form) => Answer(await raise.FromCaseAsync(Me, id, form.Text, Key));

    [HttpPost("handoffs/{id:long}/bottlenecks")]
    public async Task<ActionResult<BottleneckRaised>> FromTalk(long id, TextForm form) => Answer(await raise.FromTalkAsync(Me, id, form.Text, Key));

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("bottlenecks/{id:long}")]
    public async Task<ActionResult<BottleneckView>> Show(long id) => Found(await bottlenecks.ShowAsync(Me, id, FormState.Empty), "bottleneck-unknown");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("bottlenecks/{id:long}/take")]
    public async Task<ActionResult<BottleneckChanged>> Take(long id) => Answer(await work.TakeAsync(Me, id, Key));

    /// <summary>The answer goes back to everyone who raised it.</summary>
    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("bottlenecks/{id:long}/answer")]
    public async Task<ActionResult<BottleneckChanged>> AnswerIt(long id, TextForm form) => Answer(await work.AnswerAsync(Me, id, form.Text, Key));

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("bottlenecks/{id:long}/close")]
    public async Task<ActionResult<BottleneckChanged>> Close(long id) => Answer(await work.CloseAsync(Me, id, Key));

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("bottlenecks/{id:long}/merge")]
    public async Task<ActionResult<BottleneckChanged>> Merge(long id, MergeForm form) => Answer(await work.MergeAsync(Me, id, form.Into, Key));
}
