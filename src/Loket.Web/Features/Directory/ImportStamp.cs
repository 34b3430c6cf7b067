using System.Security.Cryptography;
using System.Text;
using Loket.Web.Data;

namespace Loket.Web.Features.Directory;

/// <summary>Tells whether the reference files are those of the last import, so that a start does not read them for nothing.</summary>
public static class ImportStamp
{
    private const string Name = "reference-stamp";

    public static string Of(string folder, bool demo)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in System.IO.Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        hash.AppendData(Encoding.UTF8.GetBytes($"demo:{demo}"));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public static Task<string?> StoredAsync(Db db) =>
        db.ReadAsync(r => r.FindAsync<string>("SELECT value FROM setting WHERE name = @Name", new { Name }));

    public static Task StoreAsync(Db db, string stamp) => db.WriteAsync<int>(unit =>
        unit.Execute("UPDATE setting SET value = @stamp WHERE name = @Name", new { stamp, Name }) is var changed && changed > 0
            ? changed
            : unit.Execute("INSERT INTO setting (name, value) VALUES (@Name, @stamp)", new { stamp, Name }));
}
