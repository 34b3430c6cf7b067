using Loket.Domain.Handoffs;

namespace Loket.Domain.Tests.Handoffs;

/// <summary>
/// Every state of the first question × every state of the one that joins: who is there, who may write, who may ask one more
/// line. Sender 1 began the talk with specialist 2; specialist 2 asked specialist 3 into it.
/// </summary>
public sealed class TalkRulesTests
{
    private const long Sender = 1;
    private const long First = 2;
    private const long Second = 3;

    // first question; is its sender released; joining question; who is there; who may write; who may ask; is it deserted
    private const string Table = """
        queued     no   -          -      -      -     no
        queued     no   queued     -      -      -     no
        queued     no   connected  1,3    1,3    1,3   no
        queued     no   wrapping   -      1,3    -     no
        accepted   no   -          1,2    1,2    1,2   no
        accepted   no   offered    1,2    1,2    -     no
        accepted   no   connected  1,2,3  1,2,3  1,2,3 no
        accepted   no   wrapping   1,2    1,2,3  1,2   no
        accepted   no   closed     1,2    1,2    1,2   no
        accepted   no   withdrawn  1,2    1,2    1,2   no
        connected  no   -          1,2    1,2    1,2   no
        connected  yes  -          2      2      2     no
        connected  yes  queued     2      2      -     no
        connected  yes  connected  2,3    2,3    2,3   no
        connected  yes  callback_scheduled  2  2  2    no
        wrapping   no   -          -      1,2    -     yes
        wrapping   no   connected  3      1,2,3  3     no
        wrapping   yes  -          -      2      -     yes
        wrapping   yes  offered    -      2      -     yes
        wrapping   yes  connected  3      2,3    3     no
        wrapping   yes  wrapping   -      2,3    -     yes
        closed     yes  connected  3      3      3     no
        closed     yes  queued     -      -      -     yes
        closed     yes  closed     -      -      -     yes
        withdrawn  no   connected  3      3      3     no
        withdrawn  no   offered    -      -      -     yes
        citizen_left  no  connected  3    3      3     no
        callback_scheduled  no  connected  3  3  3     no
        """;

    public static TheoryData<string> Rows => [.. Table.Split('\n', StringSplitOptions.TrimEntries)];

    [Theory, MemberData(nameof(Rows))]
    public void Who_is_there_who_may_write_and_who_may_ask_one_more_line(string row)
    {
        var cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<TalkPart> parts = [new(false, Code.Parse<HandoffState>(cells[0]), Sender, cells[1] == "yes", First)];
        if (cells[2] != "-")
        {
            var state = Code.Parse<HandoffState>(cells[2]);
            parts.Add(new TalkPart(true, state, First, state is not (HandoffState.Queued or HandoffState.Offered), Second));
        }

        Assert.Equal(cells[3], Shown(TalkRules.People(parts)));
        Assert.Equal(cells[4], Shown(All.Where(person => TalkRules.MayWrite(parts, person))));
        Assert.Equal(cells[5], Shown(All.Where(person => TalkRules.CheckAsk(parts, person) is null)));
        Assert.Equal(cells[6] == "yes", TalkRules.IsDeserted(parts));
        Assert.False(TalkRules.MayWrite(parts, 99));
    }

    [Fact]
    public void One_line_is_asked_at_a_time_and_who_left_asks_nobody()
    {
        TalkPart first = new(false, HandoffState.Connected, Sender, true, First);
        TalkPart ringing = new(true, HandoffState.Offered, First, false, null);

        Assert.Equal("talk-line-rings", TalkRules.CheckAsk([first, ringing], First)?.Code);
        Assert.Equal("talk-left", TalkRules.CheckAsk([first], Sender)?.Code);
        Assert.Equal("talk-left", TalkRules.CheckAsk([first], 99)?.Code);
    }

    [Theory]
    [InlineData(1, false), InlineData(2, false), InlineData(3, true), InlineData(4, true)]
    public void Five_people_are_in_one_talk_at_most(int joined, bool full)
    {
        TalkPart[] parts =
        [
            new(false, HandoffState.Accepted, Sender, false, First),
            .. Enumerable.Range(0, joined).Select(n => new TalkPart(true, HandoffState.Connected, First, true, 10 + n)),
        ];

        Assert.Equal(full ? "talk-full" : null, TalkRules.CheckAsk(parts, Sender)?.Code);
    }

    [Fact]
    public void A_first_question_that_rings_again_keeps_its_place()
    {
        TalkPart[] parts =
        [
            new(false, HandoffState.Offered, Sender, false, null),
            .. Enumerable.Range(0, 3).Select(n => new TalkPart(true, HandoffState.Connected, Sender, true, 10 + n)),
        ];

        Assert.Equal("talk-full", TalkRules.CheckAsk(parts, Sender)?.Code);
        Assert.Null(TalkRules.CheckAsk(parts[..3], Sender));
    }

    [Fact]
    public void Somebody_with_two_questions_in_one_talk_is_there_once()
    {
        TalkPart[] parts = [new(false, HandoffState.Connected, Sender, true, First), new(true, HandoffState.Connected, First, true, First)];

        Assert.Equal([First], TalkRules.People(parts));
    }

    private static readonly long[] All = [Sender, First, Second];

    private static string Shown(IEnumerable<long> people) => string.Join(',', people.Order()) is { Length: > 0 } shown ? shown : "-";
}
