using Loket.Domain;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Chain;

/// <summary>The escalation log, and the ladder of the organisation.</summary>
public sealed class EscalationsController(EscalationLogQuery log, LadderQuery ladder, LadderSettings settings) : PageController
{
    private const string LogPage = "/Features/Chain/Log.cshtml";
    private const string LadderPage = "/Features/Chain/Ladder.cshtml";

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("/chain/log")]
    public async Task<IActionResult> Log(string? before) => View(LogPage, await log.OfTeamsAsync(Me, before));

    [HttpGet("/cases/{id:long}/escalations")]
    public async Task<IActionResult> OfCase(long id) => await log.OfCaseAsync(Me, id) is { } view ? View(LogPage, view) : NotThere("case-unknown");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("/chain/ladder")]
    public async Task<IActionResult> Ladder() => View(LadderPage, await ladder.LoadAsync(Me, FormState.Empty));

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/chain/ladder")]
    public async Task<IActionResult> SaveLadder(int? reminderPercent, int? overduePercent, int? climbMinutes, int? stalledDays, int version)
    {
        var saved = await settings.SaveAsync(Me, new LadderForm(reminderPercent, overduePercent, climbMinutes, stalledDays, version), Key);
        return saved.Refusal is { } no ? Refused(no, LadderPage, await ladder.LoadAsync(Me, Typed("ladder", new FieldError(FieldOf(no), no)))) : SeeOther("/chain/ladder");
    }

    private static string FieldOf(Refusal no) => no.Code switch
    {
        "ladder-reminder" => "reminderPercent",
        "ladder-overdue" => "overduePercent",
        "ladder-climb" => "climbMinutes",
        "ladder-stalled" => "stalledDays",
        _ => "",
    };
}
