using System.Reflection;
using System.Text.RegularExpressions;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Browser.Tests;

/// <summary>Every address that answers with a page or a part of one, told by the controllers themselves.</summary>
public static class PageRoutes
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(PageController).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PageController)))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .SelectMany(act => act.GetCustomAttributes<HttpGetAttribute>()).Select(get => Address(type.GetCustomAttribute<RouteAttribute>()?.Template, get.Template)))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether this address, with ids and a query, is of that route.</summary>
    public static bool Is(string route, string address) => Regex.IsMatch(
        address.Split('?')[0], $"^{Regex.Replace(Regex.Replace(Regex.Escape(route), @"\\\{\w+:long}", "[0-9]+"), @"\\\{\w+}", "[^/]+")}$", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static string Address(string? prefix, string? template) => template?.StartsWith('/') == true ? template : $"/{string.Join('/', new[] { prefix, template }.OfType<string>())}";
}
