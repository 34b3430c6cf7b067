using System.Diagnostics;
using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Specialist;
using Loket.Web.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Benchmarks.Figures;

/// <summary>What a professional opens all day, over very many cases and over ten thousand: the own queue, and the page of a case.</summary>
public sealed class CasePages : Bench
{
    private const int Few = 10_000;

    public override string Name => "case-pages";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var count = effort == Effort.Quick ? 100_000 : 10_000_000;
        await using var few = await Pages.NewAsync(Path.Combine(folder, "few"), Few);
        await using var many = await Pages.NewAsync(Path.Combine(folder, "many"), count);
        await RoundAsync(60);
        var rounds = new List<((double, double) Queue, (double, double) Page)>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            rounds.Add(await RoundAsync(60));
        }

        var size = count.ToString("N0", CultureInfo.InvariantCulture);
        var settings = $"p50 of 60 a round; everybody has {ManyCases.OfDesk} open cases and as many promises; floor: the same over {Few} cases; both on SQLite, in turns";
        return
        [
            Figure.Lower($"my queue, {size} cases", "ms", 1.5, [.. rounds.Select(r => r.Queue)], $"SpecialistQuery.LineAsync; {settings}"),
            Figure.Lower($"case page, {size} cases", "ms", 1.5, [.. rounds.Select(r => r.Page)], $"DeskQuery.CaseAsync of each of the desk's cases in turn, the list of them beside it; {settings}"),
        ];

        async Task<((double, double) Queue, (double, double) Page)> RoundAsync(int times)
        {
            var (queues, fewQueues, pages, fewPages) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var i = 0; i < times; i++)
            {
                queues.Add(await many.QueueAsync());
                fewQueues.Add(await few.QueueAsync());
                pages.Add(await many.PageAsync(i));
                fewPages.Add(await few.PageAsync(i));
            }

            return ((Sample.Median(queues), Sample.Median(fewQueues)), (Sample.Median(pages), Sample.Median(fewPages)));
        }
    }

    private sealed class Pages(ServiceProvider services, Actor desk, Actor specialist, int cases) : IAsyncDisposable
    {
        public static async Task<Pages> NewAsync(string folder, int cases)
        {
            var services = await FilledDatabase.NewAsync(folder, ManyCases.Tables, ManyCases.Rows(cases, withJournal: true));
            var db = services.GetRequiredService<Db>();
            return new Pages(services, (await Actor.LoadAsync(db, ManyCases.Desk))!, (await Actor.LoadAsync(db, ManyCases.Specialist))!, cases);
        }

        public async Task<double> QueueAsync()
        {
            using var scope = services.CreateScope();
            var query = scope.ServiceProvider.GetRequiredService<SpecialistQuery>();
            var began = Stopwatch.GetTimestamp();
            var view = await query.LineAsync(specialist, FormState.Empty);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            return view.Today.Count == ManyCases.OfDesk ? took : throw new InvalidOperationException($"The queue shows {view.Today.Count} rows");
        }

        public async Task<double> PageAsync(int turn)
        {
            using var scope = services.CreateScope();
            var query = scope.ServiceProvider.GetRequiredService<DeskQuery>();
            var id = (long)ManyCases.Step(cases) * ((turn % ManyCases.OfDesk) + 1);
            var began = Stopwatch.GetTimestamp();
            var view = await query.CaseAsync(desk, id, null, FormState.Empty);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            return view is { Case.MayEdit: true } && view.Worklist.Count == ManyCases.OfDesk ? took : throw new InvalidOperationException("The page is not what was written");
        }

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }
}
