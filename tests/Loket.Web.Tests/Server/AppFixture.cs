using Loket.Web.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loket.Web.Tests.Server;

/// <summary>The whole application inside this process, so that what it answers to can be listed and then asked.</summary>
public sealed class AppFixture : IAsyncLifetime
{
    private readonly TempFolder data = new();
    private readonly WebApplicationFactory<Program> plain = new();
    private readonly NumbersInLogs logs = new();
    private WebApplicationFactory<Program> app = null!;

    public Task InitializeAsync()
    {
        app = plain.WithWebHostBuilder(host => host.UseSetting("Data:Path", data.Path).UseSetting("Demo:Colleagues", "false").UseSetting("Logging:LogLevel:Default", "Error")
            .ConfigureLogging(logging => logging.AddProvider(logs).AddFilter<NumbersInLogs>(null, LogLevel.Debug)));
        app.Server.PreserveExecutionContext = false;
        return Task.CompletedTask;
    }

    /// <summary>Everything that answers to a path.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>A browser in which nobody has signed in.</summary>
    public Session Anyone() => new(app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true }));

    public Task<Session> AsAsync(long professionalId) => Anyone().SignInAsync(professionalId);

    public T The<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public Task<long> CountAsync(string sql) => Database.CountAsync(data.In("loket.db"), sql);

    public Task<string> TextAsync(string sql) => Database.TextAsync(data.In("loket.db"), sql);

    public Task ExecuteAsync(string sql) => Database.ExecuteAsync(data.In("loket.db"), sql);

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await plain.DisposeAsync();
        data.Dispose();
        // What was logged in this process names nobody, at its most talkative.
        Assert.True(logs.Lines > 0);
        Assert.Empty(logs.Found);
    }
}
