using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Loket.Web.Tests.Server;

/// <summary>
/// The built server as a process of its own on a free loopback port, with its data in a folder of the test. Everything
/// it prints is kept. Ended by force, so that every test that uses it also shows that this is harmless.
/// </summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = [];
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) =>
        {
            if (ready.Task.IsCompleted)
            {
                return;
            }

            // Until its last words have been read.
            process.WaitForExit();
            ready.TrySetException(new InvalidOperationException($"The server ended before it was ready:\n{string.Join('\n', lines)}"));
        };
    }

    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>Every line the server printed so far.</summary>
    public IReadOnlyList<string> Lines => [.. lines];

    public int Id => process.Id;

    /// <summary>Starts with fresh settings on top of the defaults, and returns when the first page answers.</summary>
    public static async Task<ServerProcess> StartAsync(string dataFolder, params (string Name, string Value)[] settings)
    {
        var start = StartInfo(Path.GetTempPath());
        start.Environment["Data__Path"] = dataFolder;
        start.Environment["Urls"] = "http://127.0.0.1:0";
        start.Environment["Demo__Enabled"] = "true";
        start.Environment["Demo__Colleagues"] = "false";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return await StartAsync(start);
    }

    /// <summary>Starts without any environment variable of the application, from this working folder.</summary>
    public static Task<ServerProcess> StartBareAsync(string workingFolder, params string[] arguments)
    {
        var start = StartInfo(workingFolder);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return StartAsync(start);
    }

    /// <summary>Runs one command of the program (such as <c>verify-journal</c>) to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string dataFolder, params string[] arguments)
    {
        var start = StartInfo(Path.GetTempPath());
        start.Environment["Data__Path"] = dataFolder;
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var command = Process.Start(start)!;
        var output = command.StandardOutput.ReadToEndAsync();
        var errors = command.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        await command.WaitForExitAsync(patience.Token);
        return (command.ExitCode, $"{await output}{await errors}");
    }

    /// <summary>Where the built <c>Loket.Web.dll</c> lies, built as this test was.</summary>
    public static string Program => Path.Combine(
        Solution, "src", "Loket.Web", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Loket.Web.dll");

    /// <summary>The folder of the solution.</summary>
    public static string Solution
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Loket.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("Loket.sln is not above the tests.");
        }
    }

    /// <summary>Pulls the plug: what <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(ProcessStartInfo start)
    {
        var server = new ServerProcess(start);
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        server.Address = await server.ready.Task.WaitAsync(Patience);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var answer = await client.GetAsync("/sign-in");
        answer.EnsureSuccessStatusCode();
        return server;
    }

    private static ProcessStartInfo StartInfo(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Program);
        foreach (var name in start.Environment.Keys.Where(k => OfTheApplication().IsMatch(k)).ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        if (ReadyLine().Match(line) is { Success: true } found)
        {
            ready.TrySetResult(new Uri(found.Groups[1].Value));
        }
    }

    [GeneratedRegex("Loket is ready: (http://[^\\s,\"]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadyLine();

    [GeneratedRegex("^(ASPNETCORE_|DOTNET_ENVIRONMENT|DOTNET_URLS|Urls|Data|Demo|Keys|Journal|Database|Logging|SignOn)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfTheApplication();
}
