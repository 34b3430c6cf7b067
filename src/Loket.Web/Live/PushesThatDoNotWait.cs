using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;

namespace Loket.Web.Live;

/// <summary>
/// A push goes to whoever can take it now. A connection whose other side does not read would make everybody wait who pushes
/// to a group it is in: the journal tail, and with it all hints of this node. So nobody waits; what cannot be sent stays
/// with its connection, until the transport ends that (<see cref="SendPatience"/>). A lost push costs a look, never an offer.
/// </summary>
public sealed class PushesThatDoNotWait(ILogger<DefaultHubLifetimeManager<LiveHub>> log) : DefaultHubLifetimeManager<LiveHub>(log)
{
    /// <summary>So long one send to a connection may take before the connection is ended.</summary>
    public static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(5);

    /// <summary>So many pushes may wait for slow connections at once; beyond that who pushes waits too, so that memory stays bounded.</summary>
    private const int MostWaiting = 2_000;

    /// <summary>So many bytes wait in the system for a browser that does not read; by itself it would take megabytes a connection.</summary>
    private const int SendBuffer = 128 * 1024;

    private int waiting;

    /// <summary>The socket that the server listens with; what it accepts takes over its buffer.</summary>
    public static Socket Listen(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.SendBufferSize = SendBuffer;
        return socket;
    }

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        LetGo(base.SendGroupAsync(groupName, methodName, args, cancellationToken));

    public override Task SendConnectionAsync(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        LetGo(base.SendConnectionAsync(connectionId, methodName, args, cancellationToken));

    private Task LetGo(Task push)
    {
        if (push.IsCompleted || Volatile.Read(ref waiting) >= MostWaiting)
        {
            return push;
        }

        Interlocked.Increment(ref waiting);
        _ = EndAsync(push);
        return Task.CompletedTask;
    }

    private async Task EndAsync(Task push)
    {
        // A connection that ended meanwhile is no fault: its page asks for everything when it comes back.
        await push.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref waiting);
    }
}
