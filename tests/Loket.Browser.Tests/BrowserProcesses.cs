using System.Diagnostics;
using System.Globalization;

namespace Loket.Browser.Tests;

/// <summary>The operating system's processes of one browser, found by the mark it was started with.</summary>
internal static class BrowserProcesses
{
    /// <summary>Ends the browser, or whatever is left of it, at once, as a crash or a power cut does.</summary>
    public static Task KillAsync(string mark) => SignalAsync("-KILL", Of(mark));
    /// <summary>Freezes every process of the browser: connections stay open and nothing answers, as with a closed lid.</summary>
    public static Task FreezeAsync(string mark) => SignalAsync("-STOP", Of(mark));

    private static IReadOnlyList<int> Of(string mark)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ParentOf(id), Line: Read($"/proc/{id}/cmdline")))
            .ToList();
        var found = all.Where(p => p.Line.Contains($"--loket-test={mark}", StringComparison.Ordinal)).Select(p => p.Id).ToHashSet();
        while (all.Exists(p => found.Contains(p.Parent) && found.Add(p.Id)))
        {
            // Children of children, until there are no more.
        }

        return [.. found];
    }

    private static int ParentOf(int id)
    {
        var stat = Read($"/proc/{id}/stat");
        var after = stat.LastIndexOf(") ", StringComparison.Ordinal);
        return after < 0 ? 0 : int.Parse(stat[(after + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task SignalAsync(string signal, IReadOnlyList<int> processes)
    {
        if (processes.Count == 0)
        {
            return;
        }

        using var kill = Process.Start("kill", [signal, .. processes.Select(p => p.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync();
    }
}
