namespace Loket.Web.Features.Shared;

/// <summary>Requests of the page's own scripts for a part of it.</summary>
public static class Fragments
{
    /// <summary>The header every fetch of our scripts carries.</summary>
    public const string Header = "X-Loket-Fragment";

    /// <summary>True when a script wants the part alone; false when a person opened the address: give it a layout.</summary>
    public static bool WantsFragment(this HttpRequest request) => request.Headers.ContainsKey(Header);
}
