using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Jobs;
using Loket.Web.Journal;

namespace Loket.Web.Features.Retention;

/// <summary>
/// Proposes the closed cases whose period is over, a batch at a time. The case's row says that it was proposed, so of two
/// nodes one does.
/// </summary>
public sealed class ProposeDestruction(Db db, RetentionBook book) : IJob
{
    public const int Batch = 100;

    public async Task RunAsync(CancellationToken ct)
    {
        var today = AmsterdamTime.DateOf(db.Now());
        var topics = await db.ReadAsync(r => r.QueryAsync<string>("SELECT code FROM topic ORDER BY code"));
        foreach (var topic in topics)
        {
            if (book.Of(topic).ClosedBefore(today) is { } day)
            {
                var before = AmsterdamTime.StartOfDay(day);
                while (!ct.IsCancellationRequested && (await db.WriteAsync<int>(unit => Propose(unit, topic, before))).Value == Batch)
                {
                }
            }
        }
    }

    private int Propose(Unit unit, string topic, DateTime before)
    {
        var rule = book.Of(topic);
        var due = unit.Query<Row>(
            $"""
            SELECT c.id, c.organisation_code, c.closed_at FROM case_file c
            WHERE c.topic_code = @topic AND c.closed_at IS NOT NULL AND c.proposed_at IS NULL AND c.closed_at < @before ORDER BY c.closed_at, c.id {unit.Dialect.First(Batch)}
            """,
            new { topic, before });
        foreach (var row in due)
        {
            unit.ExecuteGuarded("UPDATE case_file SET proposed_at = @Now WHERE id = @Id AND proposed_at IS NULL AND closed_at IS NOT NULL", new { unit.Now, row.Id });
            var id = unit.NewId();
            unit.Execute(
                """
                INSERT INTO destruction (id, case_id, organisation_code, rule_id, due_on, proposed_at, state, version)
                VALUES (@id, @caseId, @OrganisationCode, @rule, @dueOn, @Now, 'proposed', 1)
                """,
                new { id, caseId = row.Id, row.OrganisationCode, rule = rule.Id, dueOn = Dates.Machine(rule.DueOn(AmsterdamTime.DateOf(row.ClosedAt))!.Value), unit.Now });
            unit.Append(new Entry(row.Id, "destruction_proposed", id, null, row.OrganisationCode, new { rule = rule.Id }));
        }

        return due.Count;
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string OrganisationCode { get; init; } = "";

        public DateTime ClosedAt { get; init; }
    }
}
