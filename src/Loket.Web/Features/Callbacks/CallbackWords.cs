using System.Globalization;
using Loket.Domain.Callbacks;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Callbacks;

/// <summary>A moment to call back in words, in the citizen's own time where that is another one.</summary>
public static class CallbackWords
{
    /// <summary>maandag 30 november, 05:20 – 05:40 (Bonaire…); null when the clock there shows the same as here.</summary>
    /// <param name="key">The text around it: to a professional, or to the citizen.</param>
    public static string? Theirs(Say say, string? zone, DateTime from, DateTime until, string key = "callback.their-time")
    {
        var clock = CitizenClock.Of(zone);
        return clock.DiffersAt(from)
            ? say.Text(key, say.Dates.Long(DateOnly.FromDateTime(clock.Local(from))), Time(clock.Local(from)), Time(clock.Local(until)), Zone(say, clock.Id))
            : null;
    }

    public static string Zone(Say say, string id) => say.Code("zone", id);

    /// <summary>morgen 10:20, and in the citizen's time where that is another one.</summary>
    public static string Moment(Say say, string? zone, DateTime from)
    {
        var clock = CitizenClock.Of(zone);
        var here = $"{say.Day(Dates.DayOf(from))} {say.Dates.Time(from)}";
        return clock.DiffersAt(from) ? say.Text("callback.moment-theirs", here, Time(clock.Local(from))) : here;
    }

    private static string Time(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);
}
