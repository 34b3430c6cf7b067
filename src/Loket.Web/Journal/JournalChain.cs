using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Loket.Web.Data;

namespace Loket.Web.Journal;

/// <summary>The hash chain of one case: an HMAC over the previous hash and all the entry says, under a key outside the database.</summary>
public static class JournalChain
{
    public const int Shards = 16;
    public const string Start = "";

    private const int MostOfChar = 3;
    private const int OnStack = 2048;
    // All parts that are numbers or moments, and the length before each part.
    private const int Numbers = 256;

    /// <summary>The shard of a case. The low bits of our ids are nearly constant, so the id is mixed first.</summary>
    public static int ShardOf(long caseId) => (int)((ulong)(caseId * unchecked((long)0x9E3779B97F4A7C15)) >> 60);

    /// <summary>Makes the hashes of one chain after the other: half the work of beginning anew for each.</summary>
    public static IncrementalHash Mac(byte[] key) => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    public static string Hash(IncrementalHash mac, string previous, StoredEntry entry)
    {
        var most = Numbers + (MostOfChar * (previous.Length + entry.Kind.Length + (entry.OrganisationCode?.Length ?? 0) + entry.Payload.Length + (entry.PersonalDigest?.Length ?? 0)));
        var text = new Parts(most <= OnStack ? stackalloc byte[OnStack] : new byte[most]);
        text.Add(previous);
        text.Add(entry.CaseId);
        text.Add(entry.N);
        text.Add(entry.Kind);
        text.Add(entry.SubjectId);
        text.Add(entry.ActorId);
        text.Add(entry.OrganisationCode);
        text.Add(entry.At);
        text.Add(entry.Payload);
        text.Add(entry.PersonalId);
        text.Add(entry.PersonalDigest);

        mac.AppendData(text.Written);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        mac.GetHashAndReset(hash);
        return Convert.ToBase64String(hash);
    }

    /// <summary>The salted digest that stands in the journal for a personal value; it survives the value's destruction.</summary>
    public static string Digest(string salt, string value) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}:{value}")));

    /// <summary>What is hashed. The length of each part, in characters, comes before it: no two different entries give the same text.</summary>
    private ref struct Parts(Span<byte> bytes)
    {
        private readonly Span<byte> bytes = bytes;
        private int length;

        public readonly ReadOnlySpan<byte> Written => bytes[..length];

        public void Add(string? part)
        {
            Begin(part?.Length ?? 0);
            length += Encoding.UTF8.GetBytes(part, bytes[length..]);
        }

        public void Add(long? number)
        {
            Span<byte> digits = stackalloc byte[20];
            var written = 0;
            number?.TryFormat(digits, out written, default, CultureInfo.InvariantCulture);
            Add(digits[..written]);
        }

        public void Add(DateTime moment)
        {
            Span<byte> text = stackalloc byte[Moment.MostBytes];
            Add(text[..Moment.WriteMilliseconds(moment, text)]);
        }

        private void Add(scoped ReadOnlySpan<byte> ascii)
        {
            Begin(ascii.Length);
            ascii.CopyTo(bytes[length..]);
            length += ascii.Length;
        }

        private void Begin(int characters)
        {
            characters.TryFormat(bytes[length..], out var written, default, CultureInfo.InvariantCulture);
            length += written;
            bytes[length++] = (byte)':';
        }
    }
}
