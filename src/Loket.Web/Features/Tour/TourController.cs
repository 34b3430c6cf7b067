using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Tour;

/// <summary>The guided tour in words; the script takes its steps from here.</summary>
public sealed class TourController : PageController
{
    [HttpGet("/tour")]
    public IActionResult Tour() => View("Tour", Tours.Of([.. Policies.Roles(Me)]));
}
