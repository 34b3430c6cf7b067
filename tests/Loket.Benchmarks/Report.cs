using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Loket.Benchmarks;

/// <summary>The figures for people and for programs.</summary>
public static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print(IReadOnlyList<Figure> figures)
    {
        var name = figures.Max(f => f.Name.Length);
        var rule = new string('-', name + 58);
        Console.WriteLine();
        Console.WriteLine($"{"figure".PadRight(name)}  {"value",12}  {"floor",12}  {"ratio",7}  {"goal",7}");
        Console.WriteLine(rule);
        foreach (var f in figures)
        {
            Console.WriteLine(
                $"{f.Name.PadRight(name)}  {Show(f.Value, f.Unit),12}  {Show(f.Floor, f.Unit),12}  {Number(f.Ratio),7}  {(f.Better == "lower" ? "≤ " : "≥ ") + Number(f.Goal),7}  {(f.Met ? "met" : "MISSED")}");
        }

        Console.WriteLine(rule);
        foreach (var f in figures)
        {
            Console.WriteLine($"{f.Name}: median of {f.Runs} runs; {f.Settings}");
        }

        Console.WriteLine();
        var missed = figures.Count(f => !f.Met);
        Console.WriteLine(missed == 0 ? "All goals met." : $"{missed} of {figures.Count} goals missed.");
    }

    /// <summary>One object a figure.</summary>
    public static void Write(IReadOnlyList<Figure> figures, string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        File.WriteAllText(file, JsonSerializer.Serialize(figures, Json) + "\n");
    }

    private static string Show(double value, string unit) => $"{Number(value)} {unit}";

    private static string Number(double value) => value switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
