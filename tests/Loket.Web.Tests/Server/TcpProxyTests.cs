using System.Net;
using System.Net.Sockets;
using Loket.Simulation.Faults;

namespace Loket.Web.Tests.Server;

/// <summary>The cable of the simulation to a server.</summary>
public sealed class TcpProxyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A killed node leaves no session behind that holds its locks.
    [Fact]
    public async Task Who_dies_at_one_end_is_gone_at_the_other()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var cable = new TcpProxy("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        cable.Mend();
        using var near = new TcpClient("127.0.0.1", cable.Port);
        using var far = await listener.AcceptSocketAsync();
        near.Client.Send([1]);
        Assert.Equal(1, await far.ReceiveAsync(new byte[1]).WaitAsync(Patience));

        near.Client.Close(0); // As when the process is killed: not closed, reset.

        await EndAsync(far).WaitAsync(Patience);
    }

    private static async Task EndAsync(Socket socket)
    {
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1]));
        }
        catch (SocketException)
        {
            // Reset: gone as well.
        }
    }
}
