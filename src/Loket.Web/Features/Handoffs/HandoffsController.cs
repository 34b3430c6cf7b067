using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Drafts;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Handoffs;

/// <summary>Asking a specialist from the desk: the lines, the preview, and what the sender can do while it rings.</summary>
public sealed class HandoffsController(LinesQuery lines, PreviewQuery preview, DeskQuery desk, RequestHandoff request, StopRinging stop, DraftStore drafts, Say say) : PageController
{
    [HttpGet("/cases/{id:long}/lines")]
    public async Task<IActionResult> Lines(long id) => await lines.ForCaseAsync(Me, id) is { } view ? PartialView("Lines", view) : NotThere("case-unknown");

    [HttpGet("/desk/lines")]
    public async Task<IActionResult> LinesForTopic(string? topic, string? municipality) => PartialView("Lines", await lines.ForTopicAsync(topic, municipality));

    /// <summary>What is typed and ticked comes from the kept draft, never from the address.</summary>
    [HttpGet("/cases/{id:long}/preview")]
    public async Task<IActionResult> Preview(long id, string? line)
    {
        var typed = (await drafts.FindAsync(Me, $"ask-{id}"))?.Fields;
        string? Field(string name) => typed?.GetValueOrDefault(name);
        var ticked = Field("facts")?.Split(',').Select(f => long.TryParse(f, NumberStyles.None, CultureInfo.InvariantCulture, out var fact) ? fact : 0).ToArray();
        var view = await preview.LoadAsync(Me, id, line, Field("lineQuestion"), ticked, Field("urgency") == "urgent", Field("mode") == "consult");
        return view is null ? NotThere("case-unknown") : Request.WantsFragment() ? PartialView(view) : View(view);
    }

    [HttpPost("/cases/{id:long}/handoffs")]
    public async Task<IActionResult> Ask(long id, string? mode, string? citizenAt, string? lineQuestion, string? urgency, string? firstLine, long[]? facts, string? phone, bool mask, string? language)
    {
        // What may name somebody is shown before anything leaves; going on takes one key.
        var found = await request.InspectAsync(id, lineQuestion);
        if (found is { BlocksRinging: false, Marks.Count: > 0 } && !mask)
        {
            return await ShowMarksAsync(id, lineQuestion!, found);
        }

        var form = new RequestHandoffForm(mode ?? "", citizenAt ?? "", lineQuestion ?? "", urgency == "urgent", firstLine, facts, phone, Language: language);
        if ((await request.RunAsync(Me, id, form, Key)).Refusal is { } no)
        {
            return await AgainAsync(id, no, Typed("ask", new FieldError(FieldOf(no), no)));
        }

        return SeeOther($"/cases/{id}");
    }

    [HttpPost("/handoffs/{id:long}/withdraw")]
    public async Task<IActionResult> Withdraw(long id, string? returnUrl) => await AnswerAsync(id, await stop.WithdrawAsync(Me, id, Key), returnUrl);

    [HttpPost("/handoffs/{id:long}/citizen-left")]
    public async Task<IActionResult> CitizenLeft(long id, string? returnUrl) => await AnswerAsync(id, await stop.CitizenLeftAsync(Me, id, Key), returnUrl);

    [HttpPost("/handoffs/{id:long}/next-line")]
    public async Task<IActionResult> NextLine(long id) => await AnswerAsync(id, await stop.NextLineAsync(Me, id, Key));

    [HttpPost("/handoffs/{id:long}/callback")]
    public async Task<IActionResult> Callback(long id, string? phone) => await AnswerAsync(id, await stop.CallbackAsync(Me, id, Key, phone));

    /// <summary>A callback without ringing first: nobody is connected, or the citizen cannot wait.</summary>
    [HttpPost("/cases/{id:long}/callback")]
    public async Task<IActionResult> CallbackOnly(long id, string? phone, string? lineQuestion, string? urgency, long[]? facts)
    {
        var question = string.IsNullOrWhiteSpace(lineQuestion) ? say.Text("slot.question") : lineQuestion;
        // Cold, whatever was chosen: who calls the citizen later does so with what goes along, and without the desk.
        var form = new RequestHandoffForm("cold", "absent", question, urgency == "urgent", Facts: facts, Phone: phone, CallbackOnly: true);
        return await request.RunAsync(Me, id, form, Key) is { Refusal: { } no } ? await AgainAsync(id, no, Typed("ask", new FieldError(FieldOf(no), no))) : SeeOther($"/cases/{id}");
    }

    private static string FieldOf(Refusal no) =>
        no.Code is "callback-phone-missing" or "phone-wrong" ? "phone" : no.Code.StartsWith("line-question", StringComparison.Ordinal) ? "lineQuestion" : "";

    private async Task<IActionResult> AnswerAsync(long handoffId, Outcome<HandoffRequested> outcome, string? returnUrl = null)
    {
        if (outcome.Refusal is null)
        {
            return Back(returnUrl, $"/cases/{outcome.Value.CaseId}");
        }

        return await stop.CaseOfAsync(handoffId) is { } caseId && await desk.CaseAsync(Me, caseId, null, FormState.Empty, outcome.Refusal) is { } view
            ? Refused(outcome.Refusal, "/Features/Desk/Desk.cshtml", view)
            : Problem(outcome.Refusal);
    }

    private async Task<IActionResult> ShowMarksAsync(long id, string question, LineQuestionCheck found)
    {
        var state = Typed("ask");
        if (await lines.ForCaseAsync(Me, id, state) is not { } shown)
        {
            return NotThere("case-unknown");
        }

        var text = question.Trim();
        shown.Marks = [.. found.Marks.Select(m => text.Substring(m.Start, m.Length))];
        shown.MaskedQuestion = LineQuestion.Mask(text, found.Marks);
        var view = (await desk.CaseAsync(Me, id, null, state, null, shown))!;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("/Features/Desk/Desk.cshtml", view);
    }

    private async Task<IActionResult> AgainAsync(long id, Refusal no, FormState form) =>
        await desk.CaseAsync(Me, id, null, form) is { } view ? Refused(no, "/Features/Desk/Desk.cshtml", view) : NotThere("case-unknown");
}
