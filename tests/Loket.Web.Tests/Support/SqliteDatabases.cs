using Loket.Web.Data;

namespace Loket.Web.Tests.Support;

/// <summary>Migrates one SQLite file once for all tests; each test gets a copy.</summary>
internal static class SqliteDatabases
{
    private static readonly Lazy<Task<string>> Migrated = new(MigrateAsync);

    public static async Task CopyToAsync(string path) => File.Copy(await Migrated.Value, path);

    private static async Task<string> MigrateAsync()
    {
        var folder = new TempFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        var path = folder.In("migrated.db");
        DapperSetup.Apply();
        await using (var engine = new SqliteEngine(path))
        {
            await new Migrator(engine, TimeProvider.System).RunAsync();
        }

        return path;
    }
}
