namespace Loket.Web.Tests.Support;

/// <summary>Runs when <c>LOKET_TEST_FIREWALL</c> is 1: as root, with iptables; without it the test is reported as skipped, by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FirewallFactAttribute : FactAttribute
{
    private const string Variable = "LOKET_TEST_FIREWALL";

    public FirewallFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1")
        {
            Skip = $"{Variable} is not 1: not run with a firewall";
        }
    }
}
