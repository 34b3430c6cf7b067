using System.Globalization;
using Loket.Domain;
using Loket.Domain.Terms;

namespace Loket.Web.Features.Cases;

/// <summary>
/// How long a fact of a kind stays true by itself, and whether somebody can have several of it (<c>fact-kinds.csv</c>): what is
/// known and still valid is not asked again without a reason.
/// </summary>
public sealed class FactKinds
{
    public const int LongestYears = 10;
    private readonly Dictionary<string, (int? Months, bool Many)> kinds = [];

    public bool Knows(string kind) => kinds.ContainsKey(kind);

    /// <summary>Several facts of this kind can be true at once: only the same words are the same fact.</summary>
    public bool IsMany(string kind) => !kinds.TryGetValue(kind, out var of) || of.Many;

    /// <summary>The last day (yyyy-MM-dd): as given, else as its kind has it; null does not run out.</summary>
    public Outcome<string?> Until(string kind, string? given, DateTime now)
    {
        var today = AmsterdamTime.DateOf(now);
        if (string.IsNullOrWhiteSpace(given))
        {
            return Text(kinds.GetValueOrDefault(kind).Months is { } months ? today.AddMonths(months) : null);
        }

        return DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= today && day <= today.AddYears(LongestYears)
            ? Text(day)
            : new Refusal("fact-until-past");
    }

    public static FactKinds Load(string folder)
    {
        var read = new FactKinds();
        foreach (var line in File.ReadLines(Path.Combine(folder, "fact-kinds.csv")).Skip(1).Where(l => l.Length > 0))
        {
            var cells = line.Split(',');
            read.kinds[cells[0]] = (cells[1].Length == 0 ? null : int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2] == "many");
        }

        return read;
    }

    /// <summary>Today, as facts keep their days.</summary>
    public static string Today(DateTime now) => Text(AmsterdamTime.DateOf(now))!;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
