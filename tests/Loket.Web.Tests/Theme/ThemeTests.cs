using System.Text.RegularExpressions;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Theme;
using Loket.Web.Security;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Loket.Web.Tests.Theme;

/// <summary>An organisation's own colours: the arithmetic of contrast, what is refused at the start, and the sheet that is served.</summary>
public sealed partial class ThemeTests
{
    [Theory]
    // The ends of the scale, and ratios as the WCAG formula gives them; the last is the grey just under 4.5 on white.
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#fff", "#ffffff", 1)]
    [InlineData("#ff0000", "#ffffff", 3.998)]
    [InlineData("#767676", "#fff", 4.542)]
    [InlineData("#777777", "#fff", 4.478)]
    [InlineData("#2c3e8f", "#fff", 9.6)]
    public void Contrast_is_as_WCAG_reckons_it_in_either_order(string one, string other, double expected)
    {
        Assert.Equal(expected, Colour.Contrast(Colour.Parse(one)!.Value, Colour.Parse(other)!.Value), 0.05);
        Assert.Equal(Colour.Contrast(Colour.Parse(one)!.Value, Colour.Parse(other)!.Value), Colour.Contrast(Colour.Parse(other)!.Value, Colour.Parse(one)!.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2c3e8f")]
    [InlineData("#2c3e8")]
    [InlineData("#2c3e8g")]
    [InlineData("red")]
    [InlineData("#fff}body{display:none")]
    public void What_is_no_colour_is_not_read(string text) => Assert.Null(Colour.Parse(text));

    [Fact]
    public void The_colours_checked_are_those_of_the_style_sheet_and_all_of_them_stand_out()
    {
        var css = File.ReadAllText(Path.Combine(Repository.Root, "src/Loket.Web/Assets/css/tokens.css"));
        var written = Token().Matches(css).ToDictionary(m => m.Groups[1].Value, m => Shade.Parse($"{m.Groups[2].Value} {m.Groups[3].Value}"));
        Assert.Equal(written.OrderBy(t => t.Key).Select(t => (t.Key, t.Value)), Tokens.Own.OrderBy(t => t.Key).Select(t => (t.Key, (Shade?)t.Value)));
        Assert.Empty(Tokens.TooFaint(new Dictionary<string, Shade>()));
    }

    [Theory]
    [InlineData("accent", "#9fb0ff #aebbf7", "accent #9fb0ff on surface #ffffff (light)", "on-accent #ffffff on accent #9fb0ff (light)")]
    [InlineData("accent", "#2c3e8f #30365a", "accent #30365a on surface #1b2023 (dark)", "on-accent #10163a on accent #30365a (dark)")]
    [InlineData("line-strong", "#c0c0c0 #7f8a8e", "line-strong #c0c0c0 on surface #ffffff (light)", "at least 3 is needed")]
    [InlineData("surface", "#fff #808080", "ink #eef1ef on surface #808080 (dark)", "late #ff9f93 on surface #808080 (dark)")]
    public void A_colour_that_cannot_be_read_is_told_with_its_pair_and_its_screen(string token, string shade, params string[] expected)
    {
        var faults = string.Join('\n', Tokens.TooFaint(new Dictionary<string, Shade> { [token] = Shade.Parse(shade)!.Value }));
        Assert.All(expected, part => Assert.Contains(part, faults, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Accent", "#2c3e8f", "The theme of gm0344: Accent needs two colours")]
    [InlineData("Accent", "#2c3e8f #xyz", "The theme of gm0344: Accent needs two colours")]
    [InlineData("Akcent", "#2c3e8f #aebbf7", "The theme of gm0344: Akcent is no colour of Loket; there are canvas, surface")]
    [InlineData("Accent", "#9fb0ff #aebbf7", "has contrast 2.07, at least 4.5 is needed")]
    public void Loket_does_not_start_with_a_theme_that_is_wrong_not_even_in_the_demo(string token, string shade, string expected) =>
        Assert.Contains(SafeSettings.Faults(Setting(("gm0344", token, shade)), new DemoOptions { Enabled = true }), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void A_theme_that_is_right_is_served_to_its_organisation_alone_under_an_address_that_changes_with_it()
    {
        var right = Setting(("gm0344", "AccentHover", "#5e1446 #f7c4e4"), ("gm0344", "accent", "#7a1f5c #f2a6d6"));
        Assert.Empty(SafeSettings.Faults(right, new DemoOptions { Enabled = true }));
        var themes = new Themes(right);
        Assert.Contains("--accent: light-dark(#7a1f5c, #f2a6d6);", themes.SheetOf("gm0344"), StringComparison.Ordinal);
        Assert.Contains("--accent-hover: light-dark(#5e1446, #f7c4e4);", themes.SheetOf("gm0344"), StringComparison.Ordinal);
        Assert.StartsWith("@media not (prefers-contrast: more) { :root:not([data-theme='contrast'])", themes.SheetOf("gm0344"), StringComparison.Ordinal);
        Assert.Matches(@"^/theme\.css\?v=[0-9a-f]{12}$", themes.AddressFor("gm0344"));
        Assert.NotEqual(themes.AddressFor("gm0344"), new Themes(Setting(("gm0344", "accent", "#7a1f5d #f2a6d6"))).AddressFor("gm0344"));
        Assert.Null(themes.AddressFor("gm0518"));
    }

    internal const string Drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 2\"><path d=\"M0 0h4v2H0z\"/></svg>";

    [Theory]
    [InlineData("a.svg", Drawing, "image/svg+xml")]
    [InlineData("a.png", "\u0089PNG\r\n\u001a\n…", "image/png")]
    [InlineData("by what is in it.svg", "\u0089PNG\r\n\u001a\n…", "image/png")]
    public void A_logo_is_served_as_what_is_in_the_file(string name, string content, string type) => Assert.Equal(type, Read(name, content).Logo?.Type);

    [Theory]
    [InlineData("GIF89a…")]
    [InlineData("")]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>")]
    [InlineData("<svg/>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"1\"/>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://elders.example/a.png\"/></svg>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>")]
    public void A_logo_that_could_do_more_than_be_looked_at_is_refused(string content) =>
        Assert.Contains("is no PNG, and no SVG without scripts", Read("a.svg", content).Fault, StringComparison.Ordinal);

    [Fact]
    public void A_logo_that_is_too_heavy_or_not_there_is_told_before_the_start()
    {
        Assert.Contains("at most 6144 may be", Read("a.svg", Drawing + new string(' ', Logo.Largest)).Fault, StringComparison.Ordinal);
        Assert.Contains(
            SafeSettings.Faults(Setting(("gm0344", "Logo", "/nowhere/a.svg")), new DemoOptions { Enabled = true }),
            fault => fault == "The theme of gm0344: the logo /nowhere/a.svg is not there.");
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_house_style_for_an_organisation_that_does_not_exist_is_told(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        await world.Given.Municipality("gm0344");
        Assert.Empty(await new Themes(Setting(("gm0344", "accent", "#7a1f5c #f2a6d6"))).StrangersAsync(world.Db));
        Assert.Equal(
            ["The theme of gm9999: there is no organisation with this code."],
            await new Themes(Setting(("gm0344", "accent", "#7a1f5c #f2a6d6"), ("gm9999", "accent", "#7a1f5c #f2a6d6"))).StrangersAsync(world.Db));
    }

    private static (Logo? Logo, string? Fault) Read(string name, string content)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(content));
        return Logo.Read(path);
    }

    private static IConfiguration Setting(params (string Organisation, string Token, string Shade)[] tokens) =>
        new ConfigurationBuilder().AddInMemoryCollection(tokens.Select(t => KeyValuePair.Create<string, string?>($"Theme:Organisations:{t.Organisation}:{t.Token}", t.Shade))).Build();

    [GeneratedRegex(@"^  --([a-z0-9-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\);", RegexOptions.Multiline)]
    private static partial Regex Token();
}
