using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Loket.Simulation.Faults;

/// <summary>A Loket server that the simulation starts, kills without warning and starts again on the same data.</summary>
public sealed class ServerUnderTest(string program, Uri url) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string data = Directory.CreateTempSubdirectory("loket-simulation-").FullName;
    private readonly ConcurrentQueue<string> said = new();
    private Process? process;

    public int Kills { get; private set; }

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        process = Start([]);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("sign-in", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            if (process.HasExited || Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException($"The server did not come up:{Environment.NewLine}{string.Join(Environment.NewLine, said)}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>kill -9: nothing is written any more, nobody is told.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
        Kills++;
    }

    /// <summary>Kills and starts at random moments until told to stop; the server runs when it returns.</summary>
    public async Task KillAtRandomAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Random.Shared.Next(1_500, 5_000), stop);
                await KillAsync();
                await Task.Delay(Random.Shared.Next(0, 500), CancellationToken.None);
                await StartAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <summary>The command verify-journal on the data, with the server gone: its exit code and what it printed.</summary>
    public async Task<(bool Holds, string Said)> VerifyJournalAsync()
    {
        if (process is not null)
        {
            await KillAsync();
            Kills--;
        }

        said.Clear();
        using var verify = Start(["verify-journal"]);
        await verify.WaitForExitAsync();
        return (verify.ExitCode == 0, said.LastOrDefault() ?? "");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(data, recursive: true);
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Urls"] = url.ToString();
        start.Environment["Data__Path"] = data;
        start.Environment["Demo__Enabled"] = "true";
        start.Environment["Demo__Colleagues"] = "false";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        var started = Process.Start(start)!;
        started.OutputDataReceived += (_, line) => Hear(line.Data);
        started.ErrorDataReceived += (_, line) => Hear(line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            said.Enqueue(line);
            while (said.Count > 200)
            {
                said.TryDequeue(out _);
            }
        }
    }
}
