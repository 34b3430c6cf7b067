namespace Loket.Web.Tests.Architecture;

internal static class Found
{
    /// <summary>Fails with every fault on a line of its own.</summary>
    public static void Nothing(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        if (all.Count > 0)
        {
            Assert.Fail($"{all.Count} faults:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
        }
    }
}
