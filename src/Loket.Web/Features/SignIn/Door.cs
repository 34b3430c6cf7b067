using Loket.Web.Security;
using Microsoft.AspNetCore.Authentication;

namespace Loket.Web.Features.SignIn;

/// <summary>The one way in: begins a sign-in of this professional on this browser.</summary>
public sealed class Door(SignedIn signedIn)
{
    public async Task LetInAsync(HttpContext context, Actor actor, ProviderSession? provider = null) =>
        await context.SignInAsync(Policies.Principal(actor, await signedIn.StartAsync(actor.Id, provider, context.User)));

    public async Task LetOutAsync(HttpContext context)
    {
        await signedIn.EndAsync(context.User);
        await context.SignOutAsync();
    }
}
