using Loket.Domain;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Proactive;

/// <summary>Telling people what nobody asked for: the rules, whom they found, the letter.</summary>
[Authorize(Policy = Policies.Proactive)]
[ResponseCache(NoStore = true)]
public sealed class ProactiveController(ProactiveQuery proactive, FindPeople find, TellPerson tell) : PageController
{
    [HttpGet("/proactive")]
    public async Task<IActionResult> Rules() => View("Rules", await proactive.LoadAsync(Me));

    [HttpGet("/proactive/{rule}")]
    public Task<IActionResult> List(string rule) => ListAsync(rule, null);

    [HttpPost("/proactive/{rule}/find")]
    public async Task<IActionResult> Find(string rule) => await find.RunAsync(Me, rule, Key) is { Refusal: { } no } ? await ListAsync(rule, no) : SeeOther($"/proactive/{rule}");

    [HttpGet("/proactive/found/{id:long}")]
    public Task<IActionResult> Letter(long id, string? lang) => LetterAsync(id, lang, null);

    [HttpPost("/proactive/found/{id:long}/send")]
    public async Task<IActionResult> Send(long id, string? lang) => await AfterAsync(id, lang, await tell.SendAsync(Me, id, lang == "en", Key));

    [HttpPost("/proactive/found/{id:long}/object")]
    public async Task<IActionResult> Object(long id, string? lang) => await AfterAsync(id, lang, await tell.ObjectAsync(Me, id, Key));

    private Task<IActionResult> AfterAsync(long id, string? lang, Outcome<PersonTold> told) =>
        told.Refusal is { } no ? LetterAsync(id, lang, no) : Task.FromResult<IActionResult>(SeeOther($"/proactive/{told.Value.RuleId}"));

    private async Task<IActionResult> ListAsync(string rule, Refusal? refused) => await proactive.ListAsync(Me, rule, refused) switch
    {
        { Refusal: { } no } => Problem(no),
        var list => refused is null ? View("List", list.Value) : Refused(refused, "List", list.Value),
    };

    private async Task<IActionResult> LetterAsync(long id, string? lang, Refusal? refused) => await proactive.LetterAsync(Me, id, lang) switch
    {
        { Refusal: { } no } => Problem(no),
        var letter => refused is null ? View("Letter", letter.Value) : Refused(refused, "Letter", letter.Value),
    };
}
