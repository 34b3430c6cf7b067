using Loket.Web.Data;

namespace Loket.Web.Tests.Support;

/// <summary>Migrates one SQLite file once for all tests; each test gets a copy.</summary>
internal static class SqliteDatabases
{
    private static readonly TempFolder Folder = new();
    private static readonly Lazy<Task<string>> Migrated = new(MigrateAsync);

    public static async Task CopyToAsync(string path) => File.Copy(await Migrated.Value, path);

    /// <summary>Deletes the migrated file.</summary>
    public static void Forget() => Folder.Dispose();

    private static async Task<string> MigrateAsync()
    {
        var path = Folder.In("migrated.db");
        DapperSetup.Apply();
        await using (var engine = new SqliteEngine(path, TimeProvider.System))
        {
            await new Migrator(engine, TimeProvider.System).RunAsync();
        }

        return path;
    }
}
