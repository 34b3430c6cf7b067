using System.Diagnostics;

namespace Loket.Web.Tests.Support;

/// <summary>From now until it is disposed the firewall of this machine throws away every packet to and from one of its own addresses.</summary>
internal sealed class DroppedNetwork : IDisposable
{
    private static readonly string[] Directions = ["--destination", "--source"];
    private readonly string address;

    public DroppedNetwork(string address)
    {
        this.address = address;
        Rule("--insert");
    }

    public void Dispose() => Rule("--delete");

    private void Rule(string how)
    {
        foreach (var direction in Directions)
        {
            using var firewall = Process.Start("iptables", ["--wait", how, "INPUT", direction, address, "--jump", "DROP"]);
            firewall.WaitForExit();
            Assert.Equal(0, firewall.ExitCode);
        }
    }
}
