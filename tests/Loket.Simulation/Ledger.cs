using System.Collections.Concurrent;
using System.Diagnostics;

namespace Loket.Simulation;

/// <summary>What one person was told to be done in one case.</summary>
public sealed record Acknowledged(string What, string Subject, string ActorId);

/// <summary>A case as the people of the simulation know it.</summary>
public sealed class CaseBook(string id, string number, string openedBy)
{
    public string Id => id;

    public string Number => number;

    public string OpenedBy => openedBy;

    public ConcurrentQueue<Acknowledged> Acknowledged { get; } = new();

    public ConcurrentDictionary<string, string> Handoffs { get; } = new(StringComparer.Ordinal);

    /// <summary>When its first question was asked, and when the first specialist heard of it.</summary>
    public long AskedAt { get; set; }

    public long RungAt { get; set; }

    /// <summary>Something was acknowledged since it was last compared with the server.</summary>
    public bool IsFresh { get; set; } = true;

    /// <summary>A call whose outcome nobody ever learned: counting is off for this case.</summary>
    public bool Unsure { get; set; }

    public int Count(string what) => Acknowledged.Count(a => a.What == what);
}

/// <summary>Everything the server acknowledged, how long it took, and every promise of Loket that was broken.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> times = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> refusals = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, CaseBook> Cases { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>What goes wrong at this moment, behind the name of what is timed; nothing usually.</summary>
    public string Meanwhile { get; set; } = "";

    public IReadOnlyDictionary<string, int> Counts => counts;

    public IReadOnlyDictionary<string, int> Refusals => refusals;

    public IEnumerable<(string What, List<double> Milliseconds)> Times => times.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, t.Value.ToList()));

    public void Open(string id, string number, string by) => Cases[id] = new CaseBook(id, number, by);

    public void Acknowledge(string caseId, string what, string subject, string actor)
    {
        if (Cases.TryGetValue(caseId, out var book))
        {
            book.Acknowledged.Enqueue(new Acknowledged(what, subject, actor));
            book.IsFresh = true;
        }
    }

    /// <summary>A line is about to be asked.</summary>
    public void Asked(string caseId) => Cases[caseId].AskedAt = Stopwatch.GetTimestamp();

    /// <summary>A specialist was told of an offer; the first time in a case says how long that took.</summary>
    public void Rung(string? caseId)
    {
        if (caseId is not null && Cases.TryGetValue(caseId, out var book) && book is { AskedAt: > 0, RungAt: 0 })
        {
            book.RungAt = Stopwatch.GetTimestamp();
            Took($"question until its offer rings{Meanwhile}", Stopwatch.GetElapsedTime(book.AskedAt, book.RungAt));
        }
    }

    public void Unsure(string? caseId)
    {
        if (caseId is not null && Cases.TryGetValue(caseId, out var book))
        {
            book.Unsure = true;
        }
    }

    public void Count(string what, int by = 1) => counts.AddOrUpdate(what, by, (_, n) => n + by);

    public void Refused(string code) => refusals.AddOrUpdate(code, 1, (_, n) => n + 1);

    public void Took(string what, TimeSpan time) => times.GetOrAdd(what, _ => []).Add(time.TotalMilliseconds);

    public void Violate(string what)
    {
        Violations.Enqueue(what);
        Console.Error.WriteLine($"VIOLATION {what}");
    }
}
