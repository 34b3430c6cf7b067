using Loket.Web.Api;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Operations;

/// <summary>How Loket does, for programs of who keeps it running.</summary>
[Authorize(Policy = Policies.Operations)]
[Route("api/v1/status")]
public sealed class OperationsApi(StatusQuery status) : ApiController
{
    [HttpGet]
    public Task<StatusView> Show() => status.LoadAsync();
}
