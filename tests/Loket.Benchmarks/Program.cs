using System.Diagnostics;
using System.Globalization;
using Loket.Benchmarks;
using Loket.Benchmarks.Figures;
using Loket.Benchmarks.Floor;

if (args is [FloorApp.Word, ..])
{
    await FloorApp.RunAsync(args);
    return 0;
}

// ring [--specialists 500] [--lines 60] [--per-second 50] [--seconds 60]: no ratio, a load with what must hold under it.
if (args is ["ring", ..])
{
    int Number(string option, int otherwise) => int.TryParse(After(option), CultureInfo.InvariantCulture, out var n) ? n : otherwise;
    var plan = new RingLoadPlan(Number("--specialists", 500), Number("--lines", 60), Number("--per-second", 50), TimeSpan.FromSeconds(Number("--seconds", 60)));
    var place = Directory.CreateTempSubdirectory("loket-ring-").FullName;
    var result = await new RingLoad(plan, place).RunAsync();
    Console.WriteLine($"{plan.Specialists} specialists on {plan.Lines} lines: {result}");
    return result is { Lost: 0, DoubleOffers: 0, TwoAcceptances: 0 } ? 0 : 1;
}

// search [--rounds 5]: how soon an answer is there, against the limit of 50 ms.
if (args is ["search", ..])
{
    var folderOfSearch = Directory.CreateTempSubdirectory("loket-search-").FullName;
    var result = await SearchTimes.RunAsync(int.TryParse(After("--rounds"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 5, folderOfSearch);
    Directory.Delete(folderOfSearch, recursive: true);
    Console.WriteLine(result);
    return result.P99 < SearchTimes.Limit ? 0 : 1;
}

// To add a figure, add a bench; the report and the JSON follow.
Bench[] all = [new OfferHint(), new HandoffSteps(), new HandoffStepsOverHttp(), new DeafListeners(), new ManyOnline(), new DeskPage(), new CasePages(), new ChainBoard(), new LiveWall(), new DeadlineFiring(), new TermAnswers(), new StartToReady()];
var only = After("--only");
var json = After("--json");
var effort = args.Contains("--quick") ? Effort.Quick : Effort.Full;
var figures = new List<Figure>();
// Waiting until connections that never read are given up takes as long as all the rest: quickly it is measured only by name.
foreach (var bench in all.Where(b => only is null ? effort != Effort.Quick || b is not DeafListeners : b.Name == only))
{
    var folder = Directory.CreateTempSubdirectory("loket-benchmark-").FullName;
    var began = Stopwatch.GetTimestamp();
    try
    {
        figures.AddRange(await bench.RunAsync(effort, folder));
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }

    Console.WriteLine($"{bench.Name}: {Stopwatch.GetElapsedTime(began).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
}

if (figures.Count == 0)
{
    Console.Error.WriteLine($"Choose one of: {string.Join(", ", all.Select(b => b.Name))}");
    return 2;
}

Report.Print(figures);
if (json is not null)
{
    Report.Write(figures, json);
}

return 0;

string? After(string option) => Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
