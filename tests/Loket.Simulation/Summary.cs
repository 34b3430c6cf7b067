using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Loket.Simulation.Checks;

namespace Loket.Simulation;

/// <summary>What happened, as a table for people and as JSON for programs.</summary>
public sealed record Summary(
    int Professionals, int Nodes, double Seconds, string Faults, int Loops, int Kills, int Cases, int CasesNotCounted, IReadOnlyDictionary<string, int> Counts,
    IReadOnlyDictionary<string, int> HandoffsByState, IReadOnlyDictionary<string, int> Refusals, IReadOnlyList<Timing> Calls, string? Verified, IReadOnlyList<string> Violations)
{
    private const int MostShown = 40;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Summary Of(Options options, int professionals, TimeSpan time, int kills, Ledger ledger, FinalState final, string? verified) => new(
        professionals, options.Urls.Count, Math.Round(time.TotalSeconds, 1), options.Faults.ToString().ToLowerInvariant(), options.Loops, kills, final.Cases, final.Unsure, ledger.Counts, final.Ends,
        ledger.Refusals, [.. ledger.Times.Select(t => Timing.Of(t.What, t.Milliseconds))], verified, [.. ledger.Violations]);

    public void Print()
    {
        Console.WriteLine($"{Professionals} professionals, {Nodes} {(Nodes == 1 ? "node" : "nodes")}, {Text(Seconds)} s, faults: {Faults}{(Loops > 0 ? $", {Loops} loops" : "")}{(Kills > 0 ? $", nodes killed {Kills} times" : "")}");
        Console.WriteLine();
        Console.WriteLine($"{"call",-42} {"count",7} {"p50 ms",9} {"p99 ms",9} {"max ms",9}");
        foreach (var call in Calls)
        {
            Console.WriteLine($"{call.What,-42} {call.Count,7} {Text(call.P50),9} {Text(call.P99),9} {Text(call.Max),9}");
        }

        Print("count", Counts);
        Print("handoffs at the end", HandoffsByState);
        Print("refused", Refusals);
        Console.WriteLine();
        Console.WriteLine($"{Cases} cases compared with what was acknowledged{(CasesNotCounted > 0 ? $", {CasesNotCounted} with a call that was never answered" : "")}.");
        if (Verified is not null)
        {
            Console.WriteLine(Verified);
        }

        foreach (var violation in Violations.Take(MostShown))
        {
            Console.WriteLine($"VIOLATION {violation}");
        }

        Console.WriteLine(Violations.Count == 0 ? "Every invariant holds." : $"{Violations.Count} violations.");
    }

    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, JsonSerializer.Serialize(this, Json) + "\n");
    }

    private static void Print(string title, IReadOnlyDictionary<string, int> counts)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        foreach (var (what, count) in counts.OrderByDescending(c => c.Value))
        {
            Console.WriteLine($"  {count,7}  {what}");
        }
    }

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}

/// <summary>How long one kind of call took, in milliseconds at the caller.</summary>
public sealed record Timing(string What, int Count, double P50, double P99, double Max)
{
    public static Timing Of(string what, List<double> sample)
    {
        sample.Sort();
        double At(double share) => sample[Math.Clamp((int)Math.Ceiling(share * sample.Count) - 1, 0, sample.Count - 1)];
        return new Timing(what, sample.Count, At(0.5), At(0.99), sample[^1]);
    }
}
