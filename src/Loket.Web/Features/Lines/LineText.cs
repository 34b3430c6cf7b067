using System.Globalization;
using Loket.Domain;

namespace Loket.Web.Features.Lines;

/// <summary>
/// A line's settings as one short text a field: what the journal keeps, and the columns of the file. Tiers are
/// <c>longest_idle 20 language topic > ring_all</c>; lists are parted by <c>|</c>.
/// </summary>
public static class LineText
{
    public static readonly IReadOnlyList<string> Fields =
    [
        "nameNl", "nameEn", "phone", "strategy", "tiers", "offerSeconds", "liveSeconds", "wrapUpSeconds", "capacity", "callbackHours", "callbackAttempts", "hours",
        "overflow", "area",
    ];

    public static IReadOnlyList<string> Of(LineSettings s) =>
    [
        s.NameNl, s.NameEn, s.Phone ?? "", s.Strategy, string.Join(" > ", s.Tiers.Select(Tier)), Number(s.OfferSeconds), Number(s.LiveSeconds), Number(s.WrapUpSeconds),
        Number(s.Capacity), Number(s.CallbackHours), Number(s.CallbackAttempts), s.Hours ?? "", s.Overflow ?? "", string.Join('|', s.Area),
    ];

    /// <summary>The settings as <see cref="Fields"/> hold them, or the field that cannot be read.</summary>
    public static LineSettings? Read(IReadOnlyList<string> cells, Action<string, Refusal> wrong)
    {
        var ok = true;
        string Text(string field) => cells[Fields.ToList().IndexOf(field)].Trim();
        string? Optional(string field) => Text(field) is { Length: > 0 } text ? text : null;
        int Whole(string field)
        {
            if (int.TryParse(Text(field), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }

            ok = false;
            wrong(field, new Refusal("line-whole-number"));
            return 0;
        }

        var tiers = new List<TierSettings>();
        foreach (var part in Text("tiers").Split('>', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var rest = words.Skip(1).ToList();
            var seconds = rest.Count > 0 && int.TryParse(rest[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : (int?)null;
            if (rest.Skip(seconds is null ? 0 : 1).Any(w => w is not ("language" or "topic")))
            {
                ok = false;
                wrong("tiers", new Refusal("line-tiers-unreadable", part));
            }

            tiers.Add(new TierSettings(words[0], seconds, rest.Contains("language"), rest.Contains("topic")));
        }

        var settings = new LineSettings(
            Text("nameNl"), Text("nameEn"), Optional("phone"), Text("strategy"), tiers, Whole("offerSeconds"), Whole("liveSeconds"), Whole("wrapUpSeconds"),
            Whole("capacity"), Whole("callbackHours"), Whole("callbackAttempts"), Optional("hours"), Optional("overflow"), List(Text("area")));
        return ok ? settings : null;
    }

    public static IReadOnlyList<string> List(string text) => [.. text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>A member in the journal: "2, 10, 1; pl|ar; debts".</summary>
    public static string Of(LineMember m) => string.Create(
        CultureInfo.InvariantCulture, $"{m.Tier}, {m.Place}, {m.Weight}; {string.Join('|', m.Languages)}; {string.Join('|', m.Topics)}");

    private static string Tier(TierSettings tier) => string.Join(' ', new[]
    {
        tier.Strategy, tier.Seconds?.ToString(CultureInfo.InvariantCulture), tier.NeedsLanguage ? "language" : null, tier.NeedsTopic ? "topic" : null,
    }.Where(w => w is not null));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
