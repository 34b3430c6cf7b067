using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Loket.Web.Security;

/// <summary>
/// The keys, kept outside the database in a <see cref="KeyFile"/> with a secret per version. From each secret come a key
/// for sealing and, apart from it, one for the blind index. A new version in the file is taken up while Loket runs: read
/// at once, used for writing from its own moment on, when every node has seen it.
/// </summary>
public sealed class KeyRing
{
    /// <summary>How long a node may go without looking into the file.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly string path;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private volatile Ring ring;
    private long looked;

    private KeyRing(string path, TimeProvider clock)
    {
        this.path = path;
        this.clock = clock;
        ring = Ring.Read(path);
        looked = clock.GetTimestamp();
        var first = ring.Versions.First().Value.Secret;
        JournalKey = Derive(first, "journal");
        AccessKey = Derive(first, "access log");
        TokenKey = Derive(first, "blind index");
    }

    /// <summary>The key of the journal's hash chain: from the first secret, since a chain cannot change keys half-way.</summary>
    public byte[] JournalKey { get; }

    /// <summary>The key of the access log's chains: of its own, so that who can forge the one cannot forge the other.</summary>
    public byte[] AccessKey { get; }

    /// <summary>The version that seals and indexes now: the newest whose moment has come.</summary>
    public int Newest => Now().Number;

    private byte[] TokenKey { get; }

    public static KeyRing Load(string path, TimeProvider clock)
    {
        KeyFile.MakeFirst(path);
        return new KeyRing(path, clock);
    }

    /// <summary>AES-GCM under the newest key, bound to <paramref name="context"/> (the row it belongs to): "v.base64".</summary>
    public string Seal(string plain, string context) => Seal(plain, context, Now());

    /// <summary>A number for its row: sealed, and findable by its blind index, both under one version.</summary>
    public SealedNumber SealNumber(string kind, string number, string context)
    {
        var version = Now();
        return new SealedNumber(Seal(number, context, version), Index(version, kind, number), version.Number);
    }

    /// <summary>The plain text. Throws <see cref="CryptographicException"/> when it was moved to another row or changed.</summary>
    public string Open(string sealedText, string context)
    {
        var dot = sealedText.IndexOf('.');
        var key = Version(int.Parse(sealedText.AsSpan(0, dot))).SealKey;
        var bytes = Convert.FromBase64String(sealedText[(dot + 1)..]).AsSpan();
        var nonce = AesGcm.NonceByteSizes.MaxSize;
        var tag = AesGcm.TagByteSizes.MaxSize;
        var plain = new byte[bytes.Length - nonce - tag];
        using var aes = new AesGcm(key, tag);
        aes.Decrypt(bytes[..nonce], bytes[(nonce + tag)..], bytes.Slice(nonce, tag), plain, Encoding.UTF8.GetBytes(context));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>
    /// Every blind index under which this number may stand: one a version, because while keys change rows stand under the
    /// old and the new one. Finds equal numbers without storing them. Base64, 44 characters each.
    /// </summary>
    public IReadOnlyList<string> Indexes(string kind, string number)
    {
        Refresh();
        return [.. ring.Versions.Values.Select(version => Index(version, kind, number))];
    }

    /// <summary>
    /// What stands in the database of a secret that Loket itself forgets, such as a link's token. It cannot be made anew
    /// under a new key, so it is bound to the first one. Base64, 44 characters.
    /// </summary>
    public string Token(string kind, string secret) => Mac(TokenKey, kind, secret);

    internal static byte[] Derive(byte[] secret, string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes($"loket {use}"));

    private static string Seal(string plain, string context, KeyVersion version)
    {
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var data = Encoding.UTF8.GetBytes(plain);
        var sealedData = new byte[data.Length];
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        using var aes = new AesGcm(version.SealKey, tag.Length);
        aes.Encrypt(nonce, data, sealedData, tag, Encoding.UTF8.GetBytes(context));
        return $"{version.Number}.{Convert.ToBase64String([.. nonce, .. tag, .. sealedData])}";
    }

    private static string Index(KeyVersion version, string kind, string number) => Mac(version.IndexKey, kind, number);

    private static string Mac(byte[] key, string kind, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}:{text}")));

    private KeyVersion Now()
    {
        Refresh();
        var now = clock.GetUtcNow().UtcDateTime;
        return ring.Versions.Values.Last(version => version.From <= now);
    }

    // Another node may have sealed under a version that this one has not read yet.
    private KeyVersion Version(int number)
    {
        if (!ring.Versions.ContainsKey(number))
        {
            ring = Ring.Read(path);
        }

        return ring.Versions.GetValueOrDefault(number) ?? throw new CryptographicException($"There is no key of version {number}.");
    }

    private void Refresh()
    {
        lock (gate)
        {
            if (clock.GetElapsedTime(looked) < Look)
            {
                return;
            }

            looked = clock.GetTimestamp();
        }

        try
        {
            ring = Ring.Read(path);
        }
        catch (Exception fault) when (fault is IOException or JsonException or FormatException)
        {
            // Somebody is changing it by hand: what was read holds until the next look.
        }
    }

    private sealed class KeyVersion(int number, StoredKey stored)
    {
        public int Number { get; } = number;

        public DateTime From { get; } = stored.From;

        public byte[] Secret { get; } = stored.Secret;

        public byte[] SealKey { get; } = Derive(stored.Secret, "seal");

        public byte[] IndexKey { get; } = Derive(stored.Secret, "blind index");
    }

    private sealed record Ring(SortedDictionary<int, KeyVersion> Versions)
    {
        public static Ring Read(string path) => new(new SortedDictionary<int, KeyVersion>(
            KeyFile.Read(path).ToDictionary(stored => stored.Key, stored => new KeyVersion(stored.Key, stored.Value))));
    }
}

/// <summary>A number as its row holds it: sealed, its blind index, and the version of both.</summary>
public sealed record SealedNumber(string Sealed, string Index, int Version);
