using Loket.Web;
using Loket.Web.Data;
using Loket.Web.Features.Directory;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Benchmarks.Figures;

/// <summary>Loket over a database with the real reference data and very many rows, written as rows: use cases would take hours.</summary>
internal static class FilledDatabase
{
    /// <param name="tables">Tables that get many rows: their indexes are made after the rows, sorted.</param>
    /// <param name="rows">The SQL that writes them.</param>
    public static async Task<ServiceProvider> NewAsync(string folder, string[] tables, string rows)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddLocalization(options => options.ResourcesPath = "Texts");
        collection.AddLoketCore(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:Path"] = folder }).Build());
        var services = collection.BuildServiceProvider();
        await services.GetRequiredService<Migrator>().RunAsync();
        var set = services.GetRequiredService<ReferenceSet>();
        await services.GetRequiredService<ImportReference>().RunAsync(set, ReferenceFiles.ReadDemo(ImportReference.Folder, set));
        Fill(Path.Combine(folder, "loket.db"), $"('{string.Join("', '", tables)}')", rows);
        return services;
    }

    private static void Fill(string file, string tables, string rows)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Run("PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -200000");
        var indexes = Texts($"SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN {tables}");
        Texts($"SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN {tables}").ForEach(name => Run($"DROP INDEX {name}"));
        Run(rows);
        indexes.ForEach(Run);

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandTimeout = 0;
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        List<string> Texts(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var texts = new List<string>();
            while (reader.Read())
            {
                texts.Add(reader.GetString(0));
            }

            return texts;
        }
    }
}
