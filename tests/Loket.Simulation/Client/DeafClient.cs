using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Loket.Simulation.Client;

/// <summary>A connection whose other side says that it is there and never reads: what comes fills the buffers in between.</summary>
public sealed class DeafClient : IAsyncDisposable
{
    private const int SmallestBuffer = 4096;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource over = new();
    private Task pings = Task.CompletedTask;

    /// <summary>The server has ended it.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>Connected with these cookies, present, following this case and the voice of this talk, and from now on deaf.</summary>
    public static async Task<DeafClient> EnterAsync(Uri address, CookieContainer cookies, string caseId, string talk)
    {
        var deaf = new DeafClient();
        deaf.socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        deaf.socket.Options.SetRequestHeader("Cookie", cookies.GetCookieHeader(address));
        using var through = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ConnectCallback = SmallAsync });
        await deaf.socket.ConnectAsync(new UriBuilder(new Uri(address, "hubs/live")) { Scheme = "ws" }.Uri, through, CancellationToken.None);
        await deaf.SayAsync("""{"protocol":"json","version":1}""");
        await deaf.socket.ReceiveAsync(new byte[SmallestBuffer], CancellationToken.None);
        await deaf.SayAsync("""{"type":1,"target":"Enter","arguments":[]}""");
        await deaf.SayAsync($$"""{"type":1,"target":"WatchCase","arguments":["{{caseId}}"]}""");
        await deaf.SayAsync($$"""{"type":1,"target":"JoinVoice","arguments":["{{talk}}"]}""");
        deaf.pings = deaf.BeatAsync();
        return deaf;
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await pings;
        socket.Dispose();
        over.Dispose();
    }

    private static async ValueTask<Stream> SmallAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var line = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = SmallestBuffer, NoDelay = true };
        await line.ConnectAsync(context.DnsEndPoint, ct);
        return new NetworkStream(line, ownsSocket: true);
    }

    private async Task BeatAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Beat);
            while (await timer.WaitForNextTickAsync(over.Token))
            {
                await SayAsync("""{"type":6}""");
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody needs it any more.
        }
        catch (Exception dropped) when (dropped is WebSocketException or IOException)
        {
            IsDropped = true;
        }
    }

    private Task SayAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, over.Token);
}
