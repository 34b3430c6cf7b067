using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loket.Web.Tests.Server;

/// <summary>Looks whether everything that can be called says who may call it.</summary>
internal static class Guards
{
    /// <summary>"GET /cases/{id}" of an endpoint; * when it answers to every method.</summary>
    public static IEnumerable<string> Names(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        var path = $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}";
        return methods.Count == 0 ? [$"* {path}"] : methods.Select(method => $"{method} {path}");
    }

    public static bool IsOpen(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>The roles of which a caller needs all; empty when being signed in is enough.</summary>
    public static IReadOnlyList<string> Roles(Endpoint endpoint) =>
        [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>()];

    /// <summary>What has no rule, and what is open to anyone without standing on the list.</summary>
    public static IReadOnlyList<string> Unguarded(IEnumerable<RouteEndpoint> endpoints, IReadOnlySet<string> open) =>
    [
        .. endpoints.SelectMany(e => Names(e).Select(name => IsOpen(e)
            ? open.Contains(name) ? null : $"{name} is open to anyone"
            : e.Metadata.GetMetadata<IAuthorizeData>() is null ? $"{name} has no rule" : null)).OfType<string>(),
    ];

    /// <summary>Methods of a hub that a client can call without any rule.</summary>
    public static IReadOnlyList<string> Unguarded(Type hub) =>
    [
        .. hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsSpecialName && m.GetBaseDefinition().DeclaringType == hub)
            .Where(m => m.GetCustomAttribute<AllowAnonymousAttribute>() is not null
                || (m.GetCustomAttribute<AuthorizeAttribute>() is null && hub.GetCustomAttribute<AuthorizeAttribute>() is null))
            .Select(m => $"{hub.Name}.{m.Name}"),
    ];

    /// <summary>Every hub of an assembly.</summary>
    public static IEnumerable<Type> Hubs(Assembly assembly) => assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(Microsoft.AspNetCore.SignalR.Hub)) && !t.IsAbstract);
}
