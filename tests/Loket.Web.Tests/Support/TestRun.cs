using Loket.Web.Tests.Support;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework($"Loket.Web.Tests.Support.{nameof(TestRun)}", "Loket.Web.Tests")]

namespace Loket.Web.Tests.Support;

/// <summary>The run as a whole: what all tests shared is gone when the last one is done. Leaving it to the end of the process is too late.</summary>
public sealed class TestRun : XunitTestFramework
{
    public TestRun(IMessageSink messages)
        : base(messages) => DisposalTracker.Add(new CleanUp());

    private sealed class CleanUp : IDisposable
    {
        public void Dispose()
        {
            SqlServerDatabases.DropAll();
            SqliteDatabases.Forget();
        }
    }
}
