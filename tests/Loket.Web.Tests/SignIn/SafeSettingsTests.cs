using Loket.Web.Features.Demo;
using Loket.Web.Security;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Loket.Web.Tests.SignIn;

public sealed class SafeSettingsTests
{
    [Theory]
    [InlineData(true, null, null, null, 0)]
    [InlineData(false, "https://provider.test", "loket", "secret", 0)]
    [InlineData(false, null, null, null, 1)]
    [InlineData(false, "", "loket", "secret", 1)]
    [InlineData(false, "https://provider.test", "loket", "", 1)]
    [InlineData(false, "https://provider.test", null, "secret", 1)]
    public void Outside_the_demo_sign_on_must_be_wholly_set(bool demo, string? authority, string? client, string? secret, int faults)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["SignOn:Authority"] = authority, ["SignOn:ClientId"] = client, ["SignOn:ClientSecret"] = secret };
        Assert.Equal(faults, SafeSettings.Faults(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new DemoOptions { Enabled = demo }).Count);
    }

    [Fact]
    public async Task A_server_into_which_nobody_could_sign_in_does_not_start_and_says_what_to_set()
    {
        using var data = new TempFolder();
        var (exitCode, output) = await ServerProcess.RunAsync(data.Path, "--Demo:Enabled=false");
        Assert.Equal(2, exitCode);
        Assert.Contains("SignOn__Authority", output, StringComparison.Ordinal);
        Assert.False(File.Exists(data.In("loket.db")));
    }
}
