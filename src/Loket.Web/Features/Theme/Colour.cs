using System.Globalization;
using System.Runtime.InteropServices;

namespace Loket.Web.Features.Theme;

/// <summary>An opaque colour, and how much it stands out (WCAG 2.2, "relative luminance" and "contrast ratio").</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads <c>#2c3e8f</c> or <c>#fff</c>; null for anything else.</summary>
    public static Colour? Parse(string text)
    {
        var hex = text is ['#', .. var digits] ? digits : "";
        if (hex.Length == 3)
        {
            hex = string.Concat(hex.Select(digit => new string(digit, 2)));
        }

        return hex.Length == 6 && uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new Colour((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : null;
    }

    /// <summary>From 1, the same, to 21, black on white.</summary>
    public static double Contrast(Colour one, Colour other)
    {
        var (lighter, darker) = (Math.Max(one.Luminance, other.Luminance), Math.Min(one.Luminance, other.Luminance));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}

/// <summary>What one token is on a light and on a dark screen.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Shade(Colour Light, Colour Dark)
{
    /// <summary>Reads <c>#2c3e8f #aebbf7</c>: light, then dark; null for anything else.</summary>
    public static Shade? Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var light, var dark] && Colour.Parse(light) is { } onLight && Colour.Parse(dark) is { } onDark
            ? new Shade(onLight, onDark)
            : null;
}
