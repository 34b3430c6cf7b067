using Loket.Domain.Search;
using Loket.Web.Data;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Schemes;

namespace Loket.Web.Features.Search;

/// <summary>Where the files of the index lie.</summary>
public sealed record SearchFolder(string Path);

/// <summary>
/// The index of now. Its file is named after the reference files it was made of: changed files make a new one, which is
/// swapped in whole while questions go on; an unchanged set is opened as it lies there.
/// </summary>
public sealed class SearchIndex(SearchFolder folder, IServiceProvider services, SchemeBook schemes)
{
    // Changes when the documents are made in another way.
    private const string Version = "1";
    private const string WordsFile = "search-words.csv";
    private readonly Lock door = new();
    private volatile State? state;

    /// <summary>The open index and the words of everyday that stand for others.</summary>
    public sealed record State(SearchFile File, IReadOnlyDictionary<string, IReadOnlyList<string>> Means, string Name);

    public State Now => state ?? Refresh();

    /// <summary>Opens the index that belongs to the reference files, and makes it first when it is not there.</summary>
    public State Refresh()
    {
        lock (door)
        {
            var name = $"search-{Version}-{ImportStamp.Of(ImportReference.Folder, demo: false)[..16]}.db";
            if (state?.Name == name)
            {
                return state;
            }

            var path = System.IO.Path.Combine(folder.Path, name);
            if (!File.Exists(path))
            {
                SearchFile.Build(path, SearchEntries.Of(ImportReference.Folder, services.GetRequiredService<ReferenceSet>(), schemes));
            }

            var before = state;
            state = new State(SearchFile.At(path), Means(System.IO.Path.Combine(ImportReference.Folder, WordsFile)), name);
            before?.File.Close();
            DropOthers(name);
            return state;
        }
    }

    /// <summary><c>said,means</c>: the word people say, and the words they mean by it, parted by <c>|</c>.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Means(string path) => !File.Exists(path) ? [] : File.ReadLines(path).Skip(1)
        .Select(line => line.Split(',', 2)).Where(cells => cells.Length == 2)
        .GroupBy(cells => SearchWords.Stem(SearchWords.Raw(cells[0])[0]), StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.SelectMany(cells => cells[1].Split('|')).SelectMany(SearchWords.Of).Distinct(StringComparer.Ordinal)], StringComparer.Ordinal);

    private void DropOthers(string name)
    {
        foreach (var old in System.IO.Directory.GetFiles(folder.Path, "search-*.db").Where(f => System.IO.Path.GetFileName(f) != name))
        {
            try
            {
                File.Delete(old);
            }
            catch (IOException)
            {
                // Another process still reads it, or dropped it first.
            }
        }
    }
}

/// <summary>Opens the index a moment after the start: the first question does not wait, and neither does the start.</summary>
public sealed class WarmSearch(SearchIndex index, TimeProvider clock, ILogger<WarmSearch> log) : BackgroundService
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(AfterStart, clock, stoppingToken);
        try
        {
            var words = index.Refresh().File.Words.Count;
            log.LogInformation("Search is ready: {Words} words", words);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Faulty reference files, a full disk: the first question tries again, everything else works.
            log.LogError(fault, "The search index cannot be made");
        }
    }
}
