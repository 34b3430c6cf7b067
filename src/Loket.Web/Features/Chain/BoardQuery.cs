using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

/// <summary>
/// One page of the board and the number behind each tab, out of <see cref="KeepBoard"/>'s rows. Each statement reads the
/// first rows of one index, whatever is chosen and however many cases there are.
/// </summary>
internal static class BoardQuery
{
    public const int Page = 25;

    /// <summary>Counted up to here; a page shows "999+" for more.</summary>
    public const int CountedTo = 1000;

    /// <summary>The cases of a page, one more than it shows when there are more.</summary>
    public static async Task<List<BoardPlace>> PageAsync(Reader r, IReadOnlyList<string> teams, BoardFilter filter)
    {
        var topic = filter.Topic is null ? "" : "AND e.topic_code = @Topic";
        var lifeEvent = filter.LifeEvent is null ? "" : "AND e.life_event = @LifeEvent";
        var (after, afterId) = Cursor(filter.After);
        var keyset = after is null ? "" : "AND e.at >= @after AND (e.at > @after OR e.case_id > @afterId)";
        var places = new List<BoardPlace>();
        // Team by team, because the order of an index holds within one; a supervisor has a few.
        foreach (var team in teams)
        {
            places.AddRange(await r.QueryAsync<BoardPlace>(
                $"""
                SELECT e.case_id, e.at FROM board_entry e WHERE e.team_code = @team AND e.tab = @Tab AND e.place = @place {topic} {lifeEvent} {keyset}
                ORDER BY e.at, e.case_id {r.Dialect.First(Page + 1)}
                """,
                new { team, filter.Tab, place = PlaceOf(filter), filter.Topic, filter.LifeEvent, after, afterId }));
        }

        return [.. places.OrderBy(p => p.At).ThenBy(p => p.CaseId).Take(Page + 1)];
    }

    /// <summary>How many cases stand on each tab under these choices, counted up to <see cref="CountedTo"/>.</summary>
    public static async Task<Dictionary<string, int>> CountsAsync(Reader r, IReadOnlyList<string> teams, BoardFilter filter)
    {
        var topic = filter.Topic is null ? "" : "AND e.topic_code = @Topic";
        var lifeEvent = filter.LifeEvent is null ? "" : "AND e.life_event = @LifeEvent";
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var tab in BoardFilter.Tabs)
        {
            var count = 0;
            foreach (var team in teams)
            {
                count += (int)await r.ScalarAsync<long>(
                    $"""
                    SELECT COUNT(*) FROM (
                        SELECT e.case_id FROM board_entry e WHERE e.team_code = @team AND e.tab = @tab AND e.place = @place {topic} {lifeEvent}
                        ORDER BY e.at, e.case_id {r.Dialect.First(CountedTo)}) q
                    """,
                    new { team, tab, place = PlaceOf(filter), filter.Topic, filter.LifeEvent });
            }

            counts[tab] = Math.Min(count, CountedTo);
        }

        return counts;
    }

    public static Task<List<string>> TeamsAsync(Reader r, Actor actor) => r.QueryAsync<string>(
        "SELECT s.team_code FROM team_supervisor s WHERE s.professional_id = @Id ORDER BY s.team_code", new { actor.Id });

    /// <summary>The cursor behind this row.</summary>
    public static string CursorOf(BoardPlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.At.Ticks}-{place.CaseId}");

    private static string PlaceOf(BoardFilter filter) => filter.Line ?? filter.Organisation ?? KeepBoard.Everywhere;

    private static (DateTime? At, long Id) Cursor(string? after)
    {
        var parts = after?.Split('-');
        return parts?.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (new DateTime(ticks, DateTimeKind.Utc), id)
            : (null, 0);
    }
}

/// <summary>A case on a tab, at its place in the tab's order.</summary>
internal sealed class BoardPlace
{
    public long CaseId { get; init; }

    public DateTime At { get; init; }
}
