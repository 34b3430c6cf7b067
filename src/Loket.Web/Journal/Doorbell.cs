namespace Loket.Web.Journal;

/// <summary>
/// Wakes the journal tail of this node the moment something was committed, and hands it what was: it need not read again what
/// its own node wrote. Losing a ring costs a poll, no more.
/// </summary>
public sealed class Doorbell
{
    /// <summary>So many entries wait for the tail; of more it reads all.</summary>
    internal const int MostWritten = 1000;

    private readonly Lock gate = new();
    private volatile TaskCompletionSource anywhere = New();
    private volatile TaskCompletionSource here = New();

    // Null: there is more than this node knows.
    private List<StoredEntry>? written;

    /// <summary>Something was committed on this node: these entries, if it is in the journal.</summary>
    public void Ring(params IReadOnlyList<StoredEntry> entries)
    {
        lock (gate)
        {
            if (written?.Count + entries.Count <= MostWritten)
            {
                written!.AddRange(entries);
            }
            else
            {
                written = null;
            }
        }

        Interlocked.Exchange(ref here, New()).TrySetResult();
        Wake();
    }

    /// <summary>Another node says that something was committed there.</summary>
    public void Hear()
    {
        lock (gate)
        {
            written = null;
        }

        Wake();
    }

    /// <summary>Ends at the next ring. Take it before reading, so that no ring falls between reading and waiting.</summary>
    public Task Next => anywhere.Task;

    /// <summary>Ends at the next ring of this node itself: what other nodes have to be told.</summary>
    public Task NextHere => here.Task;

    /// <summary>
    /// What this node committed since it was last asked for, each entry once and in no order that can be relied on; null when
    /// that is not all of it, or another node wrote too. For the tail alone.
    /// </summary>
    internal List<StoredEntry>? TakeWritten()
    {
        lock (gate)
        {
            var all = written;
            written = [];
            return all;
        }
    }

    private void Wake() => Interlocked.Exchange(ref anywhere, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
