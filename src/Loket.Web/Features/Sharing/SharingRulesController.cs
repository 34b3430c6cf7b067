using Loket.Domain;
using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Sharing;

/// <summary>By which rows the own organisation gives facts.</summary>
[Authorize(Policy = Policies.SharingKeeper)]
public sealed class SharingRulesController(SharingRulesQuery rules, SwitchRule change) : PageController
{
    [HttpGet("/sharing-rules")]
    public async Task<IActionResult> Show() => View("/Features/Sharing/Rules.cshtml", await rules.LoadAsync(Me, FormState.Empty));

    [HttpPost("/sharing-rules")]
    public async Task<IActionResult> Switch(SwitchRuleForm form) => await AfterAsync((await change.RunAsync(Me, form, Key)).Refusal, form.Rule);

    [HttpPost("/sharing-rules/withdraw")]
    public async Task<IActionResult> Withdraw(string? rule) => await AfterAsync((await change.WithdrawAsync(Me, rule, Key)).Refusal, rule);

    private async Task<IActionResult> AfterAsync(Refusal? no, string? rule) => no is null
        ? SeeOther($"/sharing-rules#rule-{rule}")
        : Refused(no, "/Features/Sharing/Rules.cshtml", await rules.LoadAsync(Me, Typed("rule", new FieldError("", no))));
}

/// <summary>The same over the interface.</summary>
[Authorize(Policy = Policies.SharingKeeper)]
[Route("api/v1/sharing-rules")]
public sealed class SharingRulesApi(SharingRulesQuery rules, SwitchRule change) : ApiController
{
    public sealed record WithdrawForm(string? Rule);

    [HttpGet]
    public Task<SharingRulesView> Show() => rules.LoadAsync(Me, FormState.Empty);

    [HttpPost]
    public async Task<ActionResult<RuleSwitched>> Switch(SwitchRuleForm form) => Answer(await change.RunAsync(Me, form, Key));

    [HttpPost("withdraw")]
    public async Task<ActionResult<RuleSwitched>> Withdraw(WithdrawForm form) => Answer(await change.WithdrawAsync(Me, form.Rule, Key));
}
