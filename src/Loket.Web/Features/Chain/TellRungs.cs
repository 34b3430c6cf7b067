using Loket.Web.Data;

namespace Loket.Web.Features.Chain;

/// <summary>A rung of a deadline's ladder that is reached, and the one or two people who hear of it.</summary>
/// <param name="SubjectKind">What the deadline is of, such as <c>promise</c>, with <paramref name="SubjectId"/>.</param>
/// <param name="Step">1 is the first rung.</param>
public sealed record Rung(long DeadlineId, string SubjectKind, long SubjectId, long CaseId, int Step, long[] People);

/// <summary>
/// Puts the rungs that fired in the lists of the people they reach. A rung fires as one row and one entry of the journal, so
/// that a hundred thousand of them fire in time; the lists, in which each person finds and answers theirs, follow at once.
/// A row leaves in the transaction that puts it there: no crash and no second node loses one or tells it twice.
/// </summary>
public sealed class TellRungs(Db db)
{
    public const int Batch = 500;

    /// <summary>These rungs have fired: written where they fire, told afterwards.</summary>
    internal static void Add(Unit unit, IReadOnlyList<Rung> rungs)
    {
        unit.ExecuteEach(
            "INSERT INTO fired_rung (deadline_id, step, case_id, at, to_id, also_to_id) VALUES (@deadlineId, @step, @caseId, @at, @toId, @alsoToId)", rungs,
            ("@deadlineId", r => r.DeadlineId), ("@step", r => r.Step), ("@caseId", r => r.CaseId), ("@at", _ => unit.Now), ("@toId", r => r.People[0]),
            ("@alsoToId", r => r.People.Length > 1 ? r.People[1] : null));
        foreach (var rung in rungs)
        {
            Escalations.Journal(unit, rung);
        }
    }

    /// <summary>Tells all that fired before now; who reads such a list asks for it first.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var waiting = await WaitingAsync(ct);
        while (waiting.Count > 0)
        {
            ct.ThrowIfCancellationRequested();
            await db.SweepAsync<int>(unit => Tell(unit, waiting));
            waiting = waiting.Count == Batch ? await WaitingAsync(ct) : [];
        }
    }

    private Task<List<Row>> WaitingAsync(CancellationToken ct) => db.ReadAsync(
        r => r.QueryAsync<Row>($"SELECT deadline_id, step, case_id, at, to_id, also_to_id FROM fired_rung ORDER BY deadline_id, step {r.Dialect.First(Batch)}"), ct);

    // What is gone was told by another node meanwhile.
    private static int Tell(Unit unit, List<Row> waiting)
    {
        var mine = unit.ExecuteEach(
            "DELETE FROM fired_rung WHERE deadline_id = @deadlineId AND step = @step", waiting, ("@deadlineId", r => r.DeadlineId), ("@step", r => r.Step));
        Escalations.Add(unit, [.. waiting.Where((_, i) => mine[i] == 1).SelectMany(row => row.Told)]);
        return waiting.Count;
    }

    private sealed class Row
    {
        public long DeadlineId { get; init; }

        public int Step { get; init; }

        public long CaseId { get; init; }

        public DateTime At { get; init; }

        public long ToId { get; init; }

        public long? AlsoToId { get; init; }

        public IEnumerable<Escalations.Told> Told
        {
            get
            {
                yield return new(DeadlineId, CaseId, Step, ToId, At);
                // Both may be one person by now (HandOver).
                if (AlsoToId is { } also && also != ToId)
                {
                    yield return new(DeadlineId, CaseId, Step, also, At);
                }
            }
        }
    }
}
