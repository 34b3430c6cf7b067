using System.Buffers.Binary;
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

    private const int Nonce = 12;
    private const int Tag = 16;
    private const int Around = Nonce + Tag;

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
        return Encoding.UTF8.GetString(Open(Convert.FromBase64String(sealedText[(dot + 1)..]), context, Version(int.Parse(sealedText.AsSpan(0, dot)))));
    }

    /// <summary>Bytes sealed like <see cref="Seal(string, string)"/>, behind four bytes with the version of the key.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string context)
    {
        var version = Now();
        var sealedBytes = new byte[sizeof(int) + Around + plain.Length];
        BinaryPrimitives.WriteInt32BigEndian(sealedBytes, version.Number);
        Seal(plain, context, version, sealedBytes.AsSpan(sizeof(int)));
        return sealedBytes;
    }

    /// <summary>The plain bytes. Throws <see cref="CryptographicException"/> when they were moved to another row or changed.</summary>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string context) =>
        Open(sealedBytes[sizeof(int)..], context, Version(BinaryPrimitives.ReadInt32BigEndian(sealedBytes)));

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
        var bytes = Encoding.UTF8.GetBytes(plain);
        var sealedBytes = new byte[Around + bytes.Length];
        Seal(bytes, context, version, sealedBytes);
        return $"{version.Number}.{Convert.ToBase64String(sealedBytes)}";
    }

    private static void Seal(ReadOnlySpan<byte> plain, string context, KeyVersion version, Span<byte> into)
    {
        RandomNumberGenerator.Fill(into[..Nonce]);
        using var aes = new AesGcm(version.SealKey, Tag);
        aes.Encrypt(into[..Nonce], plain, into[Around..], into[Nonce..Around], Encoding.UTF8.GetBytes(context));
    }

    private static byte[] Open(ReadOnlySpan<byte> bytes, string context, KeyVersion version)
    {
        var plain = new byte[bytes.Length - Around];
        using var aes = new AesGcm(version.SealKey, Tag);
        aes.Decrypt(bytes[..Nonce], bytes[Around..], bytes[Nonce..Around], plain, Encoding.UTF8.GetBytes(context));
        return plain;
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
