namespace Loket.Domain.Retention;

/// <summary>What happens at the end of the period: destroyed, or kept and handed to the archive.</summary>
public enum Nomination
{
    Destroy,
    Keep,
}

/// <summary>
/// How long cases about these topics are kept after they were closed, and what happens then (Archiefwet 1995 art. 5: a
/// selection list says so). <see cref="Source"/> names the list and its category; not <see cref="Verified"/> means that nobody
/// checked the row against it yet.
/// </summary>
/// <param name="Id">Code, at most 40 characters.</param>
/// <param name="Topics">Topic codes; <c>*</c> for every topic without a rule of its own.</param>
/// <param name="Nomination">Destroy or keep.</param>
/// <param name="Years">Whole years after the day of closing; 0 for what is kept.</param>
/// <param name="Source">The selection list and its category.</param>
/// <param name="Verified">Somebody checked it there.</param>
public sealed record RetentionRule(string Id, IReadOnlyList<string> Topics, Nomination Nomination, int Years, string Source, bool Verified)
{
    public const string Every = "*";

    /// <summary>The first day on which a case closed on <paramref name="closed"/> may be destroyed; null: never.</summary>
    public DateOnly? DueOn(DateOnly closed) => Nomination == Nomination.Destroy ? closed.AddYears(Years).AddDays(1) : null;

    /// <summary>On <paramref name="today"/> the cases closed before this day are due; null: never.</summary>
    public DateOnly? ClosedBefore(DateOnly today)
    {
        if (Nomination != Nomination.Destroy)
        {
            return null;
        }

        // 29 February counts as the 28th in other years: what was closed then is due together with the 28th.
        var day = today.AddYears(-Years);
        return DueOn(day) <= today ? day.AddDays(1) : day;
    }
}
