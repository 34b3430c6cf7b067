using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Doors;

/// <summary>Where a question goes: the route of a topic, what a product is, and how an organisation is reached.</summary>
public sealed class DoorsController(RouteQuery routes, DoorQuery doors) : PageController
{
    [HttpGet("/routes")]
    public async Task<IActionResult> Route(string? topic, string? municipality)
    {
        var found = topic is null ? new RouteView() : await routes.LoadAsync(topic, municipality) is var route && route.Refusal is { } no
            ? new RouteView { Topic = topic, Municipality = municipality, Refusal = no }
            : route.Value;
        return View("Route", await doors.WithChoicesAsync(found));
    }

    [HttpGet("/products/{code}")]
    public async Task<IActionResult> Product(string code) => await doors.ProductAsync(Me, code) is { } view ? View("Product", view) : NotThere("product-unknown");

    [HttpGet("/organisations/{code}")]
    public async Task<IActionResult> Organisation(string code) => await doors.OrganisationAsync(code) is { } view ? View("Organisation", view) : NotThere("organisation-unknown");
}
