using Loket.Web.Api;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Keepers;

/// <summary>Who answers for what is said of the body's products, over the interface.</summary>
[Route("api/v1")]
public sealed class KeepersApi(KeepersQuery keepers, KeepProducts keep) : ApiController
{
    /// <summary><c>Digest</c> is that of the product as it was read.</summary>
    public sealed record ConfirmForm(string? Product, string? Digest);

    [Authorize(Policy = Policies.OrganisationAdministrator)]
    [HttpGet("people/products")]
    public Task<KeepersView> Show(string? topic) => keepers.LoadAsync(Me, topic);

    [Authorize(Policy = Policies.OrganisationAdministrator)]
    [HttpPut("people/products")]
    public async Task<ActionResult<KeeperNamed>> Name(KeeperForm form) => Answer(await keep.NameAsync(Me, form, Key));

    [HttpGet("kept-products")]
    public async Task<IReadOnlyList<KeptProduct>> Mine() => (await keepers.MineAsync(Me)).Products;

    [HttpPost("kept-products")]
    public async Task<ActionResult<ProductConfirmed>> Confirm(ConfirmForm form) => Answer(await keep.ConfirmAsync(Me, form.Product, form.Digest, Key));
}
