using Loket.Web.Api;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Proactive;

/// <summary>Telling people what nobody asked for, over the interface.</summary>
[Authorize(Policy = Policies.Proactive)]
[Route("api/v1/proactive")]
public sealed class ProactiveApi(ProactiveQuery proactive, FindPeople find, TellPerson tell) : ApiController
{
    public sealed record SendForm(string? Lang);

    [HttpGet]
    public Task<ProactiveView> Rules() => proactive.LoadAsync(Me);

    /// <summary>Whom a rule found. Every call is written down.</summary>
    [HttpGet("{rule}")]
    public async Task<ActionResult<ProactiveListView>> List(string rule) => Answer(await proactive.ListAsync(Me, rule));

    [HttpPost("{rule}/find")]
    public async Task<ActionResult<PeopleFound>> Find(string rule) => Answer(await find.RunAsync(Me, rule, Key));

    /// <summary>The letter before it goes. Every call is written down.</summary>
    [HttpGet("found/{id:long}")]
    public async Task<ActionResult<ProactiveLetterView>> Letter(long id, string? lang) => Answer(await proactive.LetterAsync(Me, id, lang));

    [HttpPost("found/{id:long}/send")]
    public async Task<ActionResult<PersonTold>> Send(long id, SendForm form) => Answer(await tell.SendAsync(Me, id, form.Lang == "en", Key));

    /// <summary>The person does not want such messages of this organisation.</summary>
    [HttpPost("found/{id:long}/object")]
    public async Task<ActionResult<PersonTold>> Object(long id) => Answer(await tell.ObjectAsync(Me, id, Key));
}
