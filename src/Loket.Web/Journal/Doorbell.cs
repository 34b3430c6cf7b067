namespace Loket.Web.Journal;

/// <summary>Wakes the journal tail of this node the moment something was committed. Losing a ring costs a poll, no more.</summary>
public sealed class Doorbell
{
    private volatile TaskCompletionSource anywhere = New();
    private volatile TaskCompletionSource here = New();

    /// <summary>Something was committed on this node.</summary>
    public void Ring()
    {
        Interlocked.Exchange(ref here, New()).TrySetResult();
        Hear();
    }

    /// <summary>Another node says that something was committed there.</summary>
    public void Hear() => Interlocked.Exchange(ref anywhere, New()).TrySetResult();

    /// <summary>Ends at the next ring. Take it before reading, so that no ring falls between reading and waiting.</summary>
    public Task Next => anywhere.Task;

    /// <summary>Ends at the next ring of this node itself: what other nodes have to be told.</summary>
    public Task NextHere => here.Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
