namespace Loket.Web.Journal;

/// <summary>Wakes the journal tail of this node the moment something was committed. Losing a ring costs a poll, no more.</summary>
public sealed class Doorbell
{
    private volatile TaskCompletionSource bell = New();

    public void Ring() => Interlocked.Exchange(ref bell, New()).TrySetResult();

    /// <summary>Ends at the next ring. Take it before reading, so that no ring falls between reading and waiting.</summary>
    public Task Next => bell.Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
