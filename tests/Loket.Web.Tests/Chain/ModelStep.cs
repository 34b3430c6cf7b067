using FsCheck;
using FsCheck.Fluent;

namespace Loket.Web.Tests.Chain;

/// <summary>All that a person, or time, can do to a case.</summary>
public enum Act
{
    OpenCase, Request, Accept, Decline, MoreTime, Presence, Wait, Vanish, Arrive, Confirm, Finish, Done, Message, Withdraw,
    CitizenLeft, NextLine, Callback, Attempt, Promise, EndPromise, AskOwner, AnswerOwner, Chase, Acknowledge, Deactivate,
    AddStep, AskStep, AnswerStep, WorkStep, SuspendStep, EndStep,
    Away, Back, Spread, Ladder, Day,
}

/// <summary>One action; the numbers choose who, on what, and how, from what exists at that moment.</summary>
public sealed record ModelStep(Act Act, int Who, int What, int How)
{
    private static readonly (int Weight, Act Act)[] Weights =
    [
        (3, Act.OpenCase), (14, Act.Request), (20, Act.Accept), (8, Act.Decline), (4, Act.MoreTime), (20, Act.Presence), (5, Act.Wait),
        (2, Act.Vanish), (3, Act.Arrive), (8, Act.Confirm), (10, Act.Finish), (12, Act.Done), (4, Act.Message), (2, Act.Withdraw),
        (2, Act.CitizenLeft), (4, Act.NextLine), (2, Act.Callback), (6, Act.Attempt), (4, Act.Promise), (3, Act.EndPromise),
        (4, Act.AskOwner), (4, Act.AnswerOwner), (1, Act.Chase), (3, Act.Acknowledge), (1, Act.Deactivate),
        (5, Act.AddStep), (5, Act.AskStep), (6, Act.AnswerStep), (5, Act.WorkStep), (4, Act.SuspendStep), (3, Act.EndStep),
        (4, Act.Away), (2, Act.Back), (3, Act.Spread), (1, Act.Ladder), (2, Act.Day),
    ];

    private static readonly Gen<ModelStep> One =
        from act in Gen.Frequency(Weights.Select(w => (w.Weight, Gen.Constant(w.Act))))
        from who in Gen.Choose(0, 999)
        from what in Gen.Choose(0, 999)
        from how in Gen.Choose(0, 999)
        select new ModelStep(act, who, what, how);

    /// <summary>Sequences of this many steps; a failing one is cut down by halves and then step by step.</summary>
    public static Arbitrary<ModelStep[]> Sequences(int steps) => Arb.From(Gen.ArrayOf(One, steps), Shorter);

    /// <summary>One step of the same mixture, for a test that needs no shorter sequence.</summary>
    public static ModelStep Any(Random random)
    {
        var all = Weights.SelectMany(w => Enumerable.Repeat(w.Act, w.Weight)).ToList();
        return new ModelStep(all[random.Next(all.Count)], random.Next(1000), random.Next(1000), random.Next(1000));
    }

    private static IEnumerable<ModelStep[]> Shorter(ModelStep[] steps)
    {
        for (var size = steps.Length / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from + size <= steps.Length; from += size)
            {
                yield return [.. steps[..from], .. steps[(from + size)..]];
            }
        }
    }
}
