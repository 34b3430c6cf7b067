using Loket.Web.Security;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.AspNetCore.DataProtection;

namespace Loket.Web.Tests.Operations;

/// <summary>Who signed in at one node is signed in at every node, also after all were started again.</summary>
public sealed class CookieKeysTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task What_one_node_protects_another_reads_and_so_does_a_node_after_a_restart(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var cookie = Protector(world.Node).Protect("who signed in");

        Assert.Equal("who signed in", Protector(await world.AnotherNodeAsync()).Unprotect(cookie));
        await world.RestartAsync();
        Assert.Equal("who signed in", Protector(world.Node).Unprotect(cookie));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_database_alone_makes_no_cookie_and_a_key_moved_to_another_row_is_refused(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        Protector(world.Node).Protect("who signed in");

        var stored = Assert.Single(await world.QueryAsync<string>("SELECT body FROM cookie_key"));
        Assert.DoesNotContain("<", stored, StringComparison.Ordinal);
        await world.ExecuteAsync("UPDATE cookie_key SET id = id + 1");
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => world.The<CookieKeys>().GetAllElements());
    }

    [Fact]
    public async Task With_keys_that_did_not_seal_the_database_it_does_not_start_and_says_so()
    {
        using var data = new TempFolder();
        await (await ServerProcess.StartAsync(data.Path)).DisposeAsync();
        File.Delete(Path.Combine(data.Path, "keys", "keys.json"));

        var ended = await Assert.ThrowsAsync<InvalidOperationException>(() => ServerProcess.StartAsync(data.Path));

        Assert.Contains("Loket does not start. The keys in ", ended.Message, StringComparison.Ordinal);
    }

    private static IDataProtector Protector(Node node) => node.The<IDataProtectionProvider>().CreateProtector("test");
}
