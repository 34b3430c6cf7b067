using System.Globalization;
using Loket.Domain;
using Loket.Domain.Journeys;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Journeys;

/// <summary>What a person says about a life event, as filled in.</summary>
/// <param name="Day">The day it happened, or the date of birth where the event asks for that; yyyy-MM-dd.</param>
/// <param name="Answers">Per question <c>yes</c> or <c>no</c>; nothing while it is not known.</param>
/// <param name="Version">The version that was shown; without it the one that new journeys start with.</param>
/// <param name="Steps">The chosen steps, by key.</param>
/// <param name="Partners">Per step of a partner: which one of the register.</param>
/// <param name="Seen">The <see cref="Fingerprint"/> of the journey that was shown; a program leaves it out.</param>
/// <param name="Offered">The steps that stood ticked when the journey was shown, so that one taken out stays out.</param>
public sealed record JourneyForm(
    string? Event, string? Day = null, Dictionary<string, string?>? Answers = null, int? Version = null, List<string>? Steps = null,
    Dictionary<string, long?>? Partners = null, string? Seen = null, List<string>? Offered = null)
{
    private static readonly DateOnly First = new(2014, 1, 1);
    private static readonly DateOnly Last = new(2099, 12, 31);

    public IReadOnlyDictionary<string, bool> Answered => (Answers ?? []).Where(a => a.Value is "yes" or "no").ToDictionary(a => a.Key, a => a.Value == "yes", StringComparer.Ordinal);

    /// <summary>What a shown journey was made from; a form with another one starts nothing.</summary>
    public string Fingerprint => string.Join('|', [
        Event, Version?.ToString(CultureInfo.InvariantCulture), Day?.Trim(), .. (Answers ?? []).Where(a => !string.IsNullOrEmpty(a.Value)).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}")]);

    /// <summary>Whether a step stands ticked: as somebody left it, else when it is certain.</summary>
    public bool Chooses(string step, bool certain) => Seen?.StartsWith($"{Event}|", StringComparison.Ordinal) == true
        ? Steps?.Contains(step) == true || (certain && Offered?.Contains(step) != true)
        : certain;

    /// <summary>The life event and the day it counts from, or what is missing, by field.</summary>
    public (LifeEvent? Event, DateOnly? Day, FieldError? Error) Read(LifeEvents events)
    {
        if ((Version is { } version ? events.Find(Event, version) : events.Find(Event)) is not { } about)
        {
            return (null, null, new("event", new Refusal(string.IsNullOrEmpty(Event) ? "life-event-missing" : "life-event-unknown")));
        }

        if (string.IsNullOrWhiteSpace(Day))
        {
            return (about, null, new("day", new Refusal("term-day-missing")));
        }

        if (!DateOnly.TryParseExact(Day.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed))
        {
            return (about, null, new("day", new Refusal("term-day-unreadable")));
        }

        if (typed.Year is < 1900 or > 2099 || (about.Age > 0 ? Birthday.Reaching(about.Age, typed) : typed) is var day && (day < First || day > Last))
        {
            return (about, null, new("day", new Refusal("term-day-outside", "2014", "2099")));
        }

        return (about, day, null);
    }
}
