using System.Collections.Concurrent;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Security;

namespace Loket.Web.Access;

/// <summary>The request in which something was shown: when it came in, which screen, and its W3C trace context.</summary>
public sealed record Showing(DateTime BeganAt, string What, string TraceId, string SpanId);

/// <summary>How long the same reading is one line: ten minutes, or <c>Access:WindowSeconds</c>; 0 writes each.</summary>
public sealed record AccessWindow(TimeSpan Length)
{
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);
}

/// <summary>
/// Writes down who is shown what, before it is shown: the task ends when it is on disk, and fails when it cannot be
/// written, and then nothing is shown. One open page asks for its parts again at every hint; so within
/// the window the same person seeing the same case on the same screen is one line, as long as nothing happened in
/// that case since: a line for each would hide the readings that tell something.
/// </summary>
public sealed class AccessLog(Db db, AccessChain chain, AccessWindow window)
{
    // An entry carries the moment its unit began; it can become visible that much later.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);
    private const int MostKept = 100_000;
    private const string Partner = "partner";
    private readonly ConcurrentDictionary<(long Person, long Case, string What, bool Opened), DateTime> written = new();
    private readonly ConcurrentQueue<Pending> waiting = new();
    private readonly SemaphoreSlim writing = new(1);

    public async Task RecordAsync(Actor? actor, Showing showing, IReadOnlyList<ShownCase> cases)
    {
        var fresh = actor is null ? cases : await NewAsync(actor, showing, cases);
        if (fresh.Count == 0)
        {
            return;
        }

        var parts = actor is null ? [] : await db.ReadAsync(r => CaseAccess.PartsAsync(r, actor, [.. fresh.Select(c => c.CaseId)]));
        await CommitAsync([.. fresh.Select(c => new AccessEntry
        {
            BeganAt = showing.BeganAt, ProfessionalId = actor?.Id, OrganisationCode = actor?.OrganisationCode, CaseId = c.CaseId, What = showing.What,
            How = c.Opened ? "opened" : "listed", Why = actor is null ? Partner : parts.GetValueOrDefault(c.CaseId, CaseAccess.AskedOnly), Reason = c.Reason,
            TraceId = showing.TraceId, SpanId = showing.SpanId,
        })]);
        if (actor is not null)
        {
            Remember(actor, showing, fresh);
        }
    }

    private async Task<IReadOnlyList<ShownCase>> NewAsync(Actor actor, Showing showing, IReadOnlyList<ShownCase> cases)
    {
        var earlier = new Dictionary<long, DateTime>();
        foreach (var shown in cases.Where(c => c.Reason is null))
        {
            if (written.TryGetValue((actor.Id, shown.CaseId, showing.What, shown.Opened), out var first) && showing.BeganAt - first < window.Length)
            {
                earlier[shown.CaseId] = first;
            }
        }

        if (earlier.Count == 0)
        {
            return cases;
        }

        var changes = new List<Change>();
        foreach (var some in earlier.Keys.Chunk(1000))
        {
            changes.AddRange(await db.ReadAsync(r => r.QueryAsync<Change>(
                "SELECT h.case_id, j.at FROM case_head h JOIN journal j ON j.case_id = h.case_id AND j.n = h.n WHERE h.case_id IN @some", new { some })));
        }

        var nothingNew = changes.Where(c => c.At < earlier[c.CaseId] - Settled).Select(c => c.CaseId).ToHashSet();
        return [.. cases.Where(c => !nothingNew.Contains(c.CaseId))];
    }

    private void Remember(Actor actor, Showing showing, IReadOnlyList<ShownCase> cases)
    {
        if (written.Count > MostKept)
        {
            foreach (var old in written.Where(w => showing.BeganAt - w.Value >= window.Length))
            {
                written.TryRemove(old);
            }
        }

        foreach (var shown in cases)
        {
            written[(actor.Id, shown.CaseId, showing.What, shown.Opened)] = showing.BeganAt;
        }
    }

    // Who comes first writes for all who wait: one commit for many readers.
    private async Task CommitAsync(IReadOnlyList<AccessEntry> entries)
    {
        var mine = new Pending(entries);
        waiting.Enqueue(mine);
        await writing.WaitAsync();
        try
        {
            var batch = new List<Pending>();
            while (waiting.TryDequeue(out var next))
            {
                batch.Add(next);
            }

            if (batch.Count > 0)
            {
                await WriteAsync(batch);
            }
        }
        finally
        {
            writing.Release();
        }

        await mine.Done.Task;
    }

    private async Task WriteAsync(List<Pending> batch)
    {
        try
        {
            await db.WriteAsync<int>(unit => chain.Append(unit, [.. batch.SelectMany(p => p.Entries)]));
            batch.ForEach(p => p.Done.SetResult());
        }
        catch (Exception fault)
        {
            batch.ForEach(p => p.Done.SetException(fault));
        }
    }

    private sealed record Pending(IReadOnlyList<AccessEntry> Entries)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Change
    {
        public long CaseId { get; init; }

        public DateTime At { get; init; }
    }
}
