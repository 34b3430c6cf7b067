using Loket.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Letters;

/// <summary>What was agreed with a citizen, for a printer or a system of the organisation's own.</summary>
[Route("api/v1/cases/{id:long}/letter")]
public sealed class LettersApi(AgreedLetterQuery letters) : ApiController
{
    [HttpGet]
    public async Task<ActionResult<AgreedLetter>> Show(long id, [FromQuery] LetterChoice choice) => Answer(await letters.LoadAsync(Me, id, choice));
}
