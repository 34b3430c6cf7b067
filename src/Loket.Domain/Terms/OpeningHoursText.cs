using System.Globalization;

namespace Loket.Domain.Terms;

/// <summary>
/// Opening hours as one line of text, as they are stored and exchanged:
/// <c>mon 08:30-17:00; tue 08:30-17:00; 2026-12-24 08:30-12:00; 2026-12-28 closed</c>.
/// </summary>
public sealed partial class OpeningHours
{
    public const int LongestText = 1000;

    private static readonly (DayOfWeek Day, string Name)[] Names =
    [
        (DayOfWeek.Monday, "mon"), (DayOfWeek.Tuesday, "tue"), (DayOfWeek.Wednesday, "wed"), (DayOfWeek.Thursday, "thu"),
        (DayOfWeek.Friday, "fri"), (DayOfWeek.Saturday, "sat"), (DayOfWeek.Sunday, "sun"),
    ];

    /// <summary>The days of the week from Monday with their code.</summary>
    public static IReadOnlyList<(DayOfWeek Day, string Name)> Days => Names;

    /// <summary>
    /// Reads the text; days may run on (<c>mon-fri</c>). <c>hours-unreadable</c> with the part that is wrong,
    /// <c>hours-twice</c>, or <c>hours-never</c> when no weekday is open.
    /// </summary>
    public static Outcome<OpeningHours> Parse(string text)
    {
        var days = new Dictionary<DayOfWeek, (TimeOnly, TimeOnly)>();
        var dates = new Dictionary<DateOnly, (TimeOnly, TimeOnly)?>();
        if (text.Length > LongestText)
        {
            return new Refusal("hours-too-long", $"{LongestText}");
        }

        foreach (var part in text.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 2 || !TryHours(words[1], out var hours))
            {
                return new Refusal("hours-unreadable", part);
            }

            if (DateOnly.TryParseExact(words[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                if (!dates.TryAdd(date, hours))
                {
                    return new Refusal("hours-twice", words[0]);
                }

                continue;
            }

            var named = DaysOf(words[0]);
            if (named.Count == 0)
            {
                return new Refusal("hours-unreadable", part);
            }

            foreach (var day in named)
            {
                if (hours is { } open && !days.TryAdd(day, open))
                {
                    return new Refusal("hours-twice", words[0]);
                }
            }
        }

        return days.Count == 0 ? new Refusal("hours-never") : new OpeningHours(days, dates);
    }

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => string.Join("; ",
    [
        .. Names.Where(n => On(n.Day) is not null).Select(n => $"{n.Name} {Text(On(n.Day))}"),
        .. exceptions.Select(e => $"{e.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {Text(e.Value)}"),
    ]);

    private static string Text((TimeOnly From, TimeOnly To)? hours) => hours is { } open
        ? string.Create(CultureInfo.InvariantCulture, $"{open.From:HH\\:mm}-{open.To:HH\\:mm}")
        : "closed";

    private static bool TryHours(string text, out (TimeOnly From, TimeOnly To)? hours)
    {
        hours = null;
        if (text == "closed")
        {
            return true;
        }

        var ends = text.Split('-');
        if (ends.Length == 2 && Time(ends[0]) is { } from && Time(ends[1]) is { } to && from < to)
        {
            hours = (from, to);
            return true;
        }

        return false;
    }

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static List<DayOfWeek> DaysOf(string text)
    {
        var ends = text.Split('-');
        var (from, to) = (Array.FindIndex(Names, n => n.Name == ends[0]), Array.FindIndex(Names, n => n.Name == ends[^1]));
        return ends.Length > 2 || from < 0 || to < from ? [] : [.. Names[from..(to + 1)].Select(n => n.Day)];
    }
}
