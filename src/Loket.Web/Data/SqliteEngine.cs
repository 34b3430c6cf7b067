using System.Data.Common;
using Loket.Web.Telemetry;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Loket.Web.Data;

/// <summary>
/// SQLite, the embedded default: WAL, synchronous=FULL, and one write lane. The lane takes waiting units together and
/// commits them at once: one disk flush for many callers. When one of them has something to take back, all run again, each
/// in its own savepoint, and it rolls back alone; a failed commit fails every unit that was in it. A sweep over many rows
/// begins a batch of its own, and who came while it ran goes along in its commit.
/// </summary>
public sealed class SqliteEngine : Engine
{
    /// <summary>Moves what the log holds into the file, as far as nobody reads it.</summary>
    internal const string MoveLog = "PRAGMA wal_checkpoint(PASSIVE)";

    /// <summary>For who reads: 8 MiB of pages, as much as a screen of ours reads of a very large file; the usual 2 MiB do not hold it.</summary>
    internal const string KeepPages = "PRAGMA cache_size=-8192";

    // Room at hand for what a statement of the lane needs while it runs. Those that are kept hold on to theirs: the usual
    // forty places are soon gone, and each piece would come from the heap. A reader runs too few at a time to notice.
    private const int Places = 2500;
    private const int PlaceBytes = 1200;

    private readonly string path;
    private readonly TimeProvider clock;
    private readonly string connectionString;
    private readonly LaneQueue queue = new();
    private readonly ReaderPool readers;
    private readonly Checkpointer checkpointer;
    private readonly Thread lane;

    // Of the lane alone: each unit runs in a savepoint of its own.
    private bool isApart;

    // Nobody asks how much memory SQLite has; counting it takes a lock at every piece it allots or frees. It can only be told
    // before the first connection of the process.
    static SqliteEngine()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteEngine(string path, TimeProvider clock)
    {
        this.path = path;
        this.clock = clock;
        // Made here, once: a file that is gone later must not come back empty.
        using (File.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
        {
        }

        // What is closed is closed: the driver's own pool gives a connection on with the transaction it was in.
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString();
        readers = new ReaderPool(connectionString);
        checkpointer = new Checkpointer(connectionString);
        lane = new Thread(Run) { IsBackground = true, Name = "write lane" };
        lane.Start();
    }

    public override Dialect Dialect => Dialect.Sqlite;

    public override Task<DbConnection> OpenReaderAsync(CancellationToken ct)
    {
        MustBeThere();
        return readers.OpenAsync(ct);
    }

    // Busy, locked, read-only, I/O error, full, cannot open, protocol: what passes when somebody has seen to it.
    public override bool IsGone(Exception fault) => fault is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 or 15 };

    public override Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, (T Result, IReadOnlyList<Action> Effects)> work, bool isSweep = false)
    {
        var item = new LaneWork<T>(work);
        ObjectDisposedException.ThrowIf(!queue.TryAdd(item, isSweep), this);
        return item.Task;
    }

    public override void TakeBack(DbTransaction transaction)
    {
        if (!isApart)
        {
            throw new RunAgainException();
        }

        base.TakeBack(transaction);
    }

    // Pages that were freed or half emptied still hold the old bytes: the file is written anew, and the log emptied.
    public override Task<bool> EraseAsync() => Task.Run(() =>
    {
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM; PRAGMA busy_timeout = 5000";
            command.ExecuteNonQuery();
            // Its first column: 0 when no reader kept it from emptying the log.
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) == 0;
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED)
        {
            return false;
        }
    });

    public override async ValueTask DisposeAsync()
    {
        queue.End();
        await Task.Run(lane.Join);
        checkpointer.Dispose();
        readers.Dispose();
    }

    private void Run()
    {
        PreparedConnection? connection = null;
        for (var (batch, isSweep) = queue.Take(); batch.Count > 0; (batch, isSweep) = queue.Take())
        {
            try
            {
                MustBeThere();
                connection ??= OpenLane();
                RunBatch(connection, batch, isSweep);
            }
            catch (Exception fault)
            {
                batch.ForEach(work => work.Fail(fault));
                connection?.Dispose();
                connection = null;
            }
        }

        connection?.Dispose();
    }

    // An open file that was moved or removed can be written to all the same, and nobody would find it again.
    private void MustBeThere()
    {
        if (!File.Exists(path))
        {
            throw new SqliteException("The database file is gone.", raw.SQLITE_CANTOPEN);
        }
    }

    private PreparedConnection OpenLane()
    {
        var connection = new PreparedConnection(connectionString);
        connection.Open();
        _ = raw.sqlite3_db_config(connection.Handle!, raw.SQLITE_DBCONFIG_LOOKASIDE, 0, PlaceBytes, Places);
        using var pragma = connection.CreateCommand();
        // Savepoints keep what they may undo in memory, not in a file; 64 MiB of pages; the WAL goes into the file by
        // the checkpointer, and from here only when that falls 256 MiB behind.
        pragma.CommandText = """
            PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;
            PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=65536;
            """;
        pragma.ExecuteNonQuery();
        return connection;
    }

    private void RunBatch(PreparedConnection connection, List<LaneWork> batch, bool isSweep)
    {
        var began = clock.GetTimestamp();
        isApart = false;
        if (!TryTogether(connection, batch, isSweep))
        {
            isApart = true;
            EachInItsOwn(connection, batch);
            Measures.LaneAgain.Add(1);
        }

        checkpointer.Committed();
        Measures.LaneBatch.Record(batch.Count);
        Measures.LaneHeld.Record(clock.GetElapsedTime(began).TotalSeconds);
        batch.ForEach(work => work.Complete());
    }

    // A savepoint copies every page before its first change, a tenth of all work in the lane, and hardly ever is one put back.
    private bool TryTogether(PreparedConnection connection, List<LaneWork> batch, bool isSweep)
    {
        using var transaction = Begin(connection);
        var done = batch.TrueForAll(work => work.TryRun(connection, transaction));
        if (isSweep)
        {
            var along = queue.TakeAlong();
            batch.AddRange(along);
            done = done && along.TrueForAll(work => work.TryRun(connection, transaction));
        }

        if (done)
        {
            transaction.Commit();
        }

        return done;
    }

    private static void EachInItsOwn(PreparedConnection connection, List<LaneWork> batch)
    {
        using var transaction = Begin(connection);
        foreach (var work in batch)
        {
            connection.Run($"SAVEPOINT {Savepoint}");
            if (!work.TryRun(connection, transaction))
            {
                connection.Run($"ROLLBACK TO {Savepoint}");
            }

            connection.Run($"RELEASE {Savepoint}");
        }

        transaction.Commit();
    }

    // Immediate: takes the write lock at the start, so a second process waits instead of failing half-way.
    private static SqliteTransaction Begin(PreparedConnection connection) => connection.BeginTransaction(deferred: false);
}
