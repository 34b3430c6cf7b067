using Loket.Domain.Handoffs;

namespace Loket.Domain.Tests.Handoffs;

/// <summary>
/// Every state × action × part. The table says what is allowed (DOMAIN 2); all the rest must be refused, with the reason
/// a person can act on.
/// </summary>
public sealed class HandoffRulesTests
{
    // state, action, who, next state
    private const string Allowed = """
        draft               queue              sender                      queued
        draft               withdraw           sender,system                withdrawn
        draft               citizen_leave      sender,specialist,caller    citizen_left
        queued              offer              system                      offered
        queued              next_line          sender                      queued
        queued              schedule_callback  sender,system               callback_scheduled
        queued              withdraw           sender,system                withdrawn
        queued              citizen_leave      sender,specialist,caller    citizen_left
        offered             next_line          sender                      queued
        offered             next_candidate     system                      queued
        offered             accept             candidate                   accepted
        offered             schedule_callback  sender,system               callback_scheduled
        offered             withdraw           sender,system                withdrawn
        offered             citizen_leave      sender,specialist,caller    citizen_left
        accepted            connect            specialist                  connected
        accepted            return             specialist,system           queued
        accepted            withdraw           sender,system                withdrawn
        accepted            citizen_leave      sender,specialist,caller    citizen_left
        connected           return             specialist,system           queued
        connected           finish             specialist                  wrapping
        connected           withdraw           sender,system                withdrawn
        connected           citizen_leave      sender,specialist,caller    citizen_left
        wrapping            close              specialist,system           closed
        wrapping            withdraw           sender,system                withdrawn
        wrapping            citizen_leave      sender,specialist,caller    citizen_left
        callback_scheduled  start_attempt      caller                      attempting
        callback_scheduled  withdraw           sender,system                withdrawn
        callback_scheduled  citizen_leave      sender,specialist,caller    citizen_left
        attempting          miss_attempt       caller                      callback_scheduled
        attempting          fulfil             caller                      fulfilled
        attempting          fail               caller,system               failed
        attempting          withdraw           sender,system                withdrawn
        attempting          citizen_leave      sender,specialist,caller    citizen_left
        failed              escalate           system                      escalated
        failed              withdraw           sender,system                withdrawn
        failed              citizen_leave      sender,specialist,caller    citizen_left
        escalated           start_attempt      caller                      attempting
        escalated           withdraw           sender,system                withdrawn
        escalated           citizen_leave      sender,specialist,caller    citizen_left
        """;

    private static readonly string[] Over = ["closed", "fulfilled", "withdrawn", "citizen_left"];

    private static readonly Dictionary<(string State, string Action, string Part), string> Table = Allowed
        .Split('\n', StringSplitOptions.TrimEntries)
        .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(cells => cells[2].Split(',').Select(part => ((cells[0], cells[1], part), cells[3])))
        .ToDictionary(row => row.Item1, row => row.Item2);

    // Who may ever do it, in whatever state: tells "not yours" from "not now".
    private static readonly ILookup<string, string> EverAllowed = Table.Keys.ToLookup(k => k.Action, k => k.Part);

    public static TheoryData<HandoffState, HandoffAction> Every()
    {
        var rows = new TheoryData<HandoffState, HandoffAction>();
        foreach (var state in Enum.GetValues<HandoffState>())
        {
            foreach (var action in Enum.GetValues<HandoffAction>())
            {
                rows.Add(state, action);
            }
        }

        return rows;
    }

    [Theory, MemberData(nameof(Every))]
    public void Each_part_gets_the_next_state_or_the_right_reason(HandoffState state, HandoffAction action)
    {
        var outcomes = Enum.GetValues<HandoffPart>().ToDictionary(part => Code.Of(part), part => HandoffRules.Next(state, action, part));

        var expected = outcomes.Keys.ToDictionary(part => part, part => Expected(Code.Of(state), Code.Of(action), part));
        Assert.Equal(expected, outcomes.ToDictionary(o => o.Key, o => o.Value.IsOk ? Code.Of(o.Value.Value) : o.Value.Refusal!.Code));
    }

    private static string Expected(string state, string action, string part) =>
        Table.TryGetValue((state, action, part), out var next) ? next
        : Over.Contains(state) ? "handoff-over"
        : action == "accept" && part == "candidate" && state is "accepted" or "connected" or "wrapping" ? "handoff-taken"
        : EverAllowed[action].Contains(part) ? "handoff-not-now"
        : "handoff-not-yours";

    [Fact]
    public void Somebody_else_can_do_nothing_in_any_state()
    {
        var outcomes = Enum.GetValues<HandoffState>().SelectMany(s => Enum.GetValues<HandoffAction>().Select(a => HandoffRules.Next(s, a, HandoffPart.None)));

        Assert.All(outcomes, o => Assert.False(o.IsOk));
    }

    [Fact]
    public void Every_state_can_be_reached_from_a_draft_and_every_open_state_can_end()
    {
        var steps = Table.Select(row => (From: row.Key.State, To: row.Value)).Distinct().ToLookup(s => s.From, s => s.To);

        Assert.Equal(Enum.GetValues<HandoffState>().Select(s => Code.Of(s)).Order(), Reach("draft").Append("draft").Distinct().Order());
        Assert.All(
            Enum.GetValues<HandoffState>().Where(HandoffRules.IsOpen),
            state => Assert.NotEmpty(Reach(Code.Of(state)).Intersect(["closed", "fulfilled"])));

        HashSet<string> Reach(string from)
        {
            var seen = new HashSet<string>();
            var todo = new Queue<string>([from]);
            while (todo.TryDequeue(out var state))
            {
                foreach (var next in steps[state].Where(seen.Add))
                {
                    todo.Enqueue(next);
                }
            }

            return seen;
        }
    }

    [Theory]
    [InlineData(HandoffState.Draft, true, false, false)]
    [InlineData(HandoffState.Queued, true, true, false)]
    [InlineData(HandoffState.Offered, true, true, false)]
    [InlineData(HandoffState.Accepted, true, false, true)]
    [InlineData(HandoffState.Connected, true, false, true)]
    [InlineData(HandoffState.Wrapping, true, false, false)]
    [InlineData(HandoffState.Closed, false, false, false)]
    [InlineData(HandoffState.CallbackScheduled, true, false, false)]
    [InlineData(HandoffState.Attempting, true, false, false)]
    [InlineData(HandoffState.Fulfilled, false, false, false)]
    [InlineData(HandoffState.Failed, true, false, false)]
    [InlineData(HandoffState.Escalated, true, false, false)]
    [InlineData(HandoffState.Withdrawn, false, false, false)]
    [InlineData(HandoffState.CitizenLeft, false, false, false)]
    public void A_state_is_open_ringing_or_live(HandoffState state, bool open, bool ringing, bool live)
    {
        Assert.Equal((open, ringing, live), (HandoffRules.IsOpen(state), HandoffRules.IsRinging(state), HandoffRules.IsLive(state)));
    }

    [Theory]
    [InlineData(HandoffMode.Cold, "accepted,connected,wrapping,closed")]
    [InlineData(HandoffMode.Warm, "connected,wrapping,closed")]
    [InlineData(HandoffMode.Consult, "closed")]
    public void The_sender_is_released_only_from_these_states_on(HandoffMode mode, string states)
    {
        var released = Enum.GetValues<HandoffState>().Where(s => HandoffRules.SenderIsReleased(mode, s)).Select(s => Code.Of(s));

        Assert.Equal(states.Split(','), released);
    }

    [Theory]
    [InlineData(HandoffMode.Cold, true)]
    [InlineData(HandoffMode.Warm, false)]
    [InlineData(HandoffMode.Consult, true)]
    public void Only_a_warm_handoff_waits_for_the_citizen_to_be_taken_over(HandoffMode mode, bool atAcceptance)
    {
        Assert.Equal(atAcceptance, HandoffRules.ConnectsAtAcceptance(mode));
    }
}
