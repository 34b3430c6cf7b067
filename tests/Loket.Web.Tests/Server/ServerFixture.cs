using Loket.Web.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Loket.Web.Tests.Server;

/// <summary>Tests against running processes: one after the other, since they measure and share two cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ServerCollection : ICollectionFixture<ServerFixture>
{
    public const string Name = "server";
}

/// <summary>One running server with fresh data, that logs every request, for the tests that leave it running.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly TempFolder data = new();

    public ServerProcess Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ServerProcess.StartAsync(data.Path, ("Logging__LogLevel__Default", "Debug"), ("Logging__LogLevel__Microsoft.AspNetCore", "Debug"));

    public Session Anyone() => Session.At(Server.Address);

    public Task<Session> AsAsync(long professionalId) => Anyone().SignInAsync(professionalId);

    public Task<long> CountAsync(string sql) => Database.CountAsync(data.In("loket.db"), sql);

    public Task ExecuteAsync(string sql) => Database.ExecuteAsync(data.In("loket.db"), sql);

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        // Whatever the tests of this run did: the log of all of it, every request with its address at its most talkative,
        // the processing log and every push name nobody.
        var written = System.IO.Directory.EnumerateFiles(data.Path, "*.jsonl", SearchOption.AllDirectories).SelectMany(File.ReadLines);
        var scanned = Server.Lines.Concat(written).Concat(Hub.LiveClient.Pushed).ToList();
        data.Dispose();
        Assert.True(scanned.Count > 0);
        Assert.DoesNotContain(scanned, line => CitizenNumbers.In(line).Any());
    }
}

/// <summary>The database of a server beside it, for what no screen shows.</summary>
public static class Database
{
    public static async Task<long> CountAsync(string file, string sql)
    {
        await using var connection = await OpenAsync(file);
        await using var command = new SqliteCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync() ?? 0L);
    }

    public static async Task<string> TextAsync(string file, string sql)
    {
        await using var connection = await OpenAsync(file);
        await using var command = new SqliteCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public static async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = await OpenAsync(file);
        await using var command = new SqliteCommand(sql, connection);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    private static async Task<SqliteConnection> OpenAsync(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=10");
        await connection.OpenAsync();
        return connection;
    }
}
