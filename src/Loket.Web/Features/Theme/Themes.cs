using System.Security.Cryptography;
using System.Text;
using Loket.Web.Data;

namespace Loket.Web.Features.Theme;

/// <summary>
/// The house styles of organisations: section <c>Theme:Organisations:{code}</c>, a token and its two colours each
/// (<c>Accent = #7a1f5c #f2a6d6</c>), and a <c>Logo</c>. Loket does not start with one that cannot be read (<see cref="Faults"/>), nor with
/// one of an organisation it does not know (<see cref="StrangersAsync"/>).
/// </summary>
public sealed class Themes(IConfiguration configuration)
{
    private const string Section = "Theme:Organisations";
    private const string LogoKey = "Logo";

    private readonly Dictionary<string, Logo> logos = configuration.GetSection(Section).GetChildren().Where(house => house[LogoKey] is not null)
        .ToDictionary(house => house.Key, house => Logo.Read(house[LogoKey]!).Logo!, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, (string Sheet, string Address)> themes = configuration.GetSection(Section).GetChildren().Where(house => Read(house).Any()).ToDictionary(
        house => house.Key,
        house =>
        {
            var sheet = Sheet(Read(house).ToDictionary(token => token.Name!, token => token.Shade!.Value));
            return (sheet, $"/theme.css?v={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))[..12]}");
        },
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the colours of an organisation are fetched; changes with them. Null when it has none of its own.</summary>
    public string? AddressFor(string organisation) => themes.TryGetValue(organisation, out var theme) ? theme.Address : null;

    public string? SheetOf(string organisation) => themes.TryGetValue(organisation, out var theme) ? theme.Sheet : null;

    /// <summary>Where the logo of an organisation is fetched; null when it has none.</summary>
    public string? LogoAddressFor(string organisation) => LogoOf(organisation) is { } logo ? $"/theme/logo?v={logo.Mark}" : null;

    public Logo? LogoOf(string organisation) => logos.GetValueOrDefault(organisation);

    /// <summary>House styles for organisations that do not exist: a code that was mistyped would show nowhere and to nobody.</summary>
    public async Task<IReadOnlyList<string>> StrangersAsync(Db db)
    {
        List<string> codes = [.. themes.Keys.Union(logos.Keys, StringComparer.OrdinalIgnoreCase)];
        var known = codes.Count == 0 ? [] : await db.ReadAsync(r => r.QueryAsync<string>("SELECT code FROM organisation WHERE code IN @codes", new { codes }));
        return [.. codes.Except(known, StringComparer.Ordinal).Select(code => $"The theme of {code}: there is no organisation with this code.")];
    }

    /// <summary>What is wrong in these settings: names and colours that are none, and what could not be read on the screen.</summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration) =>
        [.. configuration.GetSection(Section).GetChildren().SelectMany(house => FaultsOf(house).Select(fault => $"The theme of {house.Key}: {fault}."))];

    private static IEnumerable<string> FaultsOf(IConfigurationSection house)
    {
        if (house[LogoKey] is { } path && Logo.Read(path).Fault is { } fault)
        {
            return [fault];
        }

        var tokens = Read(house).ToList();
        var unread = tokens.Where(t => t.Name is null || t.Shade is null).ToList();
        return unread.Count > 0
            ? unread.Select(t => t.Name is null
                ? $"{t.Written} is no colour of Loket; there are {string.Join(", ", Tokens.Own.Keys)}"
                : $"{t.Written} needs two colours, for a light and for a dark screen, as in #2c3e8f #aebbf7")
            : Tokens.TooFaint(tokens.ToDictionary(t => t.Name!, t => t.Shade!.Value));
    }

    // An environment variable has no hyphen in its name: AccentHover is accent-hover.
    private static IEnumerable<(string Written, string? Name, Shade? Shade)> Read(IConfigurationSection house) =>
        house.GetChildren().Where(token => !token.Key.Equals(LogoKey, StringComparison.OrdinalIgnoreCase)).Select(token => (
            token.Key,
            Tokens.Own.Keys.FirstOrDefault(name => name.Replace("-", "", StringComparison.Ordinal).Equals(token.Key.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)),
            Shade.Parse(token.Value ?? "")));

    // High contrast, by the system or chosen, goes before a house style.
    private static string Sheet(Dictionary<string, Shade> tokens) =>
        $"@media not (prefers-contrast: more) {{ :root:not([data-theme='contrast']) {{ {string.Join(' ', tokens.Select(t => $"--{t.Key}: light-dark({t.Value.Light}, {t.Value.Dark});"))} }} }}\n";
}
