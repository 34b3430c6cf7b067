using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Letters;

/// <summary>What was agreed, on paper for the citizen: in Dutch or with <c>?lang=en</c> in English, ordinary or large.</summary>
public sealed class LettersController(AgreedLetterQuery letters) : PageController
{
    [HttpGet("/cases/{id:long}/letter")]
    public async Task<IActionResult> Show(long id, LetterChoice choice) => await letters.LoadAsync(Me, id, choice) switch
    {
        { Refusal: { } no } => Problem(no),
        var found => View("Letter", found.Value),
    };
}
