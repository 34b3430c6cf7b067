using System.Globalization;
using Loket.Domain.Chain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Loket.Web.Live;

namespace Loket.Web.Features.Chain;

/// <summary>
/// An escalation that nobody acknowledged within the organisation's working time climbs to the next person up, once.
/// Each new one is planned first, so that the sweep reads by one index whatever each organisation chose.
/// </summary>
public sealed class ClimbEscalations(Db db, ServiceDates dates) : IJob
{
    public const int Batch = 500;

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && (await db.WriteAsync<int>(unit => Plan(unit))).Value == Batch)
        {
        }

        while (!ct.IsCancellationRequested && (await db.WriteAsync<int>(unit => ClimbDue(unit))).Value == Batch)
        {
        }
    }

    private int Plan(Unit unit)
    {
        var fresh = unit.Query<NewRow>(
            $"""
            SELECT e.id, e.raised_at, p.organisation_code FROM escalation e JOIN professional p ON p.id = e.to_id
            WHERE e.climb = 'waits' AND e.climbs_at IS NULL ORDER BY e.id {unit.Dialect.First(Batch)}
            """);
        var ladders = Ladders.Of(unit, fresh.Select(e => e.OrganisationCode));
        // What was raised in one moment climbs in one moment: few statements, however many there are.
        foreach (var moment in fresh.GroupBy(e => (e.RaisedAt, ladders[e.OrganisationCode].ClimbMinutes)))
        {
            var at = WorkingTime.Add(moment.Key.RaisedAt, TimeSpan.FromMinutes(moment.Key.ClimbMinutes), OpeningHours.Default, dates.Calendar);
            unit.Execute("UPDATE escalation SET climbs_at = @at WHERE id IN @ids AND climb = 'waits'", new { at, ids = moment.Select(e => e.Id).ToList() });
        }

        return fresh.Count;
    }

    private static int ClimbDue(Unit unit)
    {
        var due = unit.Query<Row>(
            $"""
            SELECT e.id, e.deadline_id, e.case_id, e.step, e.to_id, e.level, d.subject_kind, d.subject_id, d.state
            FROM escalation e JOIN deadline d ON d.id = e.deadline_id
            WHERE e.climb = 'waits' AND e.climbs_at <= @Now ORDER BY e.climbs_at, e.id {unit.Dialect.First(Batch)}
            """,
            new { unit.Now });
        var reach = Reachable.Load(unit, due.ConvertAll(e => e.ToId));
        due.ForEach(escalation => ClimbOne(unit, reach, escalation));
        return due.Count;
    }

    private static void ClimbOne(Unit unit, Reach reach, Row from)
    {
        var next = from.State == "running" ? Climb.Next(reach, from.ToId, from.Level) : null;
        var climb = from.State != "running" ? "over" : next is null ? "top" : "climbed";
        // Another node may have been here first, or the person has just answered.
        if (unit.Execute("UPDATE escalation SET climb = @climb WHERE id = @Id AND climb = 'waits'", new { climb, from.Id }) == 0 || next is null)
        {
            return;
        }

        var told = unit.Query<long>("SELECT to_id FROM escalation WHERE deadline_id = @DeadlineId AND step = @Step", new { from.DeadlineId, from.Step });
        // Who was told of this step already has a row of their own, which climbs by itself.
        foreach (var person in next.People.Except(told))
        {
            var id = unit.NewId();
            unit.Execute(
                """
                INSERT INTO escalation (id, deadline_id, case_id, step, to_id, raised_at, level, climbed_from)
                VALUES (@id, @DeadlineId, @CaseId, @Step, @person, @Now, @Level, @fromId)
                """,
                new { id, from.DeadlineId, from.CaseId, from.Step, person, unit.Now, next.Level, fromId = from.Id });
            unit.Append(new Entry(from.CaseId, "escalation_climbed", id, null, null, new
            {
                step = from.Step, subject = from.SubjectKind, subjectId = Text(from.SubjectId), from = Text(from.ToId), to = Text(person), notify = Notify.Ids(person, from.ToId),
            }));
        }
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed class NewRow
    {
        public long Id { get; init; }

        public DateTime RaisedAt { get; init; }

        public string OrganisationCode { get; init; } = "";
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long DeadlineId { get; init; }

        public long CaseId { get; init; }

        public int Step { get; init; }

        public long ToId { get; init; }

        public int Level { get; init; }

        public string SubjectKind { get; init; } = "";

        public long SubjectId { get; init; }

        public string State { get; init; } = "";
    }
}
