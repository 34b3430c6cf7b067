using Loket.Domain.Terms;

namespace Loket.Domain.Lines;

/// <summary>Somebody of a line: their rota (null: not on it) and when they are away (UTC).</summary>
public sealed record OnRota(OpeningHours? Rota, IReadOnlyList<(DateTime From, DateTime Until)> Away);

/// <summary>From then until then (UTC) that many people are on the rota, which is too few.</summary>
public sealed record Shortage(DateTime From, DateTime Until, int People);

/// <summary>
/// Who is on a line when. The rota warns and never excludes: who is there is asked, whatever the rota says.
/// </summary>
public static class Staffing
{
    /// <summary>The stretches of the line's opening on that day on which fewer than <paramref name="least"/> people are on the rota and here.</summary>
    public static IReadOnlyList<Shortage> On(DateOnly day, OpeningHours line, IReadOnlyCollection<OnRota> people, int least, DutchCalendar calendar)
    {
        if (line.On(day, calendar) is not { } open)
        {
            return [];
        }

        var there = people.Select(p => (Hours: p.Rota?.On(day, calendar), p.Away)).Where(p => p.Hours is not null).Select(p => (p.Hours!.Value.From, p.Hours!.Value.To, p.Away)).ToList();
        var moments = there.SelectMany(p => p.Away.SelectMany(a => new[] { a.From, a.Until }).Append(p.From).Append(p.To))
            .Where(m => m > open.From && m < open.To).Append(open.From).Append(open.To).Distinct().Order().ToList();
        var found = new List<Shortage>();
        foreach (var (from, until) in moments.Zip(moments.Skip(1)))
        {
            var count = there.Count(p => p.From <= from && from < p.To && !p.Away.Any(a => a.From <= from && from < a.Until));
            if (count >= least)
            {
                continue;
            }

            if (found.Count > 0 && found[^1] is var last && last.Until == from && last.People == count)
            {
                found[^1] = last with { Until = until };
            }
            else
            {
                found.Add(new Shortage(from, until, count));
            }
        }

        return found;
    }
}
