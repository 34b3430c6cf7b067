using System.Globalization;
using System.Text.RegularExpressions;

namespace Loket.Web.Features.Directory;

/// <summary>One row of a reference file. Each question about a cell trims it, checks it, and records what is wrong.</summary>
internal sealed partial class ReferenceFilesRow(
    string file, int line, IReadOnlyList<string> columns, IReadOnlyList<string> cells, List<ReferenceError> errors)
{
    public int Line => line;

    public void Error(string reason) => errors.Add(new(file, line, reason));

    /// <summary>The cell, null when empty; longer than <paramref name="max"/> characters is an error.</summary>
    public string? Text(string column, int max)
    {
        var value = Raw(column);
        if (value.Length > max)
        {
            Error($"{column} is te lang: {value.Length} tekens, hoogstens {max}");
        }

        if (value.Any(char.IsControl))
        {
            Error($"{column} bevat een regeleinde of ander stuurteken");
        }

        return value.Length == 0 ? null : value;
    }

    /// <summary>As <see cref="Text"/>, and an empty cell is an error.</summary>
    public string Required(string column, int max)
    {
        var value = Text(column, max);
        if (value is null)
        {
            Error($"{column} ontbreekt");
        }

        return value ?? "";
    }

    public string OneOf(string column, params IReadOnlyList<string> allowed)
    {
        var value = Raw(column);
        if (!allowed.Contains(value))
        {
            Error($"{column} '{value}' is onbekend, het moet een van deze zijn: {string.Join(", ", allowed)}");
        }

        return value;
    }

    /// <summary>A cell of a fixed shape, null when empty.</summary>
    public string? Shape(string column, int max, Regex shape, string reason)
    {
        var value = Text(column, max);
        if (value is not null && !shape.IsMatch(value))
        {
            Error($"{column} '{value}' {reason}");
        }

        return value;
    }

    public string? Phone(string column) =>
        Shape(column, 40, PhoneShape(), "is geen telefoonnummer: alleen cijfers, spaties en een plus vooraan");

    /// <summary>An RSIN written as nine digits that pass the elfproef, null when empty.</summary>
    public string? Rsin(string column) =>
        ElevenTested(column, "RSIN", value => Loket.Domain.Parties.Rsin.Parse(value) is { IsOk: true } rsin && rsin.Value.Value == value);

    /// <summary>As <see cref="Rsin"/>. The error does not repeat the number: errors are logged.</summary>
    public string? Bsn(string column) =>
        ElevenTested(column, "BSN", value => Loket.Domain.Parties.Bsn.TryParse(value, out var bsn) && bsn.Reveal() == value);

    public bool Flag(string column) => OneOf(column, "0", "1") == "1";

    /// <summary>The parts between <c>|</c>; an empty or repeated part is an error, an empty cell is an empty list.</summary>
    public IReadOnlyList<string> List(string column, int max)
    {
        var value = Text(column, max);
        if (value is null)
        {
            return [];
        }

        var parts = value.Split('|', StringSplitOptions.TrimEntries);
        if (parts.Contains(""))
        {
            Error($"{column} bevat een leeg deel");
        }

        foreach (var twice in parts.GroupBy(p => p, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Error($"{column} noemt '{twice.Key}' meer dan eens");
        }

        return parts;
    }

    /// <summary>A whole number above zero; anything else is an error and gives 0.</summary>
    public long Number(string column, string value)
    {
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        Error($"{column} '{value}' is geen getal boven nul");
        return 0;
    }

    /// <summary>A date, or the part of it that is known: year, or year and month.</summary>
    public string? PartialDate(string column)
    {
        var value = Text(column, 10);
        if (value is not null && !DateTime.TryParseExact(
            value, ["yyyy-MM-dd", "yyyy-MM", "yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            Error($"{column} '{value}' is geen datum (jjjj-mm-dd, jjjj-mm of jjjj)");
        }

        return value;
    }

    /// <summary>
    /// Records <paramref name="value"/> in <paramref name="seen"/>; an earlier row with the same value is an error,
    /// which repeats the value unless it is <paramref name="personal"/>.
    /// </summary>
    public void Unique(string column, string? value, Dictionary<string, int> seen, bool personal = false)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        if (!seen.TryAdd(value, line))
        {
            Error($"{column}{(personal ? "" : $" '{value}'")} staat dubbel, ook op regel {seen[value]}");
        }
    }

    private string? ElevenTested(string column, string label, Func<string, bool> passes)
    {
        var value = Raw(column);
        if (value.Length > 0 && !passes(value))
        {
            Error($"{label} voldoet niet aan de elfproef");
        }

        return value.Length == 0 ? null : value;
    }

    [GeneratedRegex(@"^\+?[0-9]+( [0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PhoneShape();

    private string Raw(string column)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] == column)
            {
                return cells[i].Trim();
            }
        }

        throw new ArgumentException($"Unknown column {column}", nameof(column));
    }
}
