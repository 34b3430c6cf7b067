using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Handoffs;

/// <summary>Handoffs over the interface: ask, follow, stop, talk, finish.</summary>
[Route("api/v1")]
public sealed class HandoffsApi(RequestHandoff request, StopRinging stop, Conversation conversation, ConversationQuery talks, LinesQuery lines, PreviewQuery preview,
    OneMoreLineQuery moreLines, AskOneMoreLine askLine)
    : ApiController
{
    public sealed record MessageForm(string? Text);

    public sealed record ConfirmForm(string? How, DateTime? AppointmentAt = null);

    public sealed record CallbackForm(string? Phone);

    [HttpGet("cases/{id:long}/lines")]
    public async Task<ActionResult<LinesView>> Lines(long id) => Found(await lines.ForCaseAsync(Me, id), "case-unknown");

    [HttpGet("cases/{id:long}/preview")]
    public async Task<ActionResult<PreviewView>> Preview(long id, string line, [FromQuery] long[]? facts, bool consult) =>
        Found(await preview.LoadAsync(Me, id, line, null, facts is { Length: > 0 } ? facts : null, urgent: false, consult), "case-unknown");

    [HttpPost("cases/{id:long}/handoffs")]
    public async Task<ActionResult<HandoffRequested>> Ask(long id, RequestHandoffForm form) => Answer(await request.RunAsync(Me, id, form, Key));

    [HttpGet("handoffs/{id:long}")]
    public async Task<ActionResult<ConversationView>> Show(long id) => Found(await talks.LoadAsync(Me, id, FormState.Empty), "handoff-unknown");

    [HttpPost("handoffs/{id:long}/withdraw")]
    public async Task<ActionResult<HandoffRequested>> Withdraw(long id) => Answer(await stop.WithdrawAsync(Me, id, Key));

    [HttpPost("handoffs/{id:long}/citizen-left")]
    public async Task<ActionResult<HandoffRequested>> CitizenLeft(long id) => Answer(await stop.CitizenLeftAsync(Me, id, Key));

    [HttpPost("handoffs/{id:long}/next-line")]
    public async Task<ActionResult<HandoffRequested>> NextLine(long id) => Answer(await stop.NextLineAsync(Me, id, Key));

    [HttpPost("handoffs/{id:long}/callback")]
    public async Task<ActionResult<HandoffRequested>> Callback(long id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] CallbackForm? form) => Answer(await stop.CallbackAsync(Me, id, Key, form?.Phone));

    [HttpPost("handoffs/{id:long}/messages")]
    public async Task<ActionResult<MessageSent>> Send(long id, MessageForm form) => Answer(await conversation.SendAsync(Me, id, form.Text, Key));

    /// <summary>The lines that may be asked into the talk, or what a chosen one would see.</summary>
    [HttpGet("handoffs/{id:long}/lines")]
    public async Task<ActionResult<OneMoreLineView>> MoreLines(long id, string? line) => Found(await moreLines.LoadAsync(Me, id, line, FormState.Empty), "handoff-unknown");

    [HttpPost("handoffs/{id:long}/lines")]
    public async Task<ActionResult<HandoffRequested>> AskLine(long id, AskOneMoreLineForm form) => Answer(await askLine.RunAsync(Me, id, form, Key));

    [HttpPost("handoffs/{id:long}/confirm")]
    public async Task<ActionResult<HandoffRequested>> Confirm(long id, ConfirmForm form) => Answer(await conversation.ConfirmCitizenAsync(Me, id, form.How, Key, form.AppointmentAt));

    [HttpPost("handoffs/{id:long}/finish")]
    public async Task<ActionResult<HandoffRequested>> Finish(long id, FinishForm form) => Answer(await conversation.FinishAsync(Me, id, form, Key));

    [HttpPost("handoffs/{id:long}/done")]
    public async Task<ActionResult<HandoffRequested>> Done(long id) => Answer(await conversation.DoneAsync(Me, id, Key));
}
