using System.Text.RegularExpressions;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Desk;

/// <summary>
/// The register's address lies in another municipality than the case: proposed, never changed by itself. Found by the
/// name of the place; a village that gives its name to no municipality is passed over.
/// </summary>
public static partial class PlaceNotice
{
    private static readonly Dictionary<string, string> OfficialNames = new(StringComparer.OrdinalIgnoreCase) { ["'s-Gravenhage"] = "Den Haag", ["'s-Hertogenbosch"] = "Den Bosch" };

    /// <summary>The municipality of the register's address when it is another than that of the case, else null.</summary>
    public static Option? Of(DeskCase about, IReadOnlyList<Option> municipalities)
    {
        if (about is not { MayEdit: true, IsOwnOrganisation: true, Party.Address: { } address, Municipality: { } now }
            || !about.Facts.Any(f => f.Source == IPersonRegister.Source && f.Value == address)
            || CityOf().Match(address) is not { Success: true } found)
        {
            return null;
        }

        var city = OfficialNames.GetValueOrDefault(found.Groups["city"].Value, found.Groups["city"].Value);
        var named = municipalities.Where(m => string.Equals(m.Name, city, StringComparison.OrdinalIgnoreCase)).ToList();
        return named is [var one] && one.Value != now ? one : null;
    }

    [GeneratedRegex(@", \d{4} ?[A-Z]{2} (?<city>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CityOf();
}
