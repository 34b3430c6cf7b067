using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Simulation.Client;

/// <summary>A SignalR client over one WebSocket, without the negotiation that other transports need.</summary>
public sealed class LiveConnection : IAsyncDisposable
{
    private static readonly TimeSpan ServerSilence = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private readonly WebSocketConnections lines;

    /// <summary>A connection, not yet started, to a hub at an http address; signs in with the cookies.</summary>
    public LiveConnection(Uri hub, CookieContainer? cookies = null)
        : this(() => hub, cookies)
    {
    }

    /// <summary>The same, asking for the address at every start.</summary>
    public LiveConnection(Func<Uri> hub, CookieContainer? cookies = null)
    {
        lines = new WebSocketConnections(hub, cookies);
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(lines);
        builder.Services.AddSingleton<EndPoint>(new IPEndPoint(IPAddress.None, 0));
        builder.AddJsonProtocol();
        Hub = builder.Build();
        Hub.ServerTimeout = ServerSilence;
        Hub.KeepAliveInterval = Beat;
    }

    public HubConnection Hub { get; }

    /// <summary>Cuts the line without a word, as a pulled cable does for the programs at both ends.</summary>
    public void Cut() => lines.Last?.Abort();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private sealed class WebSocketConnections(Func<Uri> hub, CookieContainer? cookies) : IConnectionFactory
    {
        public ConnectionContext? Last { get; private set; }

        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            var socket = new ClientWebSocket();
            socket.Options.Cookies = cookies;
            var address = new UriBuilder(hub());
            address.Scheme = address.Scheme == "https" ? "wss" : "ws";
            await socket.ConnectAsync(address.Uri, cancellationToken);
            return Last = new WebSocketConnection(socket);
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    /// <summary>Two pipes around a socket: what SignalR reads and writes, and two loops that carry it over.</summary>
    private sealed class WebSocketConnection : DefaultConnectionContext
    {
        private const int ReadSize = 4096;
        private readonly ClientWebSocket socket;
        private readonly Pipe incoming = new();
        private readonly Pipe outgoing = new();
        private readonly CancellationTokenSource closed = new();
        private readonly Task loops;

        public WebSocketConnection(ClientWebSocket socket)
        {
            this.socket = socket;
            ConnectionId = Guid.NewGuid().ToString("N");
            Transport = new Duplex(incoming.Reader, outgoing.Writer);
            loops = Task.WhenAll(ReceiveAsync(), SendAsync());
        }

        public override void Abort(ConnectionAbortedException abortReason)
        {
            socket.Abort();
            closed.Cancel();
        }

        public override async ValueTask DisposeAsync()
        {
            await outgoing.Writer.CompleteAsync();
            await incoming.Reader.CompleteAsync();
            await closed.CancelAsync();
            await loops;
            socket.Dispose();
            closed.Dispose();
        }

        private async Task ReceiveAsync()
        {
            Exception? fault = null;
            try
            {
                while (true)
                {
                    var received = await socket.ReceiveAsync(incoming.Writer.GetMemory(ReadSize), closed.Token);
                    if (received.MessageType == WebSocketMessageType.Close)
                    {
                        break;
                    }

                    incoming.Writer.Advance(received.Count);
                    if ((await incoming.Writer.FlushAsync(closed.Token)).IsCompleted)
                    {
                        break;
                    }
                }
            }
            catch (Exception stopped) when (stopped is WebSocketException or OperationCanceledException or InvalidOperationException)
            {
                fault = stopped is WebSocketException ? stopped : null;
            }

            await incoming.Writer.CompleteAsync(fault);
        }

        private async Task SendAsync()
        {
            try
            {
                while (true)
                {
                    var read = await outgoing.Reader.ReadAsync(closed.Token);
                    if (!read.Buffer.IsEmpty)
                    {
                        await socket.SendAsync(read.Buffer.ToArray(), WebSocketMessageType.Text, endOfMessage: true, closed.Token);
                    }

                    outgoing.Reader.AdvanceTo(read.Buffer.End);
                    if (read.IsCompleted)
                    {
                        break;
                    }
                }
            }
            catch (Exception stopped) when (stopped is WebSocketException or OperationCanceledException or InvalidOperationException)
            {
                // The line is gone: the reading side reports it.
            }

            await outgoing.Reader.CompleteAsync();
        }
    }
}
