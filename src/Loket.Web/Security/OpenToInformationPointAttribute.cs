using Microsoft.AspNetCore.Authorization;

namespace Loket.Web.Security;

/// <summary>
/// What an information point may ask: everything without this mark, a new page too, is closed to it, whatever else it is
/// open to.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToInformationPointAttribute : Attribute
{
    internal static bool Allows(AuthorizationHandlerContext context) => !context.User.IsInRole(Policies.InformationPoint)
        || (context.Resource is HttpContext http && http.GetEndpoint()?.Metadata.GetMetadata<OpenToInformationPointAttribute>() is not null);
}
