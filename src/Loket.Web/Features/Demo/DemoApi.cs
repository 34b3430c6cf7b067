using Loket.Domain;
using Loket.Web.Api;
using Loket.Web.Data;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Demo;

/// <summary>Only in the demo profile: become anyone, and switch the virtual colleagues on or off.</summary>
[Route("api/v1/demo")]
public sealed class DemoApi(Db db, DemoOptions demo, DemoColleagues colleagues, Door door) : ApiController
{
    public sealed record SessionForm(long ProfessionalId);

    public sealed record SwitchForm(bool On);

    /// <summary>Gives the session cookie of a professional.</summary>
    [AllowAnonymous]
    [HttpPost("session")]
    public async Task<IActionResult> Session(SessionForm form)
    {
        if (!demo.Enabled)
        {
            return NotFound();
        }

        if (await Actor.LoadAsync(db, form.ProfessionalId) is not { } actor)
        {
            return Problem(new Refusal("professional-unknown"));
        }

        await door.LetInAsync(HttpContext, actor);
        return Ok(new { actor.Id, actor.Name, actor.OrganisationCode });
    }

    [HttpPut("colleagues")]
    public IActionResult Switch(SwitchForm form)
    {
        if (!demo.Enabled)
        {
            return NotFound();
        }

        colleagues.Switch(form.On);
        return Ok(new { on = colleagues.IsOn });
    }
}
