using Loket.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Voice;

/// <summary>Speech in a talk over the interface. The signals themselves go over the hub.</summary>
[Route("api/v1/handoffs")]
public sealed class VoiceApi(VoiceQuery voice) : ApiController
{
    [HttpGet("{id:long}/voice")]
    public async Task<ActionResult<VoiceView>> Show(long id) => Found(await voice.LoadAsync(Me, id), "handoff-unknown");
}
