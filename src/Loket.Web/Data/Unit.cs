using System.Data.Common;
using Dapper;
using Loket.Domain;
using Loket.Web.Journal;

namespace Loket.Web.Data;

/// <summary>
/// One unit of work inside one transaction: synchronous, no I/O but its own connection, and it may run again, so it
/// has no effect outside the transaction except through <see cref="AfterCommit"/>.
/// </summary>
public sealed class Unit(DbConnection connection, DbTransaction transaction, Dialect dialect, IdSource ids, DateTime now)
{
    private readonly List<Action> afterCommit = [];
    private readonly List<Entry> entries = [];
    private readonly Dictionary<(string What, long Id), Action> atEnd = [];
    private readonly Dictionary<long, CaseHead> seenHeads = [];

    /// <summary>The moment of this unit, UTC, whole milliseconds. One moment for all it writes.</summary>
    public DateTime Now { get; } = now;

    public Dialect Dialect => dialect;

    /// <summary>A row was changed: a refusal has something to take back.</summary>
    internal bool HasWritten { get; private set; }

    internal IReadOnlyList<Entry> Entries => entries;

    internal IReadOnlyDictionary<long, CaseHead> SeenHeads => seenHeads;

    internal IReadOnlyList<Action> Effects => afterCommit;

    public long NewId() => ids.Next();

    public List<T> Query<T>(string sql, object? args = null) => connection.Query<T>(sql, args, transaction).AsList();

    /// <summary>The first row, or null when there is none.</summary>
    public T? Find<T>(string sql, object? args = null) => connection.QueryFirstOrDefault<T>(sql, args, transaction);

    public T Scalar<T>(string sql, object? args = null) => connection.ExecuteScalar<T>(sql, args, transaction)!;

    public int Execute(string sql, object? args = null)
    {
        var rows = connection.Execute(sql, args, transaction);
        HasWritten |= rows > 0;
        return rows;
    }

    /// <summary>
    /// A guarded write: exactly one row has to change. When none did, somebody else was first: the whole unit runs again
    /// on the new state, where the rule gives the precise answer.
    /// </summary>
    public void ExecuteGuarded(string sql, object args)
    {
        if (Execute(sql, args) != 1)
        {
            throw new ConflictException();
        }
    }

    /// <summary>
    /// Runs one statement for each of <paramref name="rows"/>, much faster than one by one; how many rows each changed, in
    /// their order. A parameter is named as in the statement and takes its value from the row.
    /// </summary>
    public IReadOnlyList<int> ExecuteEach<T>(string sql, IReadOnlyList<T> rows, params (string Name, Func<T, Cell> Value)[] parameters)
    {
        var changed = EachRow.Execute(connection, transaction, sql, rows, parameters);
        HasWritten |= changed.Any(count => count > 0);
        return changed;
    }

    /// <summary>Adds what happened to the journal; written as the last thing before COMMIT.</summary>
    public void Append(Entry entry) => entries.Add(entry);

    /// <summary>
    /// The head of a case as it was read before this unit, with what the unit is about: when it is still so, the entries of
    /// this unit follow it without another read.
    /// </summary>
    public void HasSeen(CaseHead head) => seenHeads[head.CaseId] = head;

    /// <summary>
    /// Runs when the work of this unit is done, once for <paramref name="what"/> and <paramref name="id"/> however often it is
    /// asked for: what follows from all that was written. In the order of asking; it may refuse.
    /// </summary>
    public void AtEnd(string what, long id, Action work) => atEnd.TryAdd((what, id), work);

    internal void Finish()
    {
        foreach (var work in atEnd.Values)
        {
            work();
        }
    }

    /// <summary>Runs after the commit that holds this unit, never when it is rolled back.</summary>
    public void AfterCommit(Action effect) => afterCommit.Add(effect);
}

/// <summary>Rolls a unit back with a reason the person sees. For guards deep inside a unit; rules return Outcome.</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>A guarded write met a newer version. SQL Server runs the unit again; on SQLite, where units run one by one, it is a refusal.</summary>
public sealed class ConflictException() : Exception("Somebody else changed this row first.");
