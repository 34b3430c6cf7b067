using System.Globalization;
using System.Text.Json;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Reports;
using Loket.Web.Jobs;
using Loket.Web.Journal;

namespace Loket.Web.Features.Wall;

/// <summary>
/// Keeps what the wall counts (<c>wall_day</c>): what each entry of the journal adds to the day of its line, in the
/// transaction that marks it as read. So the wall reads a few rows a line, however many cases there are.
/// </summary>
public sealed class KeepWall(Db db) : IJob
{
    // A reader brings in what has just happened; a longer way to go is left to the schedule.
    private const int StretchesOfReader = 16;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly JournalFollower follower = new(
        "wall", db, "offer_made", "offer_missed", "offer_vanished", "offer_declined", "handoff_accepted", "handoff_withdrawn", "handoff_citizen_left");

    public Task RunAsync(CancellationToken ct) => follower.CatchUpAsync(Add, ct);

    /// <summary>What was committed before now is counted, unless the count is far behind.</summary>
    public Task CatchUpAsync() => follower.BringInAsync(Add, StretchesOfReader);

    private static void Add(Unit unit, List<StoredEntry> entries)
    {
        var offers = Offers(unit, [.. entries.Where(e => e.Kind.StartsWith("offer_", StringComparison.Ordinal)).Select(e => e.SubjectId).Distinct()]);
        var askers = Askers(unit, [.. entries.Where(e => e.Kind.StartsWith("handoff_", StringComparison.Ordinal)).Select(e => e.SubjectId).Distinct()]);
        var sums = entries.SelectMany(e => Of(e, offers, askers)).GroupBy(f => f).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal);
        // In one order on every node, so that two that add to the same rows wait and do not lock each other out.
        foreach (var sum in sums)
        {
            Add(unit, sum.Key, sum.LongCount());
        }
    }

    private static IEnumerable<Figure> Of(StoredEntry entry, Dictionary<long, OfferRow> offers, Dictionary<long, string> askers)
    {
        if (JsonSerializer.Deserialize<Payload>(entry.Payload, Json) is not { Line: { } line } payload)
        {
            yield break;
        }

        var day = CaseFold.Day(entry.At);
        if (offers.GetValueOrDefault(entry.SubjectId) is { } offer)
        {
            // A ring of everybody at once is one offer of the line, whoever hears it; each "no" is one.
            var measure = entry.Kind switch { "offer_made" => "offered", "offer_missed" or "offer_vanished" => "missed", "offer_declined" => "declined", _ => null };
            if (measure is not null && (measure == "declined" || offer.Beside == 0))
            {
                yield return new Figure(day, line, measure, offer.Asker, measure == "declined" ? payload.Reason ?? "" : "");
            }
        }
        else if (askers.GetValueOrDefault(entry.SubjectId) is { } asker)
        {
            if (entry.Kind == "handoff_accepted")
            {
                yield return new Figure(day, line, "accepted", asker);
                // A question that came back has waited once already; its second wait says nothing of the line.
                if (payload is { Waited: { } waited, Round: null or 1 })
                {
                    yield return new Figure(day, line, "wait", "", UsualWait.Hour(entry.At).ToString("00", CultureInfo.InvariantCulture), WaitBuckets.Of(waited));
                }
            }
            else if (entry.Kind is "handoff_withdrawn" or "handoff_citizen_left")
            {
                yield return new Figure(day, line, "abandoned", asker);
            }
        }
    }

    private static void Add(Unit unit, Figure figure, long n)
    {
        var args = new { figure.Day, figure.Line, figure.Measure, figure.Asker, figure.Kind, figure.Bucket, n };
        if (unit.Execute(
            """
            UPDATE wall_day SET n = n + @n
            WHERE day = @Day AND line_code = @Line AND measure = @Measure AND asker_code = @Asker AND kind = @Kind AND bucket = @Bucket
            """,
            args) == 0)
        {
            unit.Execute(
                "INSERT INTO wall_day (day, line_code, measure, asker_code, kind, bucket, n) VALUES (@Day, @Line, @Measure, @Asker, @Kind, @Bucket, @n)", args);
        }
    }

    // What never changes of an offer: who asked, and whether another of the same ring counts for it.
    private static Dictionary<long, OfferRow> Offers(Unit unit, List<long> ids) => ids.Count == 0 ? [] : unit.Query<OfferRow>(
        """
        SELECT o.id, h.sender_organisation AS asker,
               CASE WHEN o.ring_all = 1 AND EXISTS (SELECT 1 FROM offer b WHERE b.handoff_id = o.handoff_id AND b.round = o.round
                    AND b.line_code = o.line_code AND b.offered_at = o.offered_at AND b.id < o.id) THEN 1 ELSE 0 END AS beside
        FROM offer o JOIN handoff h ON h.id = o.handoff_id WHERE o.id IN @ids
        """,
        new { ids }).ToDictionary(o => o.Id);

    private static Dictionary<long, string> Askers(Unit unit, List<long> ids) => ids.Count == 0 ? [] : unit.Query<OfferRow>(
        "SELECT id, sender_organisation AS asker FROM handoff WHERE id IN @ids", new { ids }).ToDictionary(h => h.Id, h => h.Asker);

    private sealed record Figure(int Day, string Line, string Measure, string Asker, string Kind = "", int Bucket = 0);

    private sealed record Payload(string? Line, string? Reason, int? Waited, int? Round);

    private sealed class OfferRow
    {
        public long Id { get; init; }

        public string Asker { get; init; } = "";

        public int Beside { get; init; }
    }
}
