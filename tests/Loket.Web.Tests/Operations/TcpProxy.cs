using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Loket.Web.Tests.Operations;

/// <summary>A cable to another server that can be cut: open connections break, new ones are refused, until it is mended.</summary>
public sealed class TcpProxy(string host, int port) : IAsyncDisposable
{
    private readonly ConcurrentBag<Socket> open = [];
    private TcpListener? listener;

    public int Port { get; private set; }

    public void Mend()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync(listener);
    }

    public void Cut()
    {
        listener!.Stop();
        while (open.TryTake(out var socket))
        {
            socket.Close(0);
        }
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true)
            {
                var near = await from.AcceptSocketAsync();
                var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
                open.Add(near);
                open.Add(far);
                await far.ConnectAsync(host, port);
                _ = PumpAsync(near, far);
                _ = PumpAsync(far, near);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            await using var source = new NetworkStream(from, ownsSocket: true);
            await using var target = new NetworkStream(to, ownsSocket: false);
            await source.CopyToAsync(target);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
