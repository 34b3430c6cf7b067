namespace Loket.Domain.Mergers;

public enum MergerState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Carried out by itself when its day begins.</summary>
    Confirmed,
    Applied,
    Withdrawn,
}

public enum MergerAction
{
    Edit,
    Confirm,

    /// <summary>Back to draft, to change something.</summary>
    Reopen,
    Withdraw,
    Apply,
}

/// <summary>A body that ends, and the one that goes on with its work; one that <paramref name="Stays"/> gives only what is named.</summary>
public sealed record EndingBody(string Organisation, string Successor, bool Stays = false);

/// <summary>
/// A line of a body that ends. <paramref name="Successor"/> is null when none was found or chosen;
/// <paramref name="Open"/> is what hangs on the line: members, talks, callbacks, asks, facts given to it.
/// </summary>
public sealed record EndingLine(string Line, string? Successor, int Open);

/// <summary>
/// A line of a body that stays, what hangs on it, and how many people it has afterwards, there or where it goes.
/// </summary>
public sealed record PartedLine(string Line, int Open, int People);

/// <summary>People of a team who come to another organisation, and how many of them supervise.</summary>
public sealed record MovingTeam(string Team, string Successor, int People, int Supervisors);

/// <summary>Something that would be left with nobody: a <c>line</c> without successor, a line without <c>people</c>, or an organisation without a <c>supervisor</c>.</summary>
public sealed record Gap(string Kind, string Code);

/// <summary>Mergers and splits: which change may follow which, and what may not be left with nobody.</summary>
public static class MergerRules
{
    /// <summary>The state after this, or <c>merger-not-now</c>.</summary>
    public static Outcome<MergerState> Next(MergerState state, MergerAction action) => (state, action) switch
    {
        (MergerState.Draft, MergerAction.Edit) => MergerState.Draft,
        (MergerState.Draft, MergerAction.Confirm) => MergerState.Confirmed,
        (MergerState.Confirmed, MergerAction.Reopen) => MergerState.Draft,
        (MergerState.Draft or MergerState.Confirmed, MergerAction.Withdraw) => MergerState.Withdrawn,
        (MergerState.Confirmed, MergerAction.Apply) => MergerState.Applied,
        _ => new Refusal("merger-not-now"),
    };

    /// <summary>A change takes effect when a day begins (Amsterdam) that lies ahead.</summary>
    public static Refusal? CheckDay(DateOnly? day, DateOnly today) =>
        day is null ? new Refusal("merger-day-missing") : day <= today ? new Refusal("merger-day-past") : null;

    /// <summary>Every body ends once, at one that does not end itself.</summary>
    public static Refusal? CheckBodies(IReadOnlyList<EndingBody> bodies)
    {
        if (bodies.Count == 0)
        {
            return new Refusal("merger-no-bodies");
        }

        var ending = new HashSet<string>(StringComparer.Ordinal);
        foreach (var body in bodies)
        {
            if (!ending.Add(body.Organisation))
            {
                return new Refusal("merger-body-twice", body.Organisation);
            }
        }

        return bodies.FirstOrDefault(b => ending.Contains(b.Successor)) is { } circle ? new Refusal("merger-successor-ends", circle.Successor) : null;
    }

    /// <summary>
    /// What would be left with nobody. <paramref name="supervisorsThere"/>: how many supervise already at each successor.
    /// </summary>
    public static IReadOnlyList<Gap> Gaps(
        IEnumerable<EndingLine> lines, IReadOnlyCollection<MovingTeam> teams, IReadOnlyDictionary<string, int> supervisorsThere, IEnumerable<PartedLine>? parted = null)
    {
        var withoutSuccessor = lines.Where(l => l.Successor is null && l.Open > 0).Select(l => new Gap("line", l.Line));
        var unsupervised = teams.GroupBy(t => t.Successor, StringComparer.Ordinal)
            .Where(g => g.Sum(t => t.People) > 0 && g.Sum(t => t.Supervisors) + supervisorsThere.GetValueOrDefault(g.Key) == 0)
            .Select(g => new Gap("supervisor", g.Key));
        var deserted = (parted ?? []).Where(l => l.Open > 0 && l.People == 0).Select(l => new Gap("people", l.Line));
        return [.. withoutSuccessor, .. deserted, .. unsupervised];
    }
}
