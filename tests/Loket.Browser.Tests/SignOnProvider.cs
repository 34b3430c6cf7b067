using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Loket.Web.Tests.Server;

namespace Loket.Browser.Tests;

/// <summary>The certified provider of <c>ops/sign-on</c> as a process of its own. Needs Node.js 20.</summary>
public sealed class SignOnProvider : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process process;

    private SignOnProvider(Process process) => this.process = process;

    private static string Folder => Path.Combine(ServerProcess.Solution, "ops", "sign-on");

    /// <summary>False where Node.js is too old for the provider; then the test is reported as skipped.</summary>
    public static bool CanRun { get; } = NodeMajor() >= 20;

    /// <summary>A port that was free a moment ago: both sides must know the other's address before they start.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<SignOnProvider> StartAsync(int port, Uri loket)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "oidc-provider")))
        {
            await RunAsync("npm", "ci", "--no-audit", "--no-fund");
        }

        var start = Start("node", "provider.mjs");
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["LOKET"] = loket.ToString().TrimEnd('/');
        var node = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        while (await node.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("The provider is ready", StringComparison.Ordinal))
            {
                return new SignOnProvider(node);
            }
        }

        throw new InvalidOperationException($"The provider ended: {await node.StandardError.ReadToEndAsync(patience.Token)}");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var run = Process.Start(Start(program, arguments))!;
        using var patience = new CancellationTokenSource(Patience);
        await Task.WhenAll(run.StandardOutput.ReadToEndAsync(patience.Token), run.StandardError.ReadToEndAsync(patience.Token));
        await run.WaitForExitAsync(patience.Token);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {run.ExitCode}");
    }

    private static ProcessStartInfo Start(string program, params string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
    };

    private static int NodeMajor()
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var version = node.StandardOutput.ReadToEnd().TrimStart('v').Split('.')[0];
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }
}

/// <summary>A test that needs the provider; skipped by name below Node.js 20.</summary>
public sealed class NeedsProviderFactAttribute : FactAttribute
{
    public NeedsProviderFactAttribute() => Skip = SignOnProvider.CanRun ? null : "The provider of ops/sign-on needs Node.js 20 or later";
}
