using System.Reflection;
using Xunit.Sdk;

namespace Loket.Web.Tests.Support;

/// <summary>The database below a test. A test with <c>[Theory, OnSqlite, OnSqlServer]</c> runs on both.</summary>
public enum TestEngine
{
    Sqlite,
    SqlServer,
}

/// <summary>Runs the test on a fresh SQLite file; <paramref name="more"/> are the arguments after the engine.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnSqliteAttribute(params object?[] more) : DataAttribute
{
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [[TestEngine.Sqlite, .. more]];
}

/// <summary>
/// Runs the test on a database of its own on the server that <c>LOKET_TEST_SQLSERVER</c> names (a connection string);
/// without it the test is reported as skipped, by name.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnSqlServerAttribute : DataAttribute
{
    private readonly object?[] more;

    public OnSqlServerAttribute(params object?[] more)
    {
        this.more = more;
        if (SqlServerDatabases.Server is null)
        {
            Skip = $"{SqlServerDatabases.Variable} is not set: not run on SQL Server";
        }
    }

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [[TestEngine.SqlServer, .. more]];
}
