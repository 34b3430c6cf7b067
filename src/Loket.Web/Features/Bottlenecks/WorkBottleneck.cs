using System.Globalization;
using Loket.Domain;
using Loket.Domain.Bottlenecks;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Bottlenecks;

public sealed record BottleneckChanged(string BottleneckId, string State);

/// <summary>A supervisor takes a bottleneck of the own organisation on, answers it, closes it, or joins it with the same one.</summary>
public sealed class WorkBottleneck(Db db)
{
    public Task<Outcome<BottleneckChanged>> TakeAsync(Actor actor, long id, string? key) => ChangeAsync(actor, id, BottleneckAction.Take, null, key);

    /// <summary>The answer goes to everyone who raised it: a hint now, and on their own list.</summary>
    public Task<Outcome<BottleneckChanged>> AnswerAsync(Actor actor, long id, string? answer, string? key) =>
        RaiseBottleneck.Check(answer) is { } no ? Task.FromResult<Outcome<BottleneckChanged>>(no) : ChangeAsync(actor, id, BottleneckAction.Answer, answer!.Trim(), key);

    public Task<Outcome<BottleneckChanged>> CloseAsync(Actor actor, long id, string? key) => ChangeAsync(actor, id, BottleneckAction.Close, null, key);

    /// <summary>The signals go to the other one, which stays.</summary>
    public Task<Outcome<BottleneckChanged>> MergeAsync(Actor actor, long id, long? into, string? key) =>
        db.WriteAsync<BottleneckChanged>(Command.Of(actor.Id, "bottleneck-merge", key, new { id, into }), unit =>
        {
            if (into is null || into == id)
            {
                return new Refusal("bottleneck-merge-missing");
            }

            // In one order of rows, so that two who merge each into the other do not wait for each other.
            var rows = new[] { id, into.Value }.Order().ToDictionary(i => i, i => Get(unit, actor, i));
            if (rows[into.Value].State == "closed")
            {
                return new Refusal("bottleneck-closed");
            }

            var changed = Move(unit, actor, rows[id], BottleneckAction.Merge, null);
            unit.Execute("UPDATE bottleneck SET merged_into = @into WHERE id = @id", new { id, into });
            unit.ExecuteGuarded(
                """
                UPDATE bottleneck SET version = version + 1, signals = signals + (SELECT b.signals FROM bottleneck b WHERE b.id = @id),
                       last_at = CASE WHEN last_at < (SELECT b.last_at FROM bottleneck b WHERE b.id = @id) THEN (SELECT b.last_at FROM bottleneck b WHERE b.id = @id) ELSE last_at END
                WHERE id = @into AND version = @Version
                """,
                new { id, into, rows[into.Value].Version });
            unit.Execute("UPDATE bottleneck_signal SET bottleneck_id = @into WHERE bottleneck_id = @id", new { id, into });
            return changed;
        });

    private Task<Outcome<BottleneckChanged>> ChangeAsync(Actor actor, long id, BottleneckAction action, string? answer, string? key) =>
        db.WriteAsync<BottleneckChanged>(Command.Of(actor.Id, $"bottleneck-{Code.Of(action)}", key, new { id, answer }), unit =>
        {
            var changed = Move(unit, actor, Get(unit, actor, id), action, answer);
            if (answer is not null)
            {
                foreach (var who in unit.Query<Raiser>("SELECT raised_by, MAX(case_id) AS case_id FROM bottleneck_signal WHERE bottleneck_id = @id GROUP BY raised_by", new { id }))
                {
                    unit.Append(new Entry(who.CaseId, "bottleneck_answered", id, actor.Id, actor.OrganisationCode, new { notify = Notify.Ids(who.RaisedBy) }));
                }
            }

            return changed;
        });

    private static BottleneckChanged Move(Unit unit, Actor actor, StoredBottleneck stored, BottleneckAction action, string? answer)
    {
        var next = BottleneckRules.Next(Code.Parse<BottleneckState>(stored.State), action);
        if (next.Refusal is { } no)
        {
            throw new RefusedException(no);
        }

        unit.ExecuteGuarded(
            """
            UPDATE bottleneck SET state = @state, owner_id = @owner, answer = COALESCE(@answer, answer), answered_at = CASE WHEN @answer IS NULL THEN answered_at ELSE @Now END,
                   version = version + 1
            WHERE id = @Id AND version = @Version
            """,
            new { state = Code.Of(next.Value), owner = actor.Id, answer, unit.Now, stored.Id, stored.Version });
        return new BottleneckChanged(stored.Id.ToString(CultureInfo.InvariantCulture), Code.Of(next.Value));
    }

    // Another organisation's register does not exist for this person.
    private static StoredBottleneck Get(Unit unit, Actor actor, long id) =>
        (actor.Supervisor
            ? unit.Find<StoredBottleneck>("SELECT id, state, version FROM bottleneck WHERE id = @id AND organisation_code = @OrganisationCode", new { id, actor.OrganisationCode })
            : null)
        ?? throw new RefusedException(new Refusal("bottleneck-unknown"));

    private sealed class Raiser
    {
        public long RaisedBy { get; init; }

        public long CaseId { get; init; }
    }
}
