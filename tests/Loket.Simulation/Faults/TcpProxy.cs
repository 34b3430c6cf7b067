using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Loket.Simulation.Faults;

/// <summary>
/// A cable to another server that can be cut: open connections break, new ones are refused, until it is mended. Or that goes
/// dead without a word: connections stay open and nothing comes through any more, as when a network is lost.
/// </summary>
public sealed class TcpProxy(string host, int port) : IAsyncDisposable
{
    private const int BufferSize = 16 * 1024;
    private readonly ConcurrentBag<Socket> open = [];
    private TcpListener? listener;
    private volatile bool isDead;

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

    /// <summary>From now on everything that is sent is lost, and nobody is told.</summary>
    public void GoDead() => isDead = true;

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

    private async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            await using var source = new NetworkStream(from, ownsSocket: true);
            await using var target = new NetworkStream(to, ownsSocket: false);
            var buffer = new byte[BufferSize];
            while (await source.ReadAsync(buffer) is > 0 and var read)
            {
                if (!isDead)
                {
                    await target.WriteAsync(buffer.AsMemory(0, read));
                }
            }

            if (!isDead)
            {
                to.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // Cut, or reset by the death of one end: the other hears of it, or it would keep that session and its locks.
            if (!isDead)
            {
                to.Close(0);
            }
        }
    }
}
