using System.Globalization;

namespace Loket.Web.Features.Tour;

/// <summary>
/// Offers the tour once to each invented person of the demo, on the first page of their role. The browser remembers to
/// whom, by number alone.
/// </summary>
public static class TourOffer
{
    private const string Cookie = "loket-tour";
    private const int MostRemembered = 40;

    /// <summary>True the first time that this person opens the page of one of these tours in this browser; remembers it.</summary>
    public static bool Once(HttpContext http, long professionalId, IReadOnlyList<RoleTour> tours)
    {
        var id = professionalId.ToString(CultureInfo.InvariantCulture);
        var known = (http.Request.Cookies[Cookie] ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries);
        if (!tours.Any(tour => http.Request.Path == tour.Page) || known.Contains(id))
        {
            return false;
        }

        http.Response.Cookies.Append(Cookie, string.Join('.', known.Append(id).TakeLast(MostRemembered)), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true,
        });
        return true;
    }
}
