using System.Globalization;
using System.Text.Json;
using Loket.Web.Data;
using Loket.Web.Journal;

namespace Loket.Web.Features.Chain;

/// <summary>
/// Puts the rungs that fired in the lists of the people they reach. A rung fires as one entry of the journal, so that a
/// hundred thousand of them fire in time; the lists, in which each person finds and answers theirs, follow it at once. Each
/// stretch of the journal is claimed in the transaction that puts it there: no crash and no second node loses one or tells it
/// twice. Who is gone or away by now is told in the person who can be reached for them (<see cref="Reachable"/>).
/// </summary>
public sealed class TellRungs(Db db)
{
    public const int Batch = 1000;

    // SQLite finds each parameter among all others by its name: long lists cost more than they save.
    private const int InList = 32;

    // The place where it begins is in migration 0033.
    private readonly JournalFollower fired = new("tell-rungs", db, Escalations.Raised) { Stretch = Batch };

    /// <summary>Tells all that fired before now.</summary>
    public Task RunAsync(CancellationToken ct) => fired.CatchUpAsync(Tell, ct);

    /// <summary>The same for who is about to read such a list.</summary>
    public Task BringInAsync() => fired.BringInAsync(Tell);

    private static void Tell(Unit unit, List<StoredEntry> entries)
    {
        // In the order in which their lists are kept.
        entries.Sort((one, other) => one.SubjectId.CompareTo(other.SubjectId));
        var rungs = entries.ConvertAll(entry => (Entry: entry, Rung: JsonSerializer.Deserialize<Rung>(entry.Payload, JsonSerializerOptions.Web)!));
        var reach = Reachable.Load(unit, rungs.SelectMany(r => r.Rung.People).ToHashSet());
        var told = rungs.SelectMany(r => r.Rung.People.Select(person =>
            new Escalations.Told(r.Entry.SubjectId, r.Entry.CaseId, r.Rung.Step, reach.Person(person), r.Entry.At)));
        // Who stands in for both hears once; and a list may hold it already (Escalations.Raise, a node of before).
        var known = Known(unit, entries);
        Escalations.Add(unit, [.. told.Where(t => known.Add((t.DeadlineId, t.Step, t.ToId)))]);
    }

    private static HashSet<(long DeadlineId, int Step, long ToId)> Known(Unit unit, List<StoredEntry> entries) => entries
        .Select(entry => entry.SubjectId).Chunk(InList)
        .SelectMany(deadlines => unit.Query<(long, int, long)>("SELECT deadline_id, step, to_id FROM escalation WHERE deadline_id IN @deadlines", new { deadlines }))
        .ToHashSet();

    /// <summary>What the entry says (<see cref="Escalations.Journal"/>).</summary>
    private sealed record Rung(int Step, string[] Notify)
    {
        public IEnumerable<long> People => Notify.Select(id => long.Parse(id, CultureInfo.InvariantCulture));
    }
}
