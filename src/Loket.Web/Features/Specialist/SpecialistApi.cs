using Loket.Web.Api;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Specialist;

/// <summary>The specialist over the interface: presence, the pending offer, and its answer; what a softphone needs.</summary>
[Route("api/v1")]
public sealed class SpecialistApi(SpecialistQuery workplace, SetPresence presence, SwitchLine lines, ExtendWrapUp wrapUp, AnswerOffer offers, AttemptCallback callbacks) : ApiController
{
    public sealed record PresenceForm(string? State);

    public sealed record SwitchForm(string? Line, bool On);

    public sealed record Person(long Id, string Name, string Organisation, string OrganisationName, IReadOnlyList<string> Roles);

    [HttpGet("me")]
    public Person Who() => new(Me.Id, Me.Name, Me.OrganisationCode, Me.OrganisationName, [.. Policies.Roles(Me)]);

    /// <summary>Presence, what is due today, and the pending offer with its id.</summary>
    [Authorize(Policy = Policies.Specialist)]
    [HttpGet("me/line")]
    public Task<LineView> Line() => workplace.LineAsync(Me, FormState.Empty);

    [Authorize(Policy = Policies.Specialist)]
    [HttpPut("me/presence")]
    public async Task<ActionResult<PresenceAnswer>> SetPresence(PresenceForm form) => Answer(await presence.RunAsync(Me, form.State, Key));

    /// <summary>More time to wrap up, up to ten minutes in all.</summary>
    [Authorize(Policy = Policies.Specialist)]
    [HttpPost("me/presence/more-time")]
    public async Task<ActionResult<PresenceAnswer>> MoreWrapUp() => Answer(await wrapUp.RunAsync(Me, Key));

    /// <summary>Takes questions of one of the own lines, or not for now.</summary>
    [Authorize(Policy = Policies.Specialist)]
    [HttpPut("me/line-switch")]
    public async Task<ActionResult<LineSwitched>> Switch(SwitchForm form) => Answer(await lines.RunAsync(Me, form.Line ?? "", form.On, Key));

    [Authorize(Policy = Policies.Specialist)]
    [HttpPost("offers/{id:long}/accept")]
    public async Task<ActionResult<OfferAnswered>> Accept(long id) => Answer(await offers.AcceptAsync(Me, id, Key));

    [Authorize(Policy = Policies.Specialist)]
    [HttpPost("offers/{id:long}/decline")]
    public async Task<ActionResult<OfferAnswered>> Decline(long id, DeclineForm form) => Answer(await offers.DeclineAsync(Me, id, form, Key));

    [Authorize(Policy = Policies.Specialist)]
    [HttpPost("offers/{id:long}/more-time")]
    public async Task<ActionResult<OfferAnswered>> MoreTime(long id) => Answer(await offers.MoreTimeAsync(Me, id, Key));

    [HttpPost("callbacks/{id:long}/attempts")]
    public async Task<ActionResult<CallbackAttempted>> Attempt(long id, AttemptForm form) => Answer(await callbacks.RunAsync(Me, id, form, Key));
}
