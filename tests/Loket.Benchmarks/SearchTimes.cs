using System.Globalization;
using CsvHelper;

namespace Loket.Benchmarks;

/// <summary>How long an answer takes at the server, in milliseconds: the very first after the start, and over all that follow.</summary>
public sealed record SearchTimesResult(int Queries, int Asked, double First, double Median, double P99)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Queries} queries, {Asked} asked one after the other: first {First:0.0} ms, p50 {Median:0.0} ms, p99 {P99:0.0} ms at the server");
}

/// <summary>Asks the 150 queries of professionals over HTTP; the times are those the host logs.</summary>
public static class SearchTimes
{
    public const double Limit = 50;
    private const string Path = "/api/v1/search";

    public static async Task<SearchTimesResult> RunAsync(int rounds, string folder)
    {
        var queries = Queries();
        var (loket, _) = await ServerProcess.LoketAsync(folder, timeRequests: true);
        await using var server = loket;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = loket.Address };
        loket.ForgetTimes();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var query in queries)
            {
                using var answer = await http.GetAsync(new Uri(query, UriKind.Relative));
                answer.EnsureSuccessStatusCode();
            }
        }

        var times = await loket.TakeTimesAsync(Path, rounds * queries.Count);
        return new(queries.Count, times.Count, times[0], Sample.Median(times), Sample.Percentile(times, 0.99));
    }

    private static List<string> Queries()
    {
        using var csv = new CsvReader(new StreamReader(System.IO.Path.Combine(AppContext.BaseDirectory, "search-queries.csv")), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var queries = new List<string>();
        while (csv.Read())
        {
            queries.Add($"{Path}?q={Uri.EscapeDataString(csv.GetField("query")!)}&lang={csv.GetField("lang")}&municipality={csv.GetField("municipality")}");
        }

        return queries;
    }
}
