using Loket.Domain.Chain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Journal;

namespace Loket.Web.Features.Chain;

/// <summary>
/// Keeps where each open case stands on the board (<c>board_entry</c>), beside the writing of cases and not in it: a case
/// of which the journal tells something new, or for which time has turned something, is placed again from its own rows.
/// Placing it twice changes nothing, so a crash, a second node and a new database need nothing of their own.
/// </summary>
public sealed class KeepBoard(Db db, DutchCalendar calendar) : IJob
{
    public const string Everywhere = "*";
    public const string NoLifeEvent = "-";
    public const int Batch = 100;

    // A reader brings in what has just happened; a longer way to go is left to the schedule.
    private const int StretchesOfReader = 16;

    private readonly JournalFollower follower = new("board", db);

    // Side by side: an entry that cannot be placed keeps nothing from turning, nor the other way round.
    public Task RunAsync(CancellationToken ct) => Task.WhenAll(follower.CatchUpAsync(Place, ct), TurnAllAsync(ct));

    /// <summary>What was committed before now is on the board, unless the board is far behind.</summary>
    public Task CatchUpAsync() => follower.BringInAsync(Place, StretchesOfReader);

    private void Place(Unit unit, List<StoredEntry> entries)
    {
        foreach (var caseId in entries.Select(e => e.CaseId).Distinct().Order())
        {
            Place(unit, caseId);
        }
    }

    private async Task TurnAllAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && await TurnAsync() == Batch)
        {
        }
    }

    /// <summary>The cases that came to stand still, or whose date came near, by time alone; how many.</summary>
    private async Task<int> TurnAsync() => (await db.WriteAsync<int>(unit =>
    {
        var turned = unit.Query<long>(
            $"SELECT case_id FROM board_case WHERE turns_at <= @Now ORDER BY turns_at, case_id {unit.Dialect.First(Batch)}", new { unit.Now });
        foreach (var caseId in turned.Order())
        {
            Place(unit, caseId);
        }

        return turned.Count;
    })).Value;

    private void Place(Unit unit, long caseId)
    {
        // The row is held first: whoever places this case at the same time waits, and then reads what is committed by then.
        if (unit.Execute("UPDATE board_case SET version = version + 1 WHERE case_id = @caseId", new { caseId }) == 0)
        {
            unit.Execute("INSERT INTO board_case (case_id, turns_at, version) VALUES (@caseId, NULL, 1)", new { caseId });
        }

        if (BoardPlacing.Load(unit, caseId) is not { State: "open" } placing)
        {
            unit.Execute("DELETE FROM board_entry WHERE case_id = @caseId", new { caseId });
            unit.Execute("DELETE FROM board_case WHERE case_id = @caseId", new { caseId });
            return;
        }

        var standstill = Standstill.Of(placing.ActedAt, placing.NextDue, calendar, placing.StalledDays);
        var wanted = placing.Entries(stalled: standstill.Holds(unit.Now) || !placing.HasDate).ToHashSet();
        var stored = unit.Query<BoardEntry>(
            "SELECT tab, place, team_code, topic_code, life_event, at FROM board_entry WHERE case_id = @caseId", new { caseId }).ToHashSet();
        foreach (var gone in stored.Except(wanted))
        {
            unit.Execute("DELETE FROM board_entry WHERE case_id = @caseId AND tab = @Tab AND place = @Place", new { caseId, gone.Tab, gone.Place });
        }

        foreach (var entry in wanted.Except(stored))
        {
            unit.Execute(
                """
                INSERT INTO board_entry (case_id, tab, place, team_code, topic_code, life_event, at)
                VALUES (@caseId, @Tab, @Place, @TeamCode, @TopicCode, @LifeEvent, @At)
                """,
                new { caseId, entry.Tab, entry.Place, entry.TeamCode, entry.TopicCode, entry.LifeEvent, entry.At });
        }

        unit.Execute("UPDATE board_case SET turns_at = @turns WHERE case_id = @caseId", new { turns = standstill.TurnsAt(unit.Now), caseId });
    }
}

/// <summary>One row of <c>board_entry</c> of a case.</summary>
public sealed record BoardEntry
{
    public string Tab { get; init; } = "";

    public string Place { get; init; } = "";

    public string TeamCode { get; init; } = "";

    public string TopicCode { get; init; } = "";

    public string LifeEvent { get; init; } = "";

    public DateTime At { get; init; }
}
