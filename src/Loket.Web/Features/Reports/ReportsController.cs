using Loket.Web.Features.Shared;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Reports;

/// <summary>The figures of an organisation, for its supervisors.</summary>
[Authorize(Policy = Policies.Supervisor)]
public sealed class ReportsController(ReportsQuery reports, ReportCsv csv) : PageController
{
    [HttpGet("/reports")]
    public async Task<IActionResult> All([FromQuery] ReportChoices choices) => View("Reports", await reports.LoadAsync(Me, choices, "page"));

    [FreshSignIn("/reports")]
    [HttpGet("/reports/{report}.csv")]
    public async Task<IActionResult> Csv(string report, [FromQuery] ReportChoices choices) => await reports.LoadAsync(Me, choices, "csv", report) is { } view
        ? File(csv.Write(view.Reports[0]), "text/csv; charset=utf-8", $"loket-{report}.csv")
        : NotThere("report-unknown");

    [FreshSignIn("/reports")]
    [HttpGet("/reports/{report}.json")]
    public async Task<IActionResult> AsJson(string report, [FromQuery] ReportChoices choices) => await reports.LoadAsync(Me, choices, "json", report) is { } view
        ? Saved(report, Json(view))
        : NotThere("report-unknown");

    // Offered as a file by its answer, not by the link: the link may lead to signing on again first.
    private JsonResult Saved(string report, JsonResult answer)
    {
        Response.Headers.ContentDisposition = $"attachment; filename=loket-{report}.json";
        return answer;
    }
}
