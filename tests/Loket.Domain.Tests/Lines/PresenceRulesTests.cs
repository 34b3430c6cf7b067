using Loket.Domain.Lines;

namespace Loket.Domain.Tests.Lines;

/// <summary>Every presence × action (DOMAIN 2).</summary>
public sealed class PresenceRulesTests
{
    // A row a presence, a column an action: the next presence, or offer (answer the offer first), talk (finish the
    // talk first), - (not now).
    private const string Table = """
                   become_available take_break start_wrap_up go_offline reserve  release   miss   engage  end_talk end_wrap_up lose_connection
        offline    available        break      -             offline    -        -         -      -       -        -           offline
        available  available        break      wrap_up       offline    reserved -         -      -       -        -           offline
        reserved   offer            offer      offer         offer      -        available missed engaged -        -           offline
        engaged    talk             talk       talk          talk       -        -         -      -       wrap_up  -           offline
        wrap_up    available        break      wrap_up       offline    -        -         -      -       -        available   offline
        break      available        break      -             offline    -        -         -      -       -        -           offline
        missed     available        break      -             offline    -        -         -      -       -        -           offline
        """;

    public static TheoryData<PresenceState, PresenceAction, string> Every()
    {
        var lines = Table.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var rows = new TheoryData<PresenceState, PresenceAction, string>();
        foreach (var line in lines.Skip(1))
        {
            foreach (var (action, cell) in lines[0].Zip(line.Skip(1)))
            {
                rows.Add(Code.Parse<PresenceState>(line[0]), Code.Parse<PresenceAction>(action), cell);
            }
        }

        return rows;
    }

    [Fact]
    public void The_table_has_every_presence_and_every_action()
    {
        Assert.Equal(Enum.GetValues<PresenceState>().Length * Enum.GetValues<PresenceAction>().Length, Every().Count);
        Assert.Equal(77, Every().Count);
    }

    [Theory, MemberData(nameof(Every))]
    public void A_presence_follows_the_table(PresenceState from, PresenceAction action, string cell)
    {
        var outcome = PresenceRules.Next(from, action);

        var expected = cell switch
        {
            "offer" => "presence-offer-first",
            "talk" => "presence-in-talk",
            "-" => "presence-not-now",
            _ => cell,
        };
        Assert.Equal(expected, outcome.IsOk ? Code.Of(outcome.Value) : outcome.Refusal!.Code);
    }

    [Fact]
    public void Who_is_offline_on_a_break_or_missed_is_not_waited_for()
    {
        var onDuty = Enum.GetValues<PresenceState>().Where(PresenceRules.IsOnDuty);

        Assert.Equal([PresenceState.Available, PresenceState.Reserved, PresenceState.Engaged, PresenceState.WrapUp], onDuty);
    }

    [Fact]
    public void Only_a_miss_makes_somebody_missed_and_only_their_own_word_ends_it()
    {
        var into = Every().Count(r => Equals(r[2], "missed"));
        var outOf = Enum.GetValues<PresenceAction>().Where(a => PresenceRules.Next(PresenceState.Missed, a) is { IsOk: true, Value: PresenceState.Available });

        Assert.Equal(1, into);
        Assert.Equal([PresenceAction.BecomeAvailable], outOf);
    }
}
