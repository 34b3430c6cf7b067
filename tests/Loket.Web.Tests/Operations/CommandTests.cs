using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Operations;

public sealed class CommandTests
{
    [Fact]
    public async Task A_word_that_is_no_command_starts_nothing_and_says_which_there_are()
    {
        using var data = new TempFolder();
        var (exitCode, output) = await ServerProcess.RunAsync(data.Path, "verify-jurnal");
        Assert.Equal(2, exitCode);
        Assert.All((string[])["'verify-jurnal'", "verify-journal", "verify-state", "rotate-keys", "recount-reports"], word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.False(File.Exists(data.In("loket.db")));
    }
}
