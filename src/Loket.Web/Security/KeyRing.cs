using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Loket.Web.Security;

/// <summary>
/// The keys, kept outside the database: a file named by <c>Keys:Path</c> with a secret per version. Made on first start
/// in the embedded profile. From the newest secret come separate keys for sealing, look-up and the journal.
/// </summary>
public sealed class KeyRing
{
    private readonly SortedDictionary<int, byte[]> secrets = [];

    private KeyRing(Dictionary<int, string> file)
    {
        foreach (var (version, secret) in file)
        {
            secrets[version] = Convert.FromBase64String(secret);
        }

        JournalKey = Derive(secrets.First().Value, "journal");
        AccessKey = Derive(secrets.First().Value, "access log");
        IndexKey = Derive(secrets.First().Value, "blind index");
    }

    /// <summary>The key of the journal's hash chain: from the first secret, since a chain cannot change keys half-way.</summary>
    public byte[] JournalKey { get; }

    /// <summary>The key of the access log's chains: of its own, so that who can forge the one cannot forge the other.</summary>
    public byte[] AccessKey { get; }

    private byte[] IndexKey { get; }

    public static KeyRing Load(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var fresh = new Dictionary<int, string> { [1] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, options);
            JsonSerializer.Serialize(file, fresh);
        }

        return new KeyRing(JsonSerializer.Deserialize<Dictionary<int, string>>(File.ReadAllText(path))!);
    }

    /// <summary>AES-GCM under the newest key, bound to <paramref name="context"/> (the row it belongs to): "v.base64".</summary>
    public string Seal(string plain, string context)
    {
        var (version, secret) = secrets.Last();
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var data = Encoding.UTF8.GetBytes(plain);
        var sealedData = new byte[data.Length];
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        using var aes = new AesGcm(Derive(secret, "seal"), tag.Length);
        aes.Encrypt(nonce, data, sealedData, tag, Encoding.UTF8.GetBytes(context));
        return $"{version}.{Convert.ToBase64String([.. nonce, .. tag, .. sealedData])}";
    }

    /// <summary>The plain text. Throws <see cref="CryptographicException"/> when it was moved to another row or changed.</summary>
    public string Open(string sealedText, string context)
    {
        var dot = sealedText.IndexOf('.');
        var secret = secrets[int.Parse(sealedText.AsSpan(0, dot))];
        var bytes = Convert.FromBase64String(sealedText[(dot + 1)..]).AsSpan();
        var nonce = AesGcm.NonceByteSizes.MaxSize;
        var tag = AesGcm.TagByteSizes.MaxSize;
        var plain = new byte[bytes.Length - nonce - tag];
        using var aes = new AesGcm(Derive(secret, "seal"), tag);
        aes.Decrypt(bytes[..nonce], bytes[(nonce + tag)..], bytes.Slice(nonce, tag), plain, Encoding.UTF8.GetBytes(context));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>The blind index of a number: finds equal numbers without storing them. Base64, 44 characters.</summary>
    public string Index(string kind, string number) =>
        Convert.ToBase64String(HMACSHA256.HashData(IndexKey, Encoding.UTF8.GetBytes($"{kind}:{number}")));

    private static byte[] Derive(byte[] secret, string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes($"loket {use}"));
}
