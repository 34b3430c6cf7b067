using System.Security.Cryptography;
using System.Text.Json;

namespace Loket.Web.Security;

/// <summary>One secret and the moment, UTC, from which it is used for writing.</summary>
public sealed record StoredKey(byte[] Secret, DateTime From);

/// <summary>
/// The file of secrets by version, named by <c>Keys:Path</c> and readable by its owner alone: <c>{"1": "base64", "2":
/// {"secret": "base64", "from": "2026-02-10T09:01:00Z"}}</c>. Made on first start in the embedded profile.
/// </summary>
public static class KeyFile
{
    /// <summary>How long before its first use a new version stands in the file, so that every node has read it by then.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromMinutes(1);

    public static SortedDictionary<int, StoredKey> Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var keys = new SortedDictionary<int, StoredKey>();
        foreach (var version in json.RootElement.EnumerateObject())
        {
            keys[int.Parse(version.Name, System.Globalization.CultureInfo.InvariantCulture)] = version.Value.ValueKind == JsonValueKind.String
                ? new StoredKey(version.Value.GetBytesFromBase64(), DateTime.MinValue)
                : new StoredKey(version.Value.GetProperty("secret").GetBytesFromBase64(), version.Value.GetProperty("from").GetDateTime().ToUniversalTime());
        }

        return keys;
    }

    /// <summary>Makes the file with a first version where there is none.</summary>
    public static void MakeFirst(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Write(path, new() { [1] = Fresh(DateTime.MinValue) });
    }

    /// <summary>Adds a new version that is used from <see cref="Notice"/> after <paramref name="now"/>; gives its number and that moment.</summary>
    public static (int Version, DateTime From) AddVersion(string path, DateTime now)
    {
        var keys = Read(path);
        var (version, from) = (keys.Keys.Max() + 1, now + Notice);
        keys[version] = Fresh(from);
        Write(path, keys);
        return (version, from);
    }

    private static StoredKey Fresh(DateTime from) => new(RandomNumberGenerator.GetBytes(32), from);

    // Beside the file and then in its place: nobody reads half a file.
    private static void Write(string path, SortedDictionary<int, StoredKey> keys)
    {
        var making = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(making, options))
        {
            JsonSerializer.Serialize(file, keys.ToDictionary(k => k.Key, k => k.Value.From == DateTime.MinValue
                ? (object)Convert.ToBase64String(k.Value.Secret)
                : new { secret = Convert.ToBase64String(k.Value.Secret), from = k.Value.From }));
            file.Flush(flushToDisk: true);
        }

        File.Move(making, path, overwrite: true);
    }
}
