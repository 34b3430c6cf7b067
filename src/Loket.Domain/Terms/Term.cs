using System.Globalization;
using System.Text.RegularExpressions;

namespace Loket.Domain.Terms;

/// <summary>What a term counts in. Working days and hours are not ISO 8601; see <see cref="Term.Parse"/>.</summary>
public enum TermUnit
{
    Hours,
    Days,
    Weeks,
    Months,
    Years,
    WorkingHours,
    WorkingDays,
}

/// <summary>
/// Who set a term. The Algemene termijnenwet moves terms of acts and orders in council only (its art. 1 and 4), so a
/// municipal by-law, a ministerial regulation (<see cref="Bylaw"/>) and a service norm (<see cref="Service"/>) stay put.
/// </summary>
public enum TermBasis
{
    Act,
    Bylaw,
    Service,
}

/// <summary>
/// The length of a term in one unit, because the law looks at how a term is worded: 12 weeks move, 13 weeks do not.
/// <paramref name="Backwards"/> counts back from the start.
/// </summary>
public sealed partial record Term(int Amount, TermUnit Unit, bool Backwards = false)
{
    private const int MostYears = 200;

    /// <summary>Algemene termijnenwet art. 4: terms worded like this are never moved or lengthened.</summary>
    public bool IsExemptByArticle4 => Unit switch
    {
        TermUnit.Days => Amount > 90,
        TermUnit.Weeks => Amount > 12,
        TermUnit.Months => Amount > 3,
        TermUnit.Hours or TermUnit.WorkingHours or TermUnit.Years => true,
        _ => false,
    };

    /// <summary>Art. 2 speaks of terms of at least three days.</summary>
    public bool IsAtLeastThreeDays => Unit switch
    {
        TermUnit.Days or TermUnit.WorkingDays => Amount >= 3,
        TermUnit.Weeks or TermUnit.Months or TermUnit.Years => true,
        _ => false,
    };

    public static Term Hours(int amount) => new(amount, TermUnit.Hours);

    public static Term Days(int amount) => new(amount, TermUnit.Days);

    public static Term Weeks(int amount) => new(amount, TermUnit.Weeks);

    public static Term Months(int amount) => new(amount, TermUnit.Months);

    public static Term Years(int amount) => new(amount, TermUnit.Years);

    public static Term WorkingHours(int amount) => new(amount, TermUnit.WorkingHours);

    public static Term WorkingDays(int amount) => new(amount, TermUnit.WorkingDays);

    /// <summary>
    /// Reads ISO 8601 (<c>P8W</c>, <c>P3D</c>, <c>P3M</c>, <c>P1Y</c>, <c>P1Y6M</c> as 18 months, <c>PT48H</c>), with a
    /// minus sign in front for a term that counts back, and our own <c>WD1</c> or <c>P1WD</c> (working days) and
    /// <c>WH2</c> (working hours); and what people write: <c>8 weken</c>, <c>3 working days</c>. Refuses with <c>term-unreadable</c>; other mixtures are refused because art. 4 of the
    /// Algemene termijnenwet has no answer for them.
    /// </summary>
    public static Outcome<Term> Parse(string? text)
    {
        var match = Form().Match((text ?? "").Trim());
        if (!match.Success)
        {
            return Said().Match((text ?? "").Trim()) is { Success: true } said && Parse(Written(said)) is { IsOk: true } term ? term : new Refusal("term-unreadable", text ?? "");
        }

        int Part(string name) =>
            match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;

        var backwards = match.Groups["back"].Success;
        var (years, months) = (Part("y"), Part("m"));
        Term[] read =
        [
            years > 0 && months == 0 ? Years(years) : Months((years * 12) + months),
            Weeks(Part("w")), Days(Part("d")), Hours(Part("h")), WorkingDays(Part("wd")), WorkingHours(Part("wh")),
        ];
        var given = read.Where(t => t.Amount > 0).ToArray();
        return given.Length == 1 && years <= MostYears && months <= MostYears * 12
            ? given[0] with { Backwards = backwards }
            : new Refusal("term-unreadable", text ?? "");
    }

    /// <summary>The form <see cref="Parse"/> reads back.</summary>
    public override string ToString()
    {
        var amount = Amount.ToString(CultureInfo.InvariantCulture);
        var form = Unit switch
        {
            TermUnit.Hours => $"PT{amount}H",
            TermUnit.Days => $"P{amount}D",
            TermUnit.Weeks => $"P{amount}W",
            TermUnit.Months => $"P{amount}M",
            TermUnit.Years => $"P{amount}Y",
            TermUnit.WorkingHours => $"WH{amount}",
            _ => $"WD{amount}",
        };
        return Backwards ? "-" + form : form;
    }

    private static string Written(Match said)
    {
        var (amount, unit) = (said.Groups["amount"].Value, said.Groups["unit"].Value.ToLowerInvariant());
        return said.Groups["back"].Value + (unit.StartsWith("werk", StringComparison.Ordinal) || unit.StartsWith("work", StringComparison.Ordinal) ? $"P{amount}WD"
            : unit[0] is 'u' or 'h' ? $"PT{amount}H"
            : unit[0] is 'j' or 'y' ? $"P{amount}Y"
            : $"P{amount}{char.ToUpperInvariant(unit[0])}");
    }

    [GeneratedRegex(
        @"^(?<back>-)?(?<amount>[0-9]{1,4}) ?(?<unit>dag(en)?|we(ek|ken)|maand(en)?|ja(ar|ren)|u(ur|ren)|werkdag(en)?|days?|weeks?|months?|years?|hours?|working days?)\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Said();

    [GeneratedRegex(
        @"^(?<back>-)?(?:P(?:(?<y>[0-9]{1,4})Y)?(?:(?<m>[0-9]{1,4})M)?(?:(?<w>[0-9]{1,4})W)?(?:(?<d>[0-9]{1,4})D)?(?:T(?<h>[0-9]{1,4})H)?"
        + @"|P(?<wd>[0-9]{1,4})WD|WD(?<wd>[0-9]{1,4})|WH(?<wh>[0-9]{1,4}))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
