namespace Loket.Domain.Chain;

/// <summary>The steps of the ladder, in order.</summary>
public enum LadderStepKind
{
    Reminder,
    Due,
    Overdue,
}

/// <summary>Whom a step reaches.</summary>
public enum LadderReach
{
    Person,
    Supervisor,
    ChainOwner,
    OwnersSupervisor,
}

/// <summary>One step: at this moment (UTC) these people hear of it, and each acknowledges by name.</summary>
public sealed record LadderStep(LadderStepKind Kind, DateTime At, IReadOnlyList<LadderReach> Reaches);

/// <summary>When the ladder moves, as parts of the term, and when a case stands still. Our own choice, set per organisation.</summary>
/// <param name="ReminderAt">Between 0 and 1.</param>
/// <param name="OverdueAfter">Part of the term after the due moment.</param>
/// <param name="ClimbMinutes">Working time after which a step that nobody acknowledged climbs to the next person up.</param>
/// <param name="StalledDays">Working days of <see cref="Standstill"/>.</param>
public sealed record LadderRules(decimal ReminderAt = 0.75m, decimal OverdueAfter = 0.25m, int ClimbMinutes = 240, int StalledDays = Standstill.WorkingDays)
{
    public static readonly LadderRules Default = new();

    /// <summary>
    /// The rules in whole percentages and minutes, or why not: a reminder comes before the date, there is time left after it
    /// to act on, a step waits at least a quarter of an hour and at most five working days of eight hours, and a case stands still
    /// after one to twenty working days.
    /// </summary>
    public static Outcome<LadderRules> Of(int? reminderPercent, int? overduePercent, int? climbMinutes, int? stalledDays) =>
        (reminderPercent, overduePercent, climbMinutes, stalledDays) switch
        {
            (not (>= 10 and <= 95), _, _, _) => new Refusal("ladder-reminder"),
            (_, not (>= 5 and <= 200), _, _) => new Refusal("ladder-overdue"),
            (_, _, not (>= 15 and <= 2400), _) => new Refusal("ladder-climb"),
            (_, _, _, not (>= 1 and <= 20)) => new Refusal("ladder-stalled"),
            _ => new LadderRules(reminderPercent.Value / 100m, overduePercent.Value / 100m, climbMinutes.Value, stalledDays.Value),
        };
}

/// <summary>
/// Who is told when about one deadline: the person at three quarters of the term, the person and the organisation's
/// supervisor when it is due, the chain owner and the owner's supervisor a quarter of the term later.
/// </summary>
public sealed class EscalationLadder
{
    private static readonly LadderReach[] ToPerson = [LadderReach.Person];
    private static readonly LadderReach[] ToSupervisor = [LadderReach.Person, LadderReach.Supervisor];
    private static readonly LadderReach[] ToOwner = [LadderReach.ChainOwner, LadderReach.OwnersSupervisor];

    private EscalationLadder(IReadOnlyList<LadderStep> steps) => Steps = steps;

    /// <summary>The three steps, in order of time.</summary>
    public IReadOnlyList<LadderStep> Steps { get; }

    public LadderStep this[LadderStepKind kind] => Steps[(int)kind];

    /// <summary>
    /// The ladder of a deadline, in UTC, to the millisecond. A deadline that was already due when it was made has all
    /// its moments at that due moment.
    /// </summary>
    public static EscalationLadder For(DateTime startsAt, DateTime dueAt, LadderRules? rules = null)
    {
        rules ??= LadderRules.Default;
        var milliseconds = Math.Max(0, (dueAt.Ticks - startsAt.Ticks) / TimeSpan.TicksPerMillisecond);
        DateTime At(decimal part) => dueAt.AddTicks((long)(milliseconds * part) * TimeSpan.TicksPerMillisecond);

        return new(
        [
            new(LadderStepKind.Reminder, At(rules.ReminderAt - 1), ToPerson),
            new(LadderStepKind.Due, dueAt, ToSupervisor),
            new(LadderStepKind.Overdue, At(rules.OverdueAfter), ToOwner),
        ]);
    }
}
