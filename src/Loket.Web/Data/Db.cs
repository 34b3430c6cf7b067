using Loket.Domain;
using Loket.Web.Journal;
using Loket.Web.Telemetry;

namespace Loket.Web.Data;

/// <summary>
/// The database. Reads have their own connections; every write is a <see cref="Unit"/> that is wholly there or wholly
/// absent, acknowledged only after its commit. Knows nothing of what the units mean.
/// </summary>
public sealed class Db(Engine engine, JournalWriter journal, IdSource ids, TimeProvider clock)
{
    public Dialect Dialect => engine.Dialect;

    public long NewId() => ids.Next();

    /// <summary>Now, UTC, in whole milliseconds: what the database can hold.</summary>
    public DateTime Now()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
    }

    /// <summary>What was destroyed leaves the files too; false when the database is too busy for it now.</summary>
    public Task<bool> EraseAsync() => engine.EraseAsync();

    public async Task<T> ReadAsync<T>(Func<Reader, Task<T>> read, CancellationToken ct = default)
    {
        await using var connection = await engine.OpenReaderAsync(ct);
        return await read(new Reader(connection, engine.Dialect, Now()));
    }

    /// <summary>Runs a unit of the system itself (a job, a sweep): no idempotency key.</summary>
    public Task<Outcome<T>> WriteAsync<T>(Func<Unit, Outcome<T>> work) => WriteAsync(Command.None, work);

    /// <summary>The same for a unit that writes very many rows: others wait for at most one of these, however many follow.</summary>
    public Task<Outcome<T>> SweepAsync<T>(Func<Unit, Outcome<T>> work) => WriteAsync(Command.None, work, isSweep: true);

    /// <summary>
    /// Runs a unit. A refusal (returned, or thrown as <see cref="RefusedException"/>) takes back all the unit wrote.
    /// With a <see cref="Command.Key"/> it runs at most once: a repeat gets the first answer, refusals included, and
    /// the same key with another body is refused.
    /// </summary>
    public Task<Outcome<T>> WriteAsync<T>(Command command, Func<Unit, Outcome<T>> work) => WriteAsync(command, work, isSweep: false);

    private async Task<Outcome<T>> WriteAsync<T>(Command command, Func<Unit, Outcome<T>> work, bool isSweep)
    {
        using var span = command.Operation.Length > 0 ? Measures.Activities.StartActivity("write") : null;
        span?.SetTag("loket.operation", command.Operation);
        var began = clock.GetTimestamp();
        var outcome = await RunAsync(command, work, isSweep);
        Measures.Write.Record(clock.GetElapsedTime(began).TotalSeconds);
        span?.SetTag("loket.refusal", outcome.Refusal?.Code);
        return outcome;
    }

    private Task<Outcome<T>> RunAsync<T>(Command command, Func<Unit, Outcome<T>> work, bool isSweep) =>
        engine.WriteAsync(
            (connection, transaction) =>
            {
                var unit = new Unit(connection, transaction, engine.Dialect, ids, Now());
                if (command.Key is not null && Idempotency.Earlier<T>(unit, command) is { } earlier)
                {
                    return (earlier, []);
                }

                var outcome = Attempt(unit, work);
                if (!outcome.IsOk)
                {
                    // Most refusals come before the first write: then there is nothing to take back, and no round trip.
                    if (unit.HasWritten)
                    {
                        engine.TakeBack(transaction);
                    }

                    unit = new Unit(connection, transaction, engine.Dialect, ids, unit.Now);
                }

                if (command.Key is not null)
                {
                    Idempotency.Remember(unit, command, outcome);
                }

                journal.Flush(unit);
                return (outcome, unit.Effects);
            },
            isSweep);

    private static Outcome<T> Attempt<T>(Unit unit, Func<Unit, Outcome<T>> work)
    {
        try
        {
            var outcome = work(unit);
            if (outcome.IsOk)
            {
                unit.Finish();
            }

            return outcome;
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
    }
}
