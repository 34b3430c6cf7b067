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

    /// <summary>Makes the hashes of one chain after the other: half the work of beginning anew for each.</summary>
    public static IncrementalHash Mac(byte[] key) => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    public static string Hash(IncrementalHash mac, string previous, StoredEntry entry)
    {
        var most = ChainText.Most(previous, entry.Kind, entry.OrganisationCode, entry.Payload, entry.PersonalDigest);
        var text = new ChainText(most <= ChainText.OnStack ? stackalloc byte[ChainText.OnStack] : new byte[most]);
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
        return text.Hash(mac);
    }

    /// <summary>The salted digest that stands in the journal for a personal value; it survives the value's destruction.</summary>
    public static string Digest(string salt, string value) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}:{value}")));
}
