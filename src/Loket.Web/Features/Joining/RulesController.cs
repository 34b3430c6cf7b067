using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Joining;

/// <summary>Which claim at the provider gives which role: shown before it is saved.</summary>
[Authorize(Policy = Policies.OrganisationAdministrator)]
[Route("people/rules")]
public sealed class RulesController(PeopleQuery people, RoleRuleChanges rules) : PageController
{
    private const string Page = "/Features/Joining/Rules.cshtml";

    [HttpGet]
    public async Task<IActionResult> Rules() => View(Page, await people.RulesAsync(Me));

    /// <summary>Shows what a new rule would change.</summary>
    [HttpPost("preview")]
    public async Task<IActionResult> Preview(string? claim, string? value, string? role, string? team)
    {
        var rule = new RuleForm((claim ?? "").Trim(), (value ?? "").Trim(), role ?? "", string.IsNullOrEmpty(team) ? null : team);
        var errors = await rules.ErrorsAsync(Me, rule);
        return errors.Count > 0
            ? Refused(errors[0].Refusal, Page, await people.RulesAsync(Me, Typed("rule", errors)))
            : View(Page, await people.RulesAsync(Me, Typed("rule"), await rules.PreviewAsync(Me, new RuleChange(rule, null))));
    }

    /// <summary>Shows what taking a rule away would change.</summary>
    [HttpPost("{id:long}/preview")]
    public async Task<IActionResult> PreviewRemoval(long id) => await rules.PreviewAsync(Me, new RuleChange(null, id)) is { } preview
        ? View(Page, await people.RulesAsync(Me, null, preview))
        : NotThere("rule-unknown");

    [HttpPost("")]
    public async Task<IActionResult> Save(string? claim, string? value, string? role, string? team) =>
        await AnswerAsync(new RuleChange(new RuleForm((claim ?? "").Trim(), (value ?? "").Trim(), role ?? "", string.IsNullOrEmpty(team) ? null : team), null));

    [HttpPost("{id:long}/remove")]
    public async Task<IActionResult> Remove(long id) => await AnswerAsync(new RuleChange(null, id));

    private async Task<IActionResult> AnswerAsync(RuleChange change) => (await rules.RunAsync(Me, change, Key)).Refusal switch
    {
        null => SeeOther("/people/rules"),
        { Code: "rule-unknown" } gone => NotThere(gone.Code),
        var no => Refused(no, Page, await people.RulesAsync(Me, Typed("rule", new FieldError("", no)))),
    };
}
