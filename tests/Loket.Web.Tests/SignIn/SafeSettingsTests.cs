using Loket.Web.Features.Demo;
using Loket.Web.Security;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Loket.Web.Tests.SignIn;

public sealed class SafeSettingsTests
{
    private static readonly Dictionary<string, string?> Safe = new(StringComparer.Ordinal)
    {
        ["SignOn:Authority"] = "https://provider.test", ["SignOn:ClientId"] = "loket", ["SignOn:ClientSecret"] = "secret",
        ["Keys:Path"] = "/secrets/loket.json", ["Urls"] = "https://0.0.0.0:5081", ["Outgoing:BaseUrl"] = "https://loket.test",
    };

    [Theory]
    [InlineData("SignOn:Authority", null, "SignOn__Authority")]
    [InlineData("SignOn:Authority", "", "SignOn__Authority")]
    [InlineData("SignOn:ClientSecret", "", "half set")]
    [InlineData("SignOn:ClientId", null, "half set")]
    [InlineData("Keys:Path", null, "Keys__Path")]
    [InlineData("Outgoing:BaseUrl", null, "Outgoing__BaseUrl")]
    [InlineData("Outgoing:BaseUrl", "/loket", "Outgoing__BaseUrl")]
    [InlineData("Outgoing:BaseUrl", "http://loket.test", "Outgoing__BaseUrl")]
    [InlineData("Urls", "http://0.0.0.0:5080", "plain HTTP")]
    [InlineData("Urls", "https://0.0.0.0:5081;HTTP://0.0.0.0:5080", "plain HTTP")]
    [InlineData("Urls", null, "plain HTTP")]
    [InlineData("Kestrel:Endpoints:Main:Url", "http://*:5080", "plain HTTP")]
    public void Outside_the_demo_what_is_unsafe_is_named_and_in_the_demo_it_is_allowed(string setting, string? value, string fault)
    {
        Assert.Contains(fault, Assert.Single(Faults(demo: false, (setting, value))), StringComparison.Ordinal);
        Assert.Empty(Faults(demo: true, (setting, value)));
    }

    [Theory]
    [InlineData("rabbitmq", null, "Live__Broker")]
    [InlineData("rabbitmq", "broker.test", "Live__Broker")]
    [InlineData("kafka", "amqp://broker.test", "poll or rabbitmq")]
    public void A_doorbell_without_a_broker_is_named_in_the_demo_too(string doorbell, string? broker, string fault)
    {
        Assert.All((bool[])[true, false], demo => Assert.Contains(fault, Assert.Single(Faults(demo, ("Live:Doorbell", doorbell), ("Live:Broker", broker))), StringComparison.Ordinal));
        Assert.All((string?[])[null, "poll"], none => Assert.Empty(Faults(demo: false, ("Live:Doorbell", none))));
        Assert.Empty(Faults(demo: false, ("Live:Doorbell", "rabbitmq"), ("Live:Broker", "amqps://loket:secret@broker.test/")));
    }

    [Fact]
    public void Behind_a_named_proxy_that_ends_TLS_plain_HTTP_is_fine()
    {
        Assert.Empty(Faults(demo: false));
        Assert.Empty(Faults(demo: false, ("Urls", "http://0.0.0.0:5080"), ("Proxy:Trusted", "10.0.0.7")));
    }

    [Fact]
    public async Task A_server_with_unsafe_settings_does_not_start_and_says_what_to_set()
    {
        using var data = new TempFolder();
        var (exitCode, output) = await ServerProcess.RunAsync(data.Path, "--Demo:Enabled=false");
        Assert.Equal(2, exitCode);
        Assert.All((string[])["SignOn__Authority", "Keys__Path", "Outgoing__BaseUrl", "Proxy__Trusted"], name => Assert.Contains(name, output, StringComparison.Ordinal));
        Assert.False(File.Exists(data.In("loket.db")));
    }

    private static IReadOnlyList<string> Faults(bool demo, params (string Name, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(Safe, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            settings[name] = value;
        }

        return SafeSettings.Faults(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new DemoOptions { Enabled = demo });
    }
}
