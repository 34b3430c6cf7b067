using Loket.Domain.Callbacks;
using Loket.Domain.Chain;
using Loket.Domain.Terms;

namespace Loket.Web.Features.Chain;

/// <summary>The dates Loket itself promises (service terms, DOMAIN 3), on the Dutch calendar of <c>db/reference</c>.</summary>
public sealed class ServiceDates(DutchCalendar calendar)
{
    public static ServiceDates Load(string folder)
    {
        var calendar = DutchCalendar.FromCsv(File.ReadAllText(Path.Combine(folder, "equated-days.csv")));
        return new ServiceDates(calendar.IsOk ? calendar.Value : throw new InvalidDataException($"equated-days.csv: {calendar.Refusal!.Code} {string.Join(' ', calendar.Refusal.Args)}"));
    }

    public DutchCalendar Calendar => calendar;

    /// <summary>When an ask to take over the chain that nobody answers escalates.</summary>
    public DateTime AnswerOwnership(DateTime utc) => WorkingTime.Due(utc, ServiceTerms.Default.AnswerOwnershipRequest, OpeningHours.Default, calendar);

    /// <summary>One working day from now, within opening hours: the first sign of life.</summary>
    public DateTime OneWorkingDay(DateTime utc) => WorkingTime.Due(utc, ServiceTerms.Default.FirstSignOfLife, OpeningHours.Default, calendar);

    /// <summary>
    /// The first free twenty minutes (UTC) to call back from <paramref name="utc"/> on, beside the moments already taken;
    /// <paramref name="atOnce"/> people can call at the same moment. Within the line's own <paramref name="hours"/> and
    /// term when it has them, and within the citizen's day by the clock of <paramref name="zone"/>.
    /// </summary>
    public CallbackSlot Callback(DateTime utc, IEnumerable<(DateTime From, DateTime To)> taken, int atOnce, string? hours = null, int? workingHours = null, string? zone = null) =>
        Callbacks(utc, taken, atOnce, hours, workingHours, zone).First();

    /// <summary>All free moments to call back, in order and without end.</summary>
    public IEnumerable<CallbackSlot> Callbacks(
        DateTime utc, IEnumerable<(DateTime From, DateTime To)> taken, int atOnce, string? hours = null, int? workingHours = null, string? zone = null) => CallbackSlot.All(
        utc, taken, HoursOf(hours), calendar, workingHours is { } term ? Term.WorkingHours(term) : ServiceTerms.Default.AnswerCallback, atOnce, CitizenClock.Of(zone));

    /// <summary>Opening hours as a line stores them; without any, Monday to Friday from half past eight to five.</summary>
    public static OpeningHours HoursOf(string? hours) => hours is null ? OpeningHours.Default : OpeningHours.Parse(hours).Value;
}
