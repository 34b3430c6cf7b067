using System.Globalization;

namespace Loket.Web.Features.Theme;

/// <summary>The colours of css/tokens.css by their names, and which of them must be told apart from which.</summary>
public static class Tokens
{
    private const double Text = 4.5;
    private const double Shape = 3;

    /// <summary>Loket's own: light and dark.</summary>
    public static readonly IReadOnlyDictionary<string, Shade> Own = new (string Name, string Shade)[]
    {
        ("canvas", "#f4f5f2 #14181a"), ("surface", "#fff #1b2023"), ("sunk", "#eaece7 #242a2d"), ("line", "#d9ddd5 #343c3f"), ("line-strong", "#7a837c #7f8a8e"),
        ("ink", "#1b221f #eef1ef"), ("ink-2", "#48524c #bdc6c3"), ("ink-3", "#5c665f #9ca7a3"),
        ("accent", "#2c3e8f #aebbf7"), ("accent-hover", "#212f73 #c6d0fa"), ("on-accent", "#fff #10163a"), ("accent-soft", "#e8ebf8 #272f52"),
        ("ok", "#1a6a3c #7fd09b"), ("ok-soft", "#e4f2e9 #173325"), ("warn", "#7f4e00 #f0be6a"), ("warn-soft", "#fbefd9 #3a2c10"), ("late", "#a3271d #ff9f93"), ("late-soft", "#fbe8e5 #3a1e1b"),
        ("focus", "#0b0f1a #fff"),
    }.ToDictionary(token => token.Name, token => Shade.Parse(token.Shade)!.Value);

    // WCAG 2.2 criteria 1.4.3 (text) and 1.4.11 (borders of controls, the focus ring). "line" is decoration alone.
    private static readonly (string Token, double Least, string[] On)[] Pairs =
    [
        ("ink", Text, ["surface", "canvas", "sunk", "accent-soft", "ok-soft", "warn-soft", "late-soft"]),
        ("ink-2", Text, ["surface", "canvas", "sunk", "accent-soft"]),
        ("ink-3", Text, ["surface", "canvas", "accent-soft"]),
        ("accent", Text, ["surface", "canvas", "accent-soft"]),
        ("accent-hover", Text, ["surface", "canvas", "accent-soft"]),
        ("on-accent", Text, ["accent", "accent-hover"]),
        ("ok", Text, ["surface", "canvas", "ok-soft"]),
        ("warn", Text, ["surface", "canvas", "warn-soft"]),
        ("late", Text, ["surface", "canvas", "late-soft"]),
        ("line-strong", Shape, ["surface", "canvas", "accent-soft"]),
        ("focus", Shape, ["surface", "canvas", "accent-soft"]),
    ];

    /// <summary>Every pair that does not stand out enough when these tokens take the place of Loket's own; empty when all may be used.</summary>
    public static IEnumerable<string> TooFaint(IReadOnlyDictionary<string, Shade> house)
    {
        Shade Of(string token) => house.TryGetValue(token, out var own) ? own : Own[token];
        return from pair in Pairs
               from ground in pair.On
               from screen in new (string Name, Colour Token, Colour Ground)[] { ("light", Of(pair.Token).Light, Of(ground).Light), ("dark", Of(pair.Token).Dark, Of(ground).Dark) }
               let ratio = Colour.Contrast(screen.Token, screen.Ground)
               where ratio < pair.Least
               select string.Create(CultureInfo.InvariantCulture, $"{pair.Token} {screen.Token} on {ground} {screen.Ground} ({screen.Name}) has contrast {Math.Floor(ratio * 100) / 100:0.00}, at least {pair.Least} is needed");
    }
}
