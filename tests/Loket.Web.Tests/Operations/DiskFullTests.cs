using System.Diagnostics;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Operations;

/// <summary>The disk of the embedded database fills up under load, and space is made.</summary>
[Collection(ServerCollection.Name)]
public sealed class DiskFullTests(ITestOutputHelper output)
{
    private const int Utrecht = 1001;
    private const int Piece = 64 * 1024;

    [SmallDiskFact]
    public async Task Nothing_is_acknowledged_that_is_not_there_nothing_is_damaged_and_with_space_again_it_works_without_a_restart()
    {
        using var disk = new SmallDisk(megabytes: 64);
        var data = Path.Combine(disk.Path, "data");
        System.IO.Directory.CreateDirectory(data);
        var acknowledged = new List<string>();
        await using (var server = await ServerProcess.StartAsync(data))
        {
            using var desk = await Session.At(server.Address).SignInAsync(Utrecht);
            await OpenAsync(desk, acknowledged);
            var ballast = Fill(disk.Path);

            var refused = await OpenUntilAsync(desk, acknowledged, answer => answer.Status != 200 && answer.Status != 201);
            Assert.Equal((503, "database-gone"), (refused.Status, refused.Code));
            Assert.Contains("niet bewaard", refused.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
            Assert.Equal(200, (await desk.GetAsync("/health/live")).Status);
            await Until.TrueAsync(async () => (await desk.GetAsync("/health/ready")).Status == 503, "readiness to be red");

            var before = acknowledged.Count;
            File.Delete(ballast);
            var freed = Stopwatch.GetTimestamp();
            await OpenUntilAsync(desk, acknowledged, answer => answer.Status is 200 or 201);
            await Until.TrueAsync(async () => (await desk.GetAsync("/health/ready")).Status == 200, "readiness to be green again");
            var green = Stopwatch.GetElapsedTime(freed);
            await OpenAsync(desk, acknowledged);
            foreach (var id in acknowledged)
            {
                (await desk.GetAsync($"/api/v1/cases/{id}")).Ok();
            }

            output.WriteLine($"{before} acknowledged until the disk was full, {acknowledged.Count} with those after; ready {green.TotalSeconds:0.0} s after there was space");
            await server.KillAsync();
        }

        foreach (var command in (string[])["verify-journal", "verify-state"])
        {
            var (exit, said) = await ServerProcess.RunAsync(data, command);
            Assert.True(exit == 0, said);
        }
    }

    private static async Task OpenAsync(Session desk, List<string> acknowledged)
    {
        for (var time = 0; time < 20; time++)
        {
            acknowledged.Add(await desk.OpenCaseAsync());
        }
    }

    private static async Task<Answer> OpenUntilAsync(Session desk, List<string> acknowledged, Func<Answer, bool> enough)
    {
        Answer answer = null!;
        await Until.TrueAsync(
            async () =>
            {
                answer = await desk.PostAsync("/api/v1/cases", new { question = new string('x', 900), kind = "none", topic = "debts", municipality = "gm0518" });
                if (answer.Status is 200 or 201)
                {
                    acknowledged.Add(answer["caseId"]);
                }

                return enough(answer);
            },
            "another answer");
        return answer;
    }

    // Up to the last byte.
    private static string Fill(string folder)
    {
        var file = Path.Combine(folder, "ballast");
        using var ballast = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var piece = new byte[Piece];
        try
        {
            while (true)
            {
                ballast.Write(piece);
            }
        }
        catch (IOException)
        {
            return file;
        }
    }
}
