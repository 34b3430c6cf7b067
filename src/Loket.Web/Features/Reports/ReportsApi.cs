using Loket.Web.Api;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Reports;

/// <summary>The figures of the caller's organisation over the interface. Reading them is written down.</summary>
[Authorize(Policy = Policies.Supervisor)]
[Route("api/v1/reports")]
public sealed class ReportsApi(ReportsQuery reports) : ApiController
{
    [FreshSignIn]
    [HttpGet("")]
    public async Task<ActionResult<ReportsView>> All([FromQuery] ReportChoices choices) => Found(await reports.LoadAsync(Me, choices, "json"), "report-unknown");

    /// <summary>One report: <c>terms</c>, <c>wait</c>, <c>promises</c>, <c>chain</c>, <c>declines</c> or <c>declined</c>.</summary>
    [FreshSignIn]
    [HttpGet("{report}")]
    public async Task<ActionResult<ReportsView>> One(string report, [FromQuery] ReportChoices choices) => Found(await reports.LoadAsync(Me, choices, "json", report), "report-unknown");
}
