namespace Loket.Simulation;

/// <summary>
/// Everybody passes it before each call and says when the call is over, its answer written down. Closed, the calls that are
/// under way come to their end and nothing new begins: then the server can be compared with what was acknowledged.
/// </summary>
public sealed class Gate
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private readonly Lock access = new();
    private TaskCompletionSource? closed;
    private int under;

    /// <summary>Waits while the gate is closed; dispose what it gives when the call is over.</summary>
    public async Task<IDisposable> PassAsync()
    {
        while (true)
        {
            Task wait;
            lock (access)
            {
                if (closed is null)
                {
                    Interlocked.Increment(ref under);
                    return new Call(this);
                }

                wait = closed.Task;
            }

            await wait;
        }
    }

    /// <summary>Nothing new begins; returns when nothing is under way any more.</summary>
    public async Task CloseAsync()
    {
        lock (access)
        {
            closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        while (Volatile.Read(ref under) > 0)
        {
            await Task.Delay(Look);
        }
    }

    public void Open()
    {
        lock (access)
        {
            closed?.TrySetResult();
            closed = null;
        }
    }

    private sealed class Call(Gate gate) : IDisposable
    {
        private int over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref over, 1) == 0)
            {
                Interlocked.Decrement(ref gate.under);
            }
        }
    }
}
