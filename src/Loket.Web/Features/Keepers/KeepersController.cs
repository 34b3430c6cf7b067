using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Keepers;

/// <summary>Who answers for what is said of the body's products: the administrator names, the one who was named confirms.</summary>
public sealed class KeepersController(KeepersQuery keepers, KeepProducts keep) : PageController
{
    [Authorize(Policy = Policies.OrganisationAdministrator)]
    [HttpGet("/people/products")]
    public async Task<IActionResult> Show(string? topic) => View("Keepers", await keepers.LoadAsync(Me, topic));

    [Authorize(Policy = Policies.OrganisationAdministrator)]
    [HttpPost("/people/products")]
    public async Task<IActionResult> Name(string? topic, string[] products, long? professionalId) => await keep.NameAsync(Me, new KeeperForm(products, professionalId), Key) is { Refusal: { } no }
        ? Refused(no, "Keepers", await keepers.LoadAsync(Me, topic, Typed("keeper", new FieldError(no.Code == "keeper-unfit" ? "professionalId" : "", no))))
        : SeeOther($"/people/products{QueryString.Create("topic", topic ?? "")}");

    [HttpGet("/kept-products")]
    public async Task<IActionResult> Mine() => View("Kept", await keepers.MineAsync(Me));

    [HttpPost("/kept-products")]
    public async Task<IActionResult> Confirm(string? product, string? digest)
    {
        if (await keep.ConfirmAsync(Me, product, digest, Key) is not { Refusal: { } no })
        {
            return SeeOther("/kept-products");
        }

        var view = await keepers.MineAsync(Me);
        view.Refusal = no;
        return Refused(no, "Kept", view);
    }
}
