using System.Globalization;

namespace Loket.Benchmarks.Figures;

/// <summary>From starting the built program to its first page: Loket on a database full of cases, and the bare floor.</summary>
public sealed class StartToReady : Bench
{
    public override string Name => "start";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var count = effort == Effort.Quick ? 100_000 : 1_000_000;
        var data = Path.Combine(folder, "loket");
        await (await FilledDatabase.NewAsync(data, ManyCases.Tables, ManyCases.Rows(count, withJournal: false))).DisposeAsync();
        // The first start after an import by hand notes what was imported.
        var (first, _) = await ServerProcess.LoketAsync(data);
        await first.DisposeAsync();
        var rounds = new List<(double, double)>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            var (floor, floorTook) = await ServerProcess.FloorAsync(folder);
            await floor.DisposeAsync();
            var (loket, took) = await ServerProcess.LoketAsync(data);
            await loket.DisposeAsync();
            rounds.Add((took.TotalMilliseconds, floorTook.TotalMilliseconds));
        }

        return
        [
            Figure.Lower(
                $"start to first page, {count.ToString("N0", CultureInfo.InvariantCulture)} cases", "ms", 3, rounds,
                "from starting the process to the first page answered (Loket: the sign-in page on an imported database with that many open cases; floor: a bare MVC and SignalR program's page)"),
        ];
    }
}
