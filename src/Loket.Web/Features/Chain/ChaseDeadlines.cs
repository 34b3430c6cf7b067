using Loket.Domain.Chain;
using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Loket.Web.Telemetry;

namespace Loket.Web.Features.Chain;

/// <summary>
/// Sweeps the dates that are due for their next rung and tells who has to hear it. Each step fires once: the row moves
/// by its version in the transaction that says so in the journal, so any number of nodes may sweep at the same time.
/// </summary>
public sealed class ChaseDeadlines(Db db, TellRungs tell, ILogger<ChaseDeadlines> log) : IJob
{
    public const int Batch = 1000;

    public async Task RunAsync(CancellationToken ct)
    {
        var due = await DueAsync((DateTime.MinValue, 0), ct);
        var before = Task.CompletedTask;
        while (due.Count > 0)
        {
            // The next are read, and handed in, while these are fired: each row moves by its version, so being early harms nothing.
            var firing = FireAsync(due, ct);
            due = due.Count == Batch ? await DueAsync((due[^1].Row.NextAt, due[^1].Row.Id), ct) : [];
            await before;
            before = firing;
        }

        await before;
        await tell.RunAsync(ct);
    }

    /// <summary>Past <paramref name="after"/>: a row that could not be fired does not come again in the same run.</summary>
    private async Task<List<Step>> DueAsync((DateTime At, long Id) after, CancellationToken ct)
    {
        var now = db.Now();
        var rows = await db.ReadAsync(
            r => r.QueryAsync<Row>(
                $"""
                SELECT d.id, d.subject_kind, d.subject_id, d.case_id, d.professional_id, d.starts_at, d.due_at, d.steps_fired, d.next_at, d.version, c.owner_id,
                       h.n AS head_n, h.hash AS head_hash, l.reminder_percent, l.overdue_percent
                FROM deadline d JOIN case_file c ON c.id = d.case_id LEFT JOIN case_head h ON h.case_id = d.case_id
                LEFT JOIN professional p ON p.id = d.professional_id LEFT JOIN organisation_ladder l ON l.organisation_code = p.organisation_code
                WHERE d.state = 'running' AND d.next_at <= @now AND d.next_at >= @At AND (d.next_at > @At OR d.id > @Id)
                ORDER BY d.next_at, d.id {db.Dialect.First(Batch)}
                """,
                new { now, after.At, after.Id }),
            ct);
        return rows.ConvertAll(row => new Step(row, now));
    }

    // One bad row must not keep the others waiting: what fails together is tried in halves.
    private async Task FireAsync(List<Step> due, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            await db.SweepAsync<int>(unit => Fire(unit, due));
            Measures.DeadlineLate.Record(Math.Max(0, (db.Now() - due[0].Row.NextAt).TotalSeconds));
        }
        catch (Exception fault) when (due.Count > 1 && fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "A batch of {Count} deadlines could not be fired; it is tried in halves", due.Count);
            await FireAsync(due[..(due.Count / 2)], ct);
            await FireAsync(due[(due.Count / 2)..], ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Deadline {Id} could not be fired; it is tried again", due[0].Row.Id);
        }
    }

    private static int Fire(Unit unit, List<Step> steps)
    {
        var reach = Reachable.Load(unit, steps.SelectMany(step => (long[])[step.Row.ProfessionalId, step.Row.OwnerId]).ToHashSet());
        var moved = unit.ExecuteEach(
            "UPDATE deadline SET steps_fired = @fired, next_at = @next, version = version + 1 WHERE id = @id AND version = @version",
            steps, ("@fired", s => s.Fired), ("@next", s => s.NextAt), ("@id", s => s.Row.Id), ("@version", s => s.Row.Version));
        // Whose row moved meanwhile was met, withdrawn, or fired by another node.
        foreach (var step in steps.Where((step, i) => moved[i] == 1 && step.Reaches.Count > 0))
        {
            Escalations.Journal(unit, RungOf(step, reach));
            if (step.Row.HeadN is { } n)
            {
                unit.HasSeen(new CaseHead { CaseId = step.Row.CaseId, N = n, Hash = step.Row.HeadHash! });
            }
        }

        return steps.Count;
    }

    private static Rung RungOf(Step step, Reach reach)
    {
        // One or two, who may be the same person.
        var row = step.Row;
        var (one, other) = (Who(reach, step.Reaches[0], row), Who(reach, step.Reaches[^1], row));
        return new(row.Id, row.SubjectKind, row.SubjectId, row.CaseId, step.Fired, one == other ? [one] : [one, other]);
    }

    private static long Who(Reach reach, LadderReach to, Row row)
    {
        var who = to switch
        {
            LadderReach.Person => reach.Person(row.ProfessionalId),
            LadderReach.Supervisor => reach.SupervisorOf(row.ProfessionalId),
            LadderReach.ChainOwner => reach.Person(row.OwnerId),
            _ => reach.SupervisorOf(row.OwnerId),
        };
        return reach.OrganisationOf(who) is null ? throw new InvalidOperationException($"Deadline {row.Id} reaches {who}, who is not there.") : who;
    }

    /// <summary>
    /// What becomes of a row now: one rung further, or nothing but another moment when its organisation has put the rung
    /// off since.
    /// </summary>
    private sealed class Step
    {
        public Step(Row row, DateTime now)
        {
            Row = row;
            var ladder = EscalationLadder.For(row.StartsAt, row.DueAt, Ladders.Of(row.ReminderPercent, row.OverduePercent));
            var due = LadderState.Due(ladder, ladder.Steps.Take(row.StepsFired).Select(s => s.Kind).ToList(), now);
            Reaches = due?.Reaches ?? [];
            Fired = due is null ? row.StepsFired : row.StepsFired + 1;
            NextAt = Fired < ladder.Steps.Count ? ladder.Steps[Fired].At : null;
        }

        public Row Row { get; }

        /// <summary>Empty when no rung is due.</summary>
        public IReadOnlyList<LadderReach> Reaches { get; }

        /// <summary>How many rungs have fired, with the one that fires now.</summary>
        public int Fired { get; }

        public DateTime? NextAt { get; }
    }

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

        public DateTime NextAt { get; init; }

        public int Version { get; init; }

        public long OwnerId { get; init; }

        /// <summary>The ladder of the person's organisation; null when it chose nothing.</summary>
        public int? ReminderPercent { get; init; }

        public int? OverduePercent { get; init; }

        /// <summary>The head of the case's journal, as it was with this row.</summary>
        public int? HeadN { get; init; }

        public string? HeadHash { get; init; }
    }
}
