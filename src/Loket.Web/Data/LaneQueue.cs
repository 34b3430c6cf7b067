namespace Loket.Web.Data;

/// <summary>
/// The units that wait for the write lane of SQLite. Sweeps over many rows let all other work go first: nobody waits for more
/// than one of them, and they for no more than <see cref="MostBefore"/> batches of others.
/// </summary>
internal sealed class LaneQueue
{
    public const int MostBefore = 4;

    private const int LargestBatch = 64;
    private readonly object gate = new();
    private readonly Queue<LaneWork> units = new();
    private readonly Queue<LaneWork> sweeps = new();
    private int before;
    private bool hasEnded;

    /// <summary>False when the lane has ended.</summary>
    public bool TryAdd(LaneWork work, bool isSweep)
    {
        lock (gate)
        {
            if (!hasEnded)
            {
                (isSweep ? sweeps : units).Enqueue(work);
                Monitor.Pulse(gate);
            }

            return !hasEnded;
        }
    }

    /// <summary>Nothing more is added; what waits is still taken.</summary>
    public void End()
    {
        lock (gate)
        {
            hasEnded = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>The next batch: one sweep, or all others that wait. Waits until there is one; empty when the lane has ended.</summary>
    public (List<LaneWork> Batch, bool IsSweep) Take()
    {
        lock (gate)
        {
            while (units.Count + sweeps.Count == 0 && !hasEnded)
            {
                Monitor.Wait(gate);
            }

            var isSweep = sweeps.Count > 0 && (units.Count == 0 || before >= MostBefore);
            before = isSweep || sweeps.Count == 0 ? 0 : before + 1;
            return (isSweep ? [sweeps.Dequeue()] : TakeUnits(), isSweep);
        }
    }

    /// <summary>Who came while a sweep ran, and goes along in its commit.</summary>
    public List<LaneWork> TakeAlong()
    {
        lock (gate)
        {
            return TakeUnits();
        }
    }

    private List<LaneWork> TakeUnits()
    {
        var batch = new List<LaneWork>();
        while (batch.Count < LargestBatch && units.TryDequeue(out var work))
        {
            batch.Add(work);
        }

        return batch;
    }
}
