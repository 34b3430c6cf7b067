using Loket.Domain.Chain;
using Loket.Web.Data;
using Loket.Web.Jobs;

namespace Loket.Web.Features.Chain;

/// <summary>
/// Sweeps the dates that are due for their next rung and tells who has to hear it. Each step fires once: the row moves
/// by its version in the transaction that raises the escalation, so any number of nodes may sweep at the same time.
/// </summary>
public sealed class ChaseDeadlines(Db db, ILogger<ChaseDeadlines> log) : IJob
{
    public const int Batch = 200;

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            int fired;
            try
            {
                fired = (await db.WriteAsync<int>(unit => Fire(unit, Due(unit)))).Value;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "A batch of deadlines could not be fired; they are fired one by one");
                await OneByOneAsync();
                return;
            }

            if (fired < Batch)
            {
                return;
            }
        }
    }

    // One bad row must not keep the others waiting.
    private async Task OneByOneAsync()
    {
        var ids = (await db.WriteAsync<List<long>>(unit => Due(unit).ConvertAll(d => d.Id))).Value;
        foreach (var id in ids)
        {
            try
            {
                await db.WriteAsync<int>(unit => Fire(unit, Due(unit).FindAll(d => d.Id == id)));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "Deadline {Id} could not be fired; it is tried again", id);
            }
        }
    }

    private static List<Row> Due(Unit unit) => unit.Query<Row>(
        $"""
        SELECT d.id, d.subject_kind, d.subject_id, d.case_id, d.professional_id, d.starts_at, d.due_at, d.steps_fired, d.version, c.owner_id
        FROM deadline d JOIN case_file c ON c.id = d.case_id
        WHERE d.state = 'running' AND d.next_at <= @Now ORDER BY d.next_at, d.id {unit.Dialect.First(Batch)}
        """,
        new { unit.Now });

    private static int Fire(Unit unit, List<Row> due)
    {
        due.ForEach(deadline => Fire(unit, deadline));
        return due.Count;
    }

    private static void Fire(Unit unit, Row row)
    {
        var ladder = EscalationLadder.For(row.StartsAt, row.DueAt);
        var fired = ladder.Steps.Take(row.StepsFired).Select(s => s.Kind).ToList();
        if (LadderState.Due(ladder, fired, unit.Now) is not { } step)
        {
            return;
        }

        unit.ExecuteGuarded(
            "UPDATE deadline SET steps_fired = @fired, next_at = @next, version = version + 1 WHERE id = @Id AND version = @Version",
            new { fired = row.StepsFired + 1, next = Deadlines.NextAt(row.StartsAt, row.DueAt, row.StepsFired + 1), row.Id, row.Version });
        foreach (var person in step.Reaches.Select(reach => Who(unit, reach, row)).Distinct())
        {
            Escalations.Raise(unit, row.Id, row.SubjectKind, row.SubjectId, row.CaseId, row.StepsFired + 1, person);
        }
    }

    private static long Who(Unit unit, LadderReach reach, Row row) => reach switch
    {
        LadderReach.Person => Reachable.Person(unit, row.ProfessionalId),
        LadderReach.Supervisor => Reachable.SupervisorOf(unit, row.ProfessionalId),
        LadderReach.ChainOwner => Reachable.Person(unit, row.OwnerId),
        _ => Reachable.SupervisorOf(unit, row.OwnerId),
    };

    private sealed class Row
    {
        public long Id { get; init; }

        public string SubjectKind { get; init; } = "";

        public long SubjectId { get; init; }

        public long CaseId { get; init; }

        public long ProfessionalId { get; init; }

        public DateTime StartsAt { get; init; }

        public DateTime DueAt { get; init; }

        public int StepsFired { get; init; }

        public int Version { get; init; }

        public long OwnerId { get; init; }
    }
}
