using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;

namespace Loket.Simulation.Faults;

/// <summary>One node of Loket that the simulation starts, kills without warning and starts again.</summary>
public sealed class NodeProcess(string program, Uri url, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private const int MostKept = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentQueue<string> said = new();
    private Process? process;

    /// <summary>For how long one answer is waited for.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);

    public bool Runs => process is not null;

    /// <summary>The last it printed, over all its lives: with only warnings on, what went wrong in it.</summary>
    public IEnumerable<string> Said => said.Select(line => $"{url.Port}: {line}");

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        // Who listens there already would be taken for it.
        if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(taken => taken.Port == url.Port))
        {
            throw new NothingToSayException($"somebody else listens at port {url.Port}");
        }

        process = Start(program, url, settings, Hear);
        var since = Stopwatch.GetTimestamp();
        while (!await AnswersAsync("sign-in"))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The server did not come up:{Environment.NewLine}{string.Join(Environment.NewLine, said)}");
            }

            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new NothingToSayException($"the server runs and does not answer:{Environment.NewLine}{string.Join(Environment.NewLine, said)}");
            }

            await Task.Delay(Look);
        }
    }

    /// <summary>kill -9: nothing is written any more, nobody is told.</summary>
    public async Task KillAsync()
    {
        if (process is { } running)
        {
            process = null;
            running.Kill();
            await running.WaitForExitAsync();
            running.Dispose();
        }
    }

    /// <summary>Whether the node says that it can take work.</summary>
    public Task<bool> IsReadyAsync() => AnswersAsync("health/ready");

    /// <summary>Runs a command of the program to its end: whether it found nothing wrong, and what it printed.</summary>
    public static async Task<(bool Holds, IReadOnlyList<string> Said)> CommandAsync(string program, Uri url, IReadOnlyDictionary<string, string> settings, string command)
    {
        var lines = new ConcurrentQueue<string>();
        using var run = Start(program, url, settings, lines.Enqueue, command);
        await run.WaitForExitAsync();
        return (run.ExitCode == 0, [.. lines]);
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, Timeout = AnswerWithin };
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            // It does not listen yet, or stands still.
            return false;
        }
    }

    private static Process Start(string program, Uri url, IReadOnlyDictionary<string, string> settings, Action<string> hear, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Urls"] = url.ToString();
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var started = Process.Start(start)!;
        started.OutputDataReceived += (_, line) => Say(line.Data);
        started.ErrorDataReceived += (_, line) => Say(line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;

        void Say(string? line)
        {
            if (line is not null)
            {
                hear(line);
            }
        }
    }

    private void Hear(string line)
    {
        said.Enqueue(line);
        while (said.Count > MostKept)
        {
            said.TryDequeue(out _);
        }
    }
}
