using Loket.Web.Data;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Identity;
using Loket.Web.Live;
using Loket.Web.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Support;

/// <summary>
/// A fresh migrated database with every use case on it, a clock that stands still, keys in a folder of its own; no HTTP
/// and nothing that runs by itself. <see cref="AnotherNodeAsync"/> gives a second process on the same database.
/// </summary>
public sealed class World : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<Node> nodes = [];
    private readonly Dictionary<string, string?> settings;
    private readonly string? sqlServer;

    private World(string? sqlServer, (string Name, string Value)[] more)
    {
        this.sqlServer = sqlServer;
        settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Data:Path"] = folder.Path,
            ["Data:SqlServer"] = sqlServer,
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        Given = new Given(this);
    }

    public FakeClock Clock { get; } = new();

    /// <summary>Puts people, lines and cases into the world.</summary>
    public Given Given { get; }

    public Node Node => nodes[0];

    public Db Db => The<Db>();

    public string Folder => folder.Path;

    /// <summary>The SQLite file; only there on that engine.</summary>
    public string DatabaseFile => folder.In("loket.db");

    /// <summary>The persons the register knows: one, who lives in Amsterdam.</summary>
    public static readonly PersonRow Wilma = new(
        "999993112", "Wilma van Zon", "1970-04-07", "Schakelstraat", "14", "1014AW", "Amsterdam", "gm0363", 0, null);

    public static async Task<World> NewAsync(TestEngine engine = TestEngine.Sqlite, params (string Name, string Value)[] settings)
    {
        var world = new World(engine == TestEngine.SqlServer ? await SqlServerDatabases.BorrowAsync() : null, settings);
        if (engine == TestEngine.Sqlite)
        {
            await SqliteDatabases.CopyToAsync(world.DatabaseFile);
        }

        await world.AnotherNodeAsync();
        return world;
    }

    /// <summary>A use case, store or job of the first node.</summary>
    public T The<T>() where T : notnull => Node.The<T>();

    /// <summary>One more process on the same database, keys and clock, with a node number of its own.</summary>
    public async Task<Node> AnotherNodeAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLocalization(options => options.ResourcesPath = "Texts");
        services.AddLoketCore(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IPersonRegister>(new TestPersons([Wilma]));
        var node = new Node(services.BuildServiceProvider(validateScopes: true));
        nodes.Add(node);
        await node.The<NodeLease>().TakeAsync();
        return node;
    }

    /// <summary>Ends all nodes without a word, as after a crash, and starts one again on the same database.</summary>
    /// <param name="meanwhile">Done while nothing runs, such as putting back a backup.</param>
    public async Task RestartAsync(Action? meanwhile = null)
    {
        await StopAsync();
        meanwhile?.Invoke();
        await AnotherNodeAsync();
    }

    /// <summary>The professional as the database knows them now.</summary>
    public async Task<Actor> ActorAsync(long id) =>
        await Actor.LoadAsync(Db, id) ?? throw new InvalidOperationException($"No active professional {id}");

    public Task<List<T>> QueryAsync<T>(string sql, object? args = null) => Db.ReadAsync(r => r.QueryAsync<T>(sql, args));

    public Task<T> ScalarAsync<T>(string sql, object? args = null) => Db.ReadAsync(r => r.ScalarAsync<T>(sql, args));

    /// <summary>Writes past every rule: for directory rows, and to damage what a test then finds damaged.</summary>
    public async Task<int> ExecuteAsync(string sql, object? args = null) => (await Db.WriteAsync<int>(unit => unit.Execute(sql, args))).Value;

    /// <summary>What a screen would show: asks a query in a scope of its own.</summary>
    public Task<T> AskAsync<TQuery, T>(Func<TQuery, Task<T>> ask) where TQuery : notnull => Node.AskAsync(ask);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (sqlServer is not null)
        {
            await SqlServerDatabases.GiveBackAsync(sqlServer);
        }

        folder.Dispose();
    }

    private async Task StopAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        nodes.Clear();
    }
}

/// <summary>One process of Loket in a test.</summary>
public sealed class Node(ServiceProvider services) : IAsyncDisposable
{
    public T The<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Asks a screen's query, which lives as long as one request.</summary>
    public async Task<TAnswer> AskAsync<TQuery, TAnswer>(Func<TQuery, Task<TAnswer>> ask) where TQuery : notnull
    {
        using var request = services.CreateScope();
        return await ask(request.ServiceProvider.GetRequiredService<TQuery>());
    }

    /// <summary>For what lives as long as one request: the queries behind the screens.</summary>
    public IServiceScope Scope() => services.CreateScope();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
