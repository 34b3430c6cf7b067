using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Loket.Benchmarks;

/// <summary>
/// A server in a process of its own: Loket as it is built, or the bare floor. Its time per request is what its host logs
/// when a request finished, so the client's share is not in it.
/// </summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentQueue<(string Path, double Milliseconds)> requests = new();

    private ServerProcess(Uri address, Process process)
    {
        Address = address;
        this.process = process;
    }

    public Uri Address { get; }

    /// <summary>Loket on a data folder; virtual colleagues are off, so that only who is measured answers.</summary>
    public static Task<(ServerProcess Server, TimeSpan Took)> LoketAsync(string dataFolder, bool timeRequests = false, bool collectsOften = false)
    {
        var address = FreeAddress();
        return StartAsync(address, "sign-in", timeRequests, collectsOften, [Path.Combine(AppContext.BaseDirectory, "Loket.Web.dll")], new()
        {
            ["Urls"] = address.ToString(),
            ["Data__Path"] = dataFolder,
            ["Demo__Colleagues"] = "false",
            ["Reference__RequestsAMinute"] = "1000000",
            // Every reading its own line: the page as it costs when it is opened, not when it is asked again.
            ["Access__WindowSeconds"] = "0",
            ["Logging__LogLevel__Default"] = "Warning",
        });
    }

    /// <summary>The bare floor; its commits go to a file in the same kind of folder.</summary>
    public static Task<(ServerProcess Server, TimeSpan Took)> FloorAsync(string dataFolder, bool timeRequests = false, bool collectsOften = false)
    {
        var address = FreeAddress();
        return StartAsync(
            address, "page", timeRequests, collectsOften,
            [Path.Combine(AppContext.BaseDirectory, "Loket.Benchmarks.dll"), Floor.FloorApp.Word, address.ToString(), Path.Combine(dataFolder, "floor.db")],
            new() { ["Logging__LogLevel__Default"] = "Warning" });
    }

    /// <summary>The server time of the requests that finished since the last call, whose path starts so.</summary>
    public async Task<List<double>> TakeTimesAsync(string path, int expected)
    {
        var times = new List<double>();
        var since = Stopwatch.GetTimestamp();
        while (times.Count < expected && Stopwatch.GetElapsedTime(since) < Patience)
        {
            if (!requests.TryDequeue(out var request))
            {
                await Task.Delay(5);
            }
            else if (request.Path.StartsWith(path, StringComparison.Ordinal))
            {
                times.Add(request.Milliseconds);
            }
        }

        return times;
    }

    /// <summary>The resident memory of the process, in bytes.</summary>
    public long Memory()
    {
        process.Refresh();
        return process.WorkingSet64;
    }

    public void ForgetTimes() => requests.Clear();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static async Task<(ServerProcess Server, TimeSpan Took)> StartAsync(
        Uri address, string firstPage, bool timeRequests, bool collectsOften, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath! : "dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (collectsOften)
        {
            // The same collector in both, and one that does not wait until there is much: else what is resident says how
            // long ago it last ran, and not what is held.
            start.Environment["DOTNET_gcServer"] = "0";
            start.Environment["DOTNET_GCgen0MaxBudget"] = "0x600000";
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        if (timeRequests)
        {
            start.Environment["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Information";
            start.Environment["Logging__Console__FormatterOptions__SingleLine"] = "true";
        }

        var began = Stopwatch.GetTimestamp();
        var server = new ServerProcess(address, Process.Start(start)!);
        server.process.OutputDataReceived += (_, line) => server.Read(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Read(line.Data);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await server.WaitForAsync(firstPage, began);
        return (server, Stopwatch.GetElapsedTime(began));
    }

    private async Task WaitForAsync(string page, long began)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(page, UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"The server did not come up:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
            }

            await Task.Delay(5);
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (Finished().Match(line) is { Success: true } match)
        {
            requests.Enqueue((match.Groups["path"].Value, double.Parse(match.Groups["ms"].ValueSpan, CultureInfo.InvariantCulture)));
        }
        else if (lines.Count < 200)
        {
            lines.Enqueue(line);
        }
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    [GeneratedRegex(@"Request finished HTTP/\S+ \S+ https?://[^/]+(?<path>/\S*) .* (?<ms>[0-9.]+)ms", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Finished();
}
