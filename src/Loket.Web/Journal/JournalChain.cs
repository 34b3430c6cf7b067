using System.Security.Cryptography;
using System.Text;

namespace Loket.Web.Journal;

/// <summary>The hash chain of one case: an HMAC over the previous hash and all the entry says, under a key outside the database.</summary>
public static class JournalChain
{
    public const int Shards = 16;
    public const string Start = "";

    /// <summary>The shard of a case. The low bits of our ids are nearly constant, so the id is mixed first.</summary>
    public static int ShardOf(long caseId) => (int)((ulong)(caseId * unchecked((long)0x9E3779B97F4A7C15)) >> 60);

    public static string Hash(byte[] key, string previous, StoredEntry entry)
    {
        // Length before each part: no two different entries give the same text.
        var text = new StringBuilder();
        foreach (var part in (ReadOnlySpan<string>)[
            previous, Number(entry.CaseId), Number(entry.N), entry.Kind, Number(entry.SubjectId), entry.ActorId is { } a ? Number(a) : "",
            entry.OrganisationCode ?? "", entry.At.ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture),
            entry.Payload, entry.PersonalId is { } p ? Number(p) : "", entry.PersonalDigest ?? ""])
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The salted digest that stands in the journal for a personal value; it survives the value's destruction.</summary>
    public static string Digest(string salt, string value) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}:{value}")));

    private static string Number(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
