using FsCheck;
using FsCheck.Fluent;
using Loket.Domain.Chain;
using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Chain;

public class EscalationLadderTests
{
    private static readonly DateTime Start = new(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc);
    private static readonly EscalationLadder FourHours = EscalationLadder.For(Start, Start.AddHours(4));

    [Fact]
    public void The_ladder_reminds_at_three_quarters_then_at_due_then_a_quarter_later()
    {
        Assert.Equal([LadderStepKind.Reminder, LadderStepKind.Due, LadderStepKind.Overdue], FourHours.Steps.Select(s => s.Kind));
        Assert.Equal([Start.AddHours(3), Start.AddHours(4), Start.AddHours(5)], FourHours.Steps.Select(s => s.At));
        Assert.All(FourHours.Steps, s => Assert.Equal(DateTimeKind.Utc, s.At.Kind));
    }

    [Fact]
    public void Each_step_reaches_more_people_upwards()
    {
        Assert.Equal([LadderReach.Person], FourHours[LadderStepKind.Reminder].Reaches);
        Assert.Equal([LadderReach.Person, LadderReach.Supervisor], FourHours[LadderStepKind.Due].Reaches);
        Assert.Equal([LadderReach.ChainOwner, LadderReach.OwnersSupervisor], FourHours[LadderStepKind.Overdue].Reaches);
    }

    [Fact]
    public void An_organisation_can_set_its_own_ladder()
    {
        var ladder = EscalationLadder.For(Start, Start.AddHours(4), new LadderRules(0.5m, 1m));

        Assert.Equal([Start.AddHours(2), Start.AddHours(4), Start.AddHours(8)], ladder.Steps.Select(s => s.At));
    }

    [Fact]
    public void A_deadline_that_was_due_when_made_fires_from_its_due_moment() =>
        Assert.All(EscalationLadder.For(Start, Start.AddHours(-1)).Steps, s => Assert.Equal(Start.AddHours(-1), s.At));

    [Fact]
    public void Nothing_fires_before_the_reminder() =>
        Assert.Null(LadderState.Due(FourHours, [], Start.AddHours(3).AddMilliseconds(-1)));

    [Fact]
    public void After_a_standstill_all_steps_fire_one_by_one_in_order()
    {
        var now = Start.AddDays(2);

        Assert.Equal(LadderStepKind.Reminder, LadderState.Due(FourHours, [], now)?.Kind);
        Assert.Equal(LadderStepKind.Due, LadderState.Due(FourHours, [LadderStepKind.Reminder], now)?.Kind);
        Assert.Equal(LadderStepKind.Overdue, LadderState.Due(FourHours, [LadderStepKind.Reminder, LadderStepKind.Due], now)?.Kind);
        Assert.Null(LadderState.Due(FourHours, [LadderStepKind.Reminder, LadderStepKind.Due, LadderStepKind.Overdue], now));
    }

    [Fact]
    public void A_clock_that_was_set_back_fires_nothing_again()
    {
        Assert.Null(LadderState.Due(FourHours, [LadderStepKind.Reminder, LadderStepKind.Due], Start.AddHours(3.5)));
        Assert.Null(LadderState.Due(FourHours, [LadderStepKind.Due], Start.AddHours(4.5)));
    }

    [Fact]
    public void The_step_that_waits_is_known_ahead()
    {
        Assert.Equal(Start.AddHours(3), LadderState.Next(FourHours, [])?.At);
        Assert.Equal(Start.AddHours(5), LadderState.Next(FourHours, [LadderStepKind.Due])?.At);
        Assert.Null(LadderState.Next(FourHours, [LadderStepKind.Overdue]));
    }

    [Fact]
    public void Under_any_clock_each_step_fires_at_most_once_and_never_before_its_moment()
    {
        var clocks = Gen.Choose(1, 60).SelectMany(n => Gen.ArrayOf(Gen.Choose(-600, 1200), n));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(clocks.ToArbitrary(), minutes =>
        {
            var fired = new List<LadderStepKind>();
            foreach (var now in minutes.Select(m => Start.AddMinutes(m)))
            {
                if (LadderState.Due(FourHours, fired, now) is { } step)
                {
                    if (step.At > now || fired.Contains(step.Kind) || fired.Exists(f => f > step.Kind))
                    {
                        return false;
                    }

                    fired.Add(step.Kind);
                }
            }

            return minutes.Max() < 180 ? fired.Count == 0 : fired.Count > 0;
        }));
    }

    [Fact]
    public void The_moments_of_any_ladder_are_in_order_and_in_whole_milliseconds()
    {
        var terms = from ms in Gen.Choose(0, int.MaxValue) select ms;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(terms.ToArbitrary(), ms =>
        {
            var steps = EscalationLadder.For(Start, Start.AddMilliseconds(ms)).Steps;
            return Start <= steps[0].At && steps[0].At <= steps[1].At && steps[1].At <= steps[2].At
                && steps.All(s => s.At.Ticks % TimeSpan.TicksPerMillisecond == 0);
        }));
    }

    [Fact]
    public void Service_terms_start_from_our_defaults()
    {
        Assert.Equal("WH2", ServiceTerms.Default.AnswerCallback.ToString());
        Assert.Equal(Term.WorkingDays(1), ServiceTerms.Default.FirstSignOfLife);
        Assert.Equal(Term.WorkingDays(1), ServiceTerms.Default.AnswerOwnershipRequest);
    }
}
