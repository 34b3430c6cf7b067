using Loket.Domain.Terms;

namespace Loket.Domain.Callbacks;

/// <summary>The clock where the citizen lives: Europe/Amsterdam, the Caribbean Netherlands, or another IANA zone for who lives abroad.</summary>
public sealed class CitizenClock
{
    public const string Amsterdam = "Europe/Amsterdam";

    /// <summary>Zones to choose from, the Netherlands first; Bonaire, Sint Eustatius and Saba share one.</summary>
    public static readonly IReadOnlyList<string> Usual =
    [
        Amsterdam, "America/Kralendijk", "America/Curacao", "America/Aruba", "America/Lower_Princes", "America/Paramaribo", "Europe/London", "Europe/Istanbul",
        "Africa/Casablanca", "Asia/Jakarta", "America/New_York", "America/Los_Angeles", "Australia/Sydney",
    ];

    // Nobody is called in the night (ours): from eight in the morning to nine in the evening by their own clock.
    private static readonly TimeOnly Earliest = new(8, 0);
    private static readonly TimeOnly Latest = new(21, 0);

    private readonly TimeZoneInfo zone;

    private CitizenClock(string id, TimeZoneInfo zone) => (Id, this.zone) = (id, zone);

    /// <summary>The IANA name.</summary>
    public string Id { get; }

    /// <summary>The clock of a stored zone; null and what is not known (any more) is Amsterdam.</summary>
    public static CitizenClock Of(string? id) => Parse(id).IsOk ? Parse(id).Value : Parse(Amsterdam).Value;

    /// <summary>The clock, or <c>time-zone-unknown</c>. Only names with a region, so that no operating system reads them otherwise.</summary>
    public static Outcome<CitizenClock> Parse(string? id) =>
        id is { Length: <= 40 } && id.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? new CitizenClock(id, zone)
            : new Refusal("time-zone-unknown");

    /// <summary>Wall-clock time there of a moment in UTC.</summary>
    public DateTime Local(DateTime utc) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone), DateTimeKind.Unspecified);

    /// <summary>The clock there shows another time than in Amsterdam at that moment.</summary>
    public bool DiffersAt(DateTime utc) => Local(utc) != AmsterdamTime.ToLocal(utc);

    /// <summary>Whether the citizen can be called from one moment to another (UTC): by day, on one day, by their own clock.</summary>
    public bool Suits(DateTime from, DateTime to)
    {
        var (start, end) = (Local(from), Local(to));
        return start.Date == end.Date && TimeOnly.FromDateTime(start) >= Earliest && TimeOnly.FromDateTime(end) <= Latest;
    }
}
