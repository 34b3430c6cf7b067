using Loket.Simulation.Client;

namespace Loket.Benchmarks.Figures;

/// <summary>What the server spends on the front-office page of a case, beside a bare page with one durable commit.</summary>
public sealed class DeskPage : Bench
{
    // The runtime compiles what is hot a second time; before that it is not the program that runs all day.
    private const int WarmUp = 1500;

    public override string Name => "page";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var pages = 100 * effort.Scale;
        var (loket, _) = await ServerProcess.LoketAsync(Path.Combine(folder, "loket"), timeRequests: true);
        await using var loketServer = loket;
        var (floor, _) = await ServerProcess.FloorAsync(folder, timeRequests: true);
        await using var floorServer = floor;
        await using var desk = await Professional.SignInAsync(loket.Address, (await People.DeskAsync(loket.Address)).Id);
        var cases = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            cases.Add(await Handoffs.OpenCaseAsync(desk, "debts", "gm0518"));
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = floor.Address };
        await RoundAsync(WarmUp);
        var rounds = new List<(double, double)>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            rounds.Add(await RoundAsync(pages));
        }

        return
        [
            Figure.Lower(
                "front-office page, server time", "ms", 3, rounds,
                $"GET /cases/{{id}} of one of 20 open cases, {pages} pages a round, one after the other; every reading in the access log (the case and the list beside it); times are those the host logs; floor: bare MVC page with one durable commit"),
        ];

        async Task<(double Value, double Floor)> RoundAsync(int count)
        {
            loket.ForgetTimes();
            floor.ForgetTimes();
            for (var i = 0; i < count; i++)
            {
                await desk.PageAsync($"/cases/{cases[i % cases.Count]}");
                using var bare = await http.GetAsync(new Uri("/page-and-commit", UriKind.Relative));
            }

            return (Sample.Median(await loket.TakeTimesAsync("/cases/", count)), Sample.Median(await floor.TakeTimesAsync("/page-and-commit", count)));
        }
    }
}
