using System.Diagnostics;
using System.Globalization;
using Loket.Domain.Terms;
using Loket.Web;
using Loket.Web.Features.Terms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Benchmarks.Figures;

/// <summary>The term calculator over every start date from 2020 to 2035, with each kind of term: the rule alone, and all that the endpoint does for it.</summary>
public sealed class TermAnswers : Bench
{
    private const double Millisecond = 1000;
    private static readonly string[] Terms = ["P8W", "P13W", "P3M", "P1Y", "P10WD", "-P2W"];

    private static readonly IReadOnlyList<DateOnly> Days =
        [.. Enumerable.Range(0, new DateOnly(2036, 1, 1).DayNumber - new DateOnly(2020, 1, 1).DayNumber).Select(new DateOnly(2020, 1, 1).AddDays)];

    public override string Name => "terms";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        await using var app = DeadlineCrowd.Build(folder, TimeProvider.System, _ => { });
        await app.PrepareAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var calculator = scope.ServiceProvider.GetRequiredService<TermCalculator>();
        var endpoint = ActivatorUtilities.CreateInstance<TermsApi>(scope.ServiceProvider);
        endpoint.ControllerContext = new ControllerContext { HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider } };

        var (rule, answers) = (new List<(double, double)>(), new List<(double, double)>());
        for (var round = 0; round < effort.Rounds; round++)
        {
            rule.Add((PerAnswer((day, term) => calculator.Due(day, Term.Parse(term).Value, TermBasis.Act, [])), Millisecond));
            answers.Add((PerAnswer((day, term) => Answer(endpoint, day, term)), Millisecond));
        }

        var each = $"{Days.Count.ToString("N0", CultureInfo.InvariantCulture)} days from 1 January 2020 to 31 December 2035, each with {string.Join(", ", Terms)}; mean of all; floor: one millisecond";
        return
        [
            Figure.Lower("a term by the rule", "µs", 0.1, rule, each),
            Figure.Lower("a term by the endpoint, without HTTP", "µs", 0.1, answers, $"{each}; reads the question, answers with every step in words"),
        ];
    }

    private static double PerAnswer(Action<DateOnly, string> answer)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var day in Days)
        {
            foreach (var term in Terms)
            {
                answer(day, term);
            }
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / (Days.Count * Terms.Length);
    }

    private static void Answer(TermsApi endpoint, DateOnly day, string term)
    {
        if (endpoint.Due(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), term, "act", null, null, null, null).Value is null)
        {
            throw new InvalidOperationException($"No answer for {day} {term}");
        }
    }
}
