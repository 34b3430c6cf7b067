using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Loket.Web.Features.Shared;

/// <summary>Texts that are written down or sent: always Dutch, whatever language the professional works in.</summary>
public sealed class InDutch(IStringLocalizer<Texts> texts)
{
    public static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("nl-NL");

    public string Text(string key, params object[] args)
    {
        var own = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Culture;
        try
        {
            return texts[key, args].Value;
        }
        finally
        {
            CultureInfo.CurrentUICulture = own;
        }
    }
}
