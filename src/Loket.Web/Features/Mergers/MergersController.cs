using System.Globalization;
using Loket.Domain;
using Loket.Domain.Mergers;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Mergers;

/// <summary>Mergers and splits of organisations, for the national administrator; without any case.</summary>
[Authorize(Policy = Policies.NationalAdministrator)]
public sealed class MergersController(MergersQuery mergers, SaveMerger save, DecideMerger decide) : PageController
{
    [HttpGet("/mergers")]
    public async Task<IActionResult> List() => View("List", await mergers.ListAsync());

    [HttpGet("/mergers/new")]
    public async Task<IActionResult> New() => View("Edit", await mergers.LoadAsync(null, FormState.Empty));

    [HttpGet("/mergers/{id:long}")]
    public async Task<IActionResult> Edit(long id, bool saved) => await mergers.LoadAsync(id, FormState.Empty, saved) is { } view ? View("Edit", view) : NotThere("merger-unknown");

    [HttpPost("/mergers")]
    public Task<IActionResult> Create() => SaveAsync(null);

    [HttpPost("/mergers/{id:long}")]
    public Task<IActionResult> Save(long id) => SaveAsync(id);

    [HttpPost("/mergers/{id:long}/confirm")]
    public async Task<IActionResult> Confirm(long id) => await ShownAsync(id, await decide.ConfirmAsync(Me, id, Key));

    [HttpPost("/mergers/{id:long}/reopen")]
    public async Task<IActionResult> Reopen(long id) => await ShownAsync(id, await decide.ReopenAsync(Me, id, Key));

    [HttpPost("/mergers/{id:long}/withdraw")]
    public async Task<IActionResult> Withdraw(long id) => await ShownAsync(id, await decide.WithdrawAsync(Me, id, Key));

    private async Task<IActionResult> SaveAsync(long? id)
    {
        var answer = await save.RunAsync(Me, id, Read(), Key);
        return answer.IsOk ? SeeOther($"/mergers/{answer.Value.MergerId}?saved=true") : await RefusedAsync(id, answer.Refusal!);
    }

    private async Task<IActionResult> ShownAsync(long id, Outcome<MergerSaved> answer) =>
        answer.IsOk ? SeeOther($"/mergers/{id}") : await RefusedAsync(id, answer.Refusal!);

    private async Task<IActionResult> RefusedAsync(long? id, Refusal no) =>
        await mergers.LoadAsync(id, Typed("merger", new FieldError(FieldOf(no), no))) is { } view ? Refused(no, "Edit", view) : NotThere("merger-unknown");

    private MergerForm Read() => new(
        Request.Form["name"],
        DateOnly.TryParse(Request.Form["day"], CultureInfo.InvariantCulture, out var day) ? day : null,
        [.. Enumerable.Range(0, Request.Form.Count).Select(i => new EndingBody(Text($"organisation-{i}"), Text($"successor-{i}"), Text($"stays-{i}").Length > 0)).Where(b => b.Organisation.Length + b.Successor.Length > 0)],
        Choices("line-"),
        Choices("team-"),
        int.TryParse(Request.Form["version"], CultureInfo.InvariantCulture, out var version) ? version : null);

    private List<MergerChoice> Choices(string prefix) =>
        [.. Request.Form.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => new MergerChoice(k[prefix.Length..], Text(k)))];

    private string Text(string field) => Request.Form[field].ToString().Trim();

    private static string FieldOf(Refusal no) => no.Code switch
    {
        "merger-name-missing" or "text-too-long" or "text-unreadable" or "text-has-bsn" => "name",
        "merger-day-missing" or "merger-day-past" => "day",
        "merger-no-bodies" or "merger-body-twice" or "merger-successor-ends" or "merger-body-unknown" => "organisation-0",
        _ => "",
    };
}
