using System.Data.Common;

namespace Loket.Web.Data;

/// <summary>A unit in the write lane: run in a batch, and its caller told once the batch is committed, or has failed.</summary>
internal abstract class LaneWork
{
    public abstract bool TryRun(DbConnection connection, DbTransaction transaction);

    public abstract void Complete();

    public abstract void Fail(Exception fault);
}

internal sealed class LaneWork<T>(Func<DbConnection, DbTransaction, (T Result, IReadOnlyList<Action> Effects)> work) : LaneWork
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (T Result, IReadOnlyList<Action> Effects) outcome;
    private Exception? failure;

    public Task<T> Task => done.Task;

    public override bool TryRun(DbConnection connection, DbTransaction transaction)
    {
        try
        {
            outcome = work(connection, transaction);
            failure = null;
            return true;
        }
        catch (Exception fault)
        {
            failure = fault;
            return false;
        }
    }

    public override void Complete()
    {
        if (failure is not null)
        {
            done.TrySetException(failure);
            return;
        }

        try
        {
            foreach (var effect in outcome.Effects)
            {
                effect();
            }

            done.TrySetResult(outcome.Result);
        }
        catch (Exception fault)
        {
            // What is committed stays so: a failing effect is this caller's alone, not that of the batch.
            done.TrySetException(fault);
        }
    }

    public override void Fail(Exception fault) => done.TrySetException(failure ?? fault);
}
