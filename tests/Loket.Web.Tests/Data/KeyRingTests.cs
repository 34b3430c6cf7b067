using System.Security.Cryptography;
using System.Text.Json;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Data;

public sealed class KeyRingTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string FilePath => folder.In("keys/keys.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_sealed_opens_in_its_own_row_only()
    {
        var keys = KeyRing.Load(FilePath, new FakeClock());
        var text = keys.Seal("999993112 é", "party:1");

        Assert.Equal("999993112 é", keys.Open(text, "party:1"));
        Assert.ThrowsAny<CryptographicException>(() => keys.Open(text, "party:2"));
        Assert.DoesNotContain("999993112", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_change_of_what_was_sealed_is_noticed()
    {
        var keys = KeyRing.Load(FilePath, new FakeClock());
        var text = keys.Seal("999993112", "party:1");
        var bytes = Convert.FromBase64String(text[2..]);

        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => keys.Open($"1.{Convert.ToBase64String(changed)}", "party:1"));
        }
    }

    [Fact]
    public void Sealing_twice_gives_two_texts_and_the_blind_index_gives_one()
    {
        var keys = KeyRing.Load(FilePath, new FakeClock());

        Assert.NotEqual(keys.Seal("999993112", "party:1"), keys.Seal("999993112", "party:1"));
        Assert.Equal(keys.Indexes("bsn", "999993112"), keys.Indexes("bsn", "999993112"));
        Assert.NotEqual(keys.Indexes("bsn", "999993112"), keys.Indexes("rsin", "999993112"));
        Assert.NotEqual(keys.Indexes("bsn", "999993112"), keys.Indexes("bsn", "999990019"));
        Assert.Equal(44, Assert.Single(keys.Indexes("bsn", "999993112")).Length);
    }

    [Fact]
    public void A_restart_reads_the_same_keys_and_nobody_else_can_read_the_file()
    {
        var before = KeyRing.Load(FilePath, new FakeClock());
        var text = before.Seal("999993112", "party:1");

        var after = KeyRing.Load(FilePath, new FakeClock());

        Assert.Equal("999993112", after.Open(text, "party:1"));
        Assert.Equal(before.JournalKey, after.JournalKey);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }
    }

    [Fact]
    public void A_new_secret_seals_from_now_on_and_the_old_one_still_opens()
    {
        var old = KeyRing.Load(FilePath, new FakeClock());
        var sealedBefore = old.Seal("999993112", "party:1");
        var secrets = JsonSerializer.Deserialize<Dictionary<int, string>>(File.ReadAllText(FilePath))!;
        secrets[2] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        File.WriteAllText(FilePath, JsonSerializer.Serialize(secrets));

        var rotated = KeyRing.Load(FilePath, new FakeClock());

        Assert.Equal("999993112", rotated.Open(sealedBefore, "party:1"));
        Assert.StartsWith("2.", rotated.Seal("999993112", "party:1"), StringComparison.Ordinal);
        Assert.Equal(old.JournalKey, rotated.JournalKey);
        Assert.Equal(2, rotated.Indexes("bsn", "999993112").Count);
        Assert.Contains(Assert.Single(old.Indexes("bsn", "999993112")), rotated.Indexes("bsn", "999993112"));
        Assert.Equal(old.Token("partner-token", "x"), rotated.Token("partner-token", "x"));
    }

    [Fact]
    public void A_new_version_is_read_at_once_and_writes_only_when_every_node_has_seen_it()
    {
        var clock = new FakeClock();
        var keys = KeyRing.Load(FilePath, clock);
        var slow = KeyRing.Load(FilePath, clock);

        var (version, from) = KeyFile.AddVersion(FilePath, clock.UtcNow);
        clock.Advance(KeyRing.Look);

        Assert.Equal((2, 1), (version, keys.Newest));
        Assert.Equal(2, keys.Indexes("bsn", "999993112").Count);
        clock.AdvanceTo(from);
        Assert.Equal(2, keys.Newest);
        Assert.Equal("999993112", slow.Open(keys.Seal("999993112", "party:1"), "party:1"));
        File.WriteAllText(FilePath, "{ half");
        clock.Advance(KeyRing.Look);
        Assert.Equal(2, keys.Newest);
    }
}
