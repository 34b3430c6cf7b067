using Loket.Domain.Chain;

namespace Loket.Domain.Tests.Chain;

/// <summary>Every state with every action and every part a person can have.</summary>
public sealed class StepRulesTests
{
    private static readonly Dictionary<(StepState, StepAction), StepState> Allowed = new()
    {
        [(StepState.Open, StepAction.Start)] = StepState.InProgress,
        [(StepState.Open, StepAction.AskCitizen)] = StepState.Waiting,
        [(StepState.Open, StepAction.Suspend)] = StepState.Suspended,
        [(StepState.Open, StepAction.Finish)] = StepState.Done,
        [(StepState.InProgress, StepAction.AskCitizen)] = StepState.Waiting,
        [(StepState.InProgress, StepAction.Suspend)] = StepState.Suspended,
        [(StepState.InProgress, StepAction.Finish)] = StepState.Done,
        [(StepState.Waiting, StepAction.Resume)] = StepState.InProgress,
        [(StepState.Waiting, StepAction.Finish)] = StepState.Done,
        [(StepState.Suspended, StepAction.Resume)] = StepState.InProgress,
    };

    public static TheoryData<StepState, StepAction, StepPart> Everything()
    {
        var all = new TheoryData<StepState, StepAction, StepPart>();
        foreach (var state in Enum.GetValues<StepState>())
        {
            foreach (var action in Enum.GetValues<StepAction>())
            {
                for (var part = 0; part < 8; part++)
                {
                    all.Add(state, action, (StepPart)part);
                }
            }
        }

        return all;
    }

    [Theory, MemberData(nameof(Everything))]
    public void What_follows_what_and_who_may_do_it(StepState state, StepAction action, StepPart part)
    {
        var next = StepRules.Next(state, action, part);

        if (state is StepState.Done or StepState.Cancelled)
        {
            Assert.Equal("step-over", next.Refusal?.Code);
        }
        else if (!Mine(action, part))
        {
            Assert.Equal("step-not-yours", next.Refusal?.Code);
        }
        else if (action is StepAction.Ask or StepAction.AskPartner)
        {
            Assert.Equal(state, next.Value);
        }
        else if (action == StepAction.Cancel)
        {
            Assert.Equal(StepState.Cancelled, next.Value);
        }
        else if (Allowed.TryGetValue((state, action), out var expected))
        {
            Assert.Equal(expected, next.Value);
        }
        else
        {
            Assert.Equal("step-not-now", next.Refusal?.Code);
        }

        Assert.Equal(next.IsOk, StepRules.Offered(state, part).Contains(action));
    }

    [Fact]
    public void Who_has_no_part_can_do_nothing_and_a_supervisor_cannot_do_the_work()
    {
        Assert.All(Enum.GetValues<StepState>(), state => Assert.Empty(StepRules.Offered(state, StepPart.None)));
        Assert.Equal([StepAction.Ask, StepAction.Cancel], StepRules.Offered(StepState.InProgress, StepPart.Supervisor));
        Assert.Equal([StepAction.Ask, StepAction.AskPartner, StepAction.Cancel], StepRules.Offered(StepState.InProgress, StepPart.Owner));
    }

    private static bool Mine(StepAction action, StepPart part) => action switch
    {
        StepAction.Ask or StepAction.Cancel => part != StepPart.None,
        StepAction.AskPartner => part is not (StepPart.None or StepPart.Supervisor),
        _ => part.HasFlag(StepPart.Handler),
    };
}
