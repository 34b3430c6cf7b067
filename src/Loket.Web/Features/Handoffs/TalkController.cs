using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Features.Drafts;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Handoffs;

/// <summary>The talk of one handoff: what is said, who has the citizen, the outcome, the wrap-up.</summary>
public sealed class TalkController(ConversationQuery talks, Conversation conversation, OneMoreLineQuery moreLines, AskOneMoreLine askLine, DraftStore drafts) : PageController
{
    private const string Page = "/Features/Handoffs/Conversation.cshtml";
    private const string LinesPage = "/Features/Handoffs/OneMoreLine.cshtml";

    [HttpGet("/handoffs/{id:long}")]
    public async Task<IActionResult> Show(long id) => await talks.LoadAsync(Me, id, await drafts.FormAsync(Me, $"message-{id}", "message")) is { } view
        ? View(Page, view)
        : NotThere("handoff-unknown");

    [HttpGet("/handoffs/{id:long}/messages")]
    public async Task<IActionResult> Messages(long id) => await talks.MessagesAsync(Me, id, FormState.Empty) is { } view
        ? PartialView("/Features/Handoffs/Messages.cshtml", view)
        : NotThere("handoff-unknown");

    [HttpGet("/handoffs/{id:long}/side")]
    public async Task<IActionResult> Side(long id) => await talks.SideAsync(Me, id, FormState.Empty) is { } view
        ? PartialView("/Features/Handoffs/Side.cshtml", view)
        : NotThere("handoff-unknown");

    [HttpPost("/handoffs/{id:long}/messages")]
    public async Task<IActionResult> Send(long id, string? text)
    {
        if ((await conversation.SendAsync(Me, id, text, Key)).Refusal is { } no)
        {
            return await AgainAsync(id, no, Typed("message", new FieldError("text", no)));
        }

        return SeeOther($"/handoffs/{id}");
    }

    [HttpPost("/handoffs/{id:long}/confirm")]
    public async Task<IActionResult> Confirm(long id, string? how, DateOnly? day, TimeOnly? time)
    {
        var at = day is { } date && time is { } hour ? AmsterdamTime.ToUtc(date, hour) : (DateTime?)null;
        return await conversation.ConfirmCitizenAsync(Me, id, how, Key, at) is { Refusal: { } no }
            ? await AgainAsync(id, no, Typed("confirm", new FieldError(no.Code is "appointment-date-missing" or "promise-date-past" ? "day" : "how", no)))
            : SeeOther($"/handoffs/{id}");
    }

    [HttpPost("/handoffs/{id:long}/finish")]
    public async Task<IActionResult> Finish(long id, string? outcome, string? text, DateOnly? dueDate, TimeOnly? dueTime)
    {
        var at = dueDate is { } day ? AmsterdamTime.ToUtc(day, dueTime ?? new TimeOnly(17, 0)) : (DateTime?)null;
        var finished = await conversation.FinishAsync(Me, id, new FinishForm(outcome ?? "", text, at), Key);
        if (finished.Refusal is { } no)
        {
            var field = no.Code switch { "outcome-missing" => "outcome", "promise-date-missing" or "promise-date-past" => "dueDate", _ => "text" };
            return await AgainAsync(id, no, Typed("finish", new FieldError(field, no)));
        }

        return SeeOther(outcome == "returned" ? "/line" : $"/handoffs/{id}");
    }

    [HttpPost("/handoffs/{id:long}/done")]
    public async Task<IActionResult> Done(long id) => await conversation.DoneAsync(Me, id, Key) is { Refusal: { } no } && no.Code != "handoff-over"
        ? await AgainAsync(id, no, FormState.Empty)
        : SeeOther("/line");

    /// <summary>One more line in the talk: which one, and then exactly what it will see.</summary>
    [HttpGet("/handoffs/{id:long}/lines")]
    public async Task<IActionResult> Lines(long id, string? line) => await moreLines.LoadAsync(Me, id, line, FormState.Empty) is { } view
        ? Request.WantsFragment() ? PartialView(LinesPage, view) : View(LinesPage, view)
        : NotThere("handoff-unknown");

    [HttpPost("/handoffs/{id:long}/lines")]
    public async Task<IActionResult> AskLine(long id, string? line, string? lineQuestion, long[]? facts, long[]? messages, bool mask)
    {
        // What may name somebody is shown before anything leaves; going on takes one key.
        if (!mask && await moreLines.LoadAsync(Me, id, line ?? "", Typed("line"), checkMarks: true) is { Refusal: null, Marks.Count: > 0 } marked)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View(LinesPage, marked);
        }

        if ((await askLine.RunAsync(Me, id, new AskOneMoreLineForm(line ?? "", lineQuestion ?? "", facts, messages), Key)).Refusal is { } no)
        {
            var form = Typed("line", new FieldError(no.Code.StartsWith("line-question", StringComparison.Ordinal) ? "lineQuestion" : "", no));
            return await moreLines.LoadAsync(Me, id, line ?? "", form) is { } view ? Refused(no, LinesPage, view) : Problem(no);
        }

        return SeeOther($"/handoffs/{id}");
    }

    private async Task<IActionResult> AgainAsync(long id, Refusal no, FormState form) =>
        await talks.LoadAsync(Me, id, form, form == FormState.Empty ? no : null) is { } view ? Refused(no, Page, view) : Problem(no);
}
