using Loket.Web.Api;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Joining;

/// <summary>The people of the own organisation over the interface. Who leaves: <c>POST professionals/{id}/deactivate</c>.</summary>
[Authorize(Policy = Policies.OrganisationAdministrator)]
[Route("api/v1/people")]
public sealed class JoiningApi(PeopleQuery people, SavePerson save, Teams teams, RoleRuleChanges rules, ImportPeople import, UndoImport undo) : ApiController
{
    public sealed record TextForm(string? Text);

    public sealed record TeamForm(string? Name);

    [HttpGet]
    public Task<PeopleView> List() => people.ListAsync(Me);

    [HttpPost]
    public async Task<ActionResult<PersonSaved>> Add(PersonForm form) => Answer(await save.AddAsync(Me, form, Key));

    [HttpGet("{id:long}")]
    public async Task<ActionResult<PersonView>> Show(long id) => Found(await people.PersonAsync(Me, id), "professional-unknown");

    [HttpPut("{id:long}")]
    public async Task<ActionResult<PersonSaved>> Change(long id, PersonForm form) => Answer(await save.ChangeAsync(Me, id, form, Key));

    [HttpPost("teams")]
    public async Task<ActionResult<TeamAdded>> AddTeam(TeamForm form) => Answer(await teams.AddAsync(Me, form.Name, Key));

    [HttpGet("rules")]
    public Task<RulesView> Rules() => people.RulesAsync(Me);

    /// <summary>Who would get or lose a role by a rule to add (<c>rule</c>) or to take away (<c>remove</c>); nothing is stored.</summary>
    [HttpPost("rules/preview")]
    public async Task<ActionResult<RulePreview>> PreviewRule(RuleChange change) => Found(await rules.PreviewAsync(Me, change), "rule-unknown");

    [HttpPost("rules")]
    public async Task<ActionResult<RulesChanged>> ChangeRule(RuleChange change) => Answer(await rules.RunAsync(Me, change, Key));

    /// <summary>Who the file would add, and what is wrong with it by row; nothing is stored.</summary>
    [HttpPost("imports/preview")]
    public Task<PeopleImportView> PreviewImport(TextForm form) => import.PreviewAsync(Me, form.Text ?? "");

    [HttpPost("imports")]
    public async Task<ActionResult<PeopleImported>> Import(TextForm form) => Answer(await import.RunAsync(Me, form.Text ?? "", Key));

    /// <summary>Who would go and who would stay if the import were taken back.</summary>
    [HttpGet("imports/{id:long}")]
    public async Task<ActionResult<UndoView>> ShowImport(long id) => Found(await undo.PreviewAsync(Me, id), "people-import-unknown");

    [HttpPost("imports/{id:long}/undo")]
    public async Task<ActionResult<ImportUndone>> UndoImport(long id) => Answer(await undo.RunAsync(Me, id, Key));
}
