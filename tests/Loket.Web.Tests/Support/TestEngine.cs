using System.Reflection;
using Xunit.Sdk;

namespace Loket.Web.Tests.Support;

/// <summary>The database below a test. A test with <c>[Theory, OnSqlite, OnSqlServer]</c> runs on both.</summary>
public enum TestEngine
{
    Sqlite,
    SqlServer,
}

/// <summary>
/// Gives the engine as first argument, then <paramref name="more"/>; or, when <see cref="From"/> names a static property
/// of the test class, one row for each of its rows.
/// </summary>
public abstract class EngineDataAttribute(TestEngine engine, object?[] more) : DataAttribute
{
    public string? From { get; init; }

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => From is null
        ? [[engine, .. more]]
        : ((IEnumerable<object?[]>)testMethod.DeclaringType!.GetProperty(From)!.GetValue(null)!).Select(row => (object?[])[engine, .. row]);
}

/// <summary>Runs the test on a fresh SQLite file.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnSqliteAttribute(params object?[] more) : EngineDataAttribute(TestEngine.Sqlite, more);

/// <summary>
/// Runs the test on a database of its own on the server that <c>LOKET_TEST_SQLSERVER</c> names (a connection string);
/// without it the test is reported as skipped, by name.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnSqlServerAttribute : EngineDataAttribute
{
    public OnSqlServerAttribute(params object?[] more)
        : base(TestEngine.SqlServer, more)
    {
        if (SqlServerDatabases.Server is null)
        {
            Skip = $"{SqlServerDatabases.Variable} is not set: not run on SQL Server";
        }
    }
}
