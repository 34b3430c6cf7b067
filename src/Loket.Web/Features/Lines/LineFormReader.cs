using System.Globalization;
using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Domain.Terms;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Lines;

/// <summary>The page's form as what is saved. A number that cannot be read, or half a day's hours, is an error at its field.</summary>
public sealed class LineFormReader(IFormCollection form, LineWords words)
{
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> Errors => errors;

    public SaveLineForm Read() => new(Whole("version"), Settings(), [.. form["members"].Select(Member).OfType<LineMember>()]);

    private LineSettings Settings() => new(
        Text("nameNl"), Text("nameEn"), Optional("phone"), Text("strategy"), Tiers(), Whole("offerSeconds"), Whole("liveSeconds"), Whole("wrapUpSeconds"),
        Whole("capacity"), Whole("callbackHours"), Whole("callbackAttempts"), Hours(), Optional("overflow"), words.Area(form["area"]));

    private List<TierSettings> Tiers()
    {
        var tiers = new List<TierSettings>();
        for (var n = 1; n <= LinePlan.MostTiers; n++)
        {
            if (Optional($"tier-{n}-strategy") is { } strategy)
            {
                int? seconds = Optional($"tier-{n}-seconds") is null ? null : Whole($"tier-{n}-seconds", "tiers");
                tiers.Add(new TierSettings(strategy, seconds, form.ContainsKey($"tier-{n}-language"), form.ContainsKey($"tier-{n}-topic")));
            }
        }

        return tiers;
    }

    // Without any hours a line has none of its own; with exceptions only it is refused, since it would never open.
    private string? Hours()
    {
        var parts = new List<string>();
        foreach (var (_, day) in OpeningHours.Days)
        {
            var (from, to) = (Optional($"from-{day}"), Optional($"to-{day}"));
            if (from is null != to is null)
            {
                errors.Add(new FieldError("hours", new Refusal("line-hours-half", $"weekday:{day}")));
            }
            else if (from is not null && string.CompareOrdinal(from, to) >= 0)
            {
                errors.Add(new FieldError("hours", new Refusal("line-hours-order", $"weekday:{day}")));
            }
            else if (from is not null)
            {
                parts.Add($"{day} {from}-{to}");
            }
        }

        parts.AddRange(Text("exceptions").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Replace(" dicht", " closed", StringComparison.OrdinalIgnoreCase)));
        if (parts.Count == 0)
        {
            return null;
        }

        var hours = OpeningHours.Parse(string.Join("; ", parts));
        if (hours.Refusal is { } no && errors.TrueForAll(e => e.Field != "hours"))
        {
            errors.Add(new FieldError("hours", no));
        }

        return hours.IsOk ? hours.Value.ToString() : null;
    }

    private LineMember? Member(string? id)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var person))
        {
            errors.Add(new FieldError("members", new Refusal("line-member-unknown", id ?? "")));
            return null;
        }

        return new LineMember(
            person, Whole($"m-{person}-tier", $"member-{person}"), Whole($"m-{person}-place", $"member-{person}"), Whole($"m-{person}-weight", $"member-{person}"),
            words.Spoken(form[$"m-{person}-languages"]), words.Topics(form[$"m-{person}-topics"]));
    }

    private string Text(string field) => form[field].ToString().Trim();

    private string? Optional(string field) => Text(field) is { Length: > 0 } text ? text : null;

    private int Whole(string field, string? at = null)
    {
        if (int.TryParse(Text(field), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        errors.Add(new FieldError(at ?? field, new Refusal("line-whole-number")));
        return 0;
    }
}
