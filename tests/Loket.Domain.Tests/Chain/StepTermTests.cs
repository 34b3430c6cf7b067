using Loket.Domain.Chain;
using Loket.Domain.Terms;
using Loket.Domain.Tests.Terms;

namespace Loket.Domain.Tests.Chain;

/// <summary>The term of a step with what stood still: the dates of DOMAIN 3.</summary>
public sealed class StepTermTests
{
    private static readonly DateOnly Start = new(2026, 2, 9);
    private static readonly TermCalculator Calculator = new(Calendars.Dutch);

    [Fact]
    public void Eight_weeks_with_an_invitation_answered_after_twelve_days_is_eleven_days_longer()
    {
        var pause = StepPause.Begin(SuspensionKind.Completion, new(2026, 3, 11)) with { Until = new(2026, 4, 8) };

        Assert.Equal(new(2026, 4, 17), Due(pause.End(new(2026, 3, 23))));
        Assert.Equal(11, pause.End(new(2026, 3, 23)).Days);
    }

    [Fact]
    public void An_invitation_nobody_answers_stands_still_until_the_period_ends_and_not_longer()
    {
        var pause = StepPause.Begin(SuspensionKind.Completion, new(2026, 3, 11)) with { Until = new(2026, 3, 23) };

        Assert.Equal(new(2026, 4, 17), Due(pause));
        Assert.Equal(pause, pause.End(new(2026, 5, 1)));
    }

    [Fact]
    public void An_invitation_answered_the_same_day_adds_nothing()
    {
        var pause = StepPause.Begin(SuspensionKind.Completion, new(2026, 3, 11)) with { Until = new(2026, 3, 23) };

        Assert.Equal(0, pause.End(new(2026, 3, 11)).Days);
        Assert.Equal(new(2026, 4, 7), Due(pause.End(new(2026, 3, 11))));
    }

    [Fact]
    public void What_still_stands_still_counts_up_to_today()
    {
        var pause = StepPause.Begin(SuspensionKind.ForceMajeure, new(2026, 3, 2));

        Assert.Null(pause.Until);
        Assert.Equal(new(2026, 4, 7), Due(new DateOnly(2026, 3, 2), pause));
        Assert.Equal(new(2026, 4, 16), Due(new DateOnly(2026, 3, 12), pause));
        Assert.Equal(Due(new DateOnly(2026, 3, 12), pause), Due(pause.End(new(2026, 3, 12))));
    }

    [Fact]
    public void Two_suspensions_add_up_and_the_weekend_shifts_once_at_the_end()
    {
        var first = StepPause.Begin(SuspensionKind.Consent, new(2026, 2, 16)).End(new(2026, 2, 20));
        var second = StepPause.Begin(SuspensionKind.ApplicantDelay, new(2026, 3, 2)).End(new(2026, 3, 3));

        // Raw end 6 April and five days: Saturday 11 April, so Monday.
        Assert.Equal(new(2026, 4, 13), Due(first, second));
    }

    private static DateOnly Due(params StepPause[] pauses) => Due(new DateOnly(2026, 6, 1), pauses);

    private static DateOnly Due(DateOnly today, params StepPause[] pauses) =>
        new StepTerm(Start, Term.Weeks(8), TermBasis.Act, "Awb 4:13", pauses).Due(Calculator, today).Due;
}
