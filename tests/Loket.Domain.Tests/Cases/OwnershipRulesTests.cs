using Loket.Domain.Cases;

namespace Loket.Domain.Tests.Cases;

/// <summary>Ownership is asked by who may, of who can, and moves only by the answer of who was asked (DESIGN 4.2).</summary>
public sealed class OwnershipRulesTests
{
    [Fact]
    public void The_owner_may_ask_anybody_reachable_also_in_another_organisation()
    {
        Assert.Null(OwnershipRules.CheckAsk(isOwner: true, supervisesOwner: false, withinOrganisation: false, targetIsOwner: false, targetReachable: true, alreadyAsked: false));
    }

    [Fact]
    public void A_supervisor_of_the_owner_may_ask_within_the_own_organisation_only()
    {
        Assert.Null(OwnershipRules.CheckAsk(false, true, true, false, true, false));
        Assert.Equal("ownership-own-organisation", OwnershipRules.CheckAsk(false, true, false, false, true, false)?.Code);
    }

    [Theory]
    [InlineData(false, false, true, false, true, false, "ownership-not-yours")]
    [InlineData(true, false, true, true, true, false, "ownership-same")]
    [InlineData(false, true, true, true, true, false, "ownership-same")]
    [InlineData(true, false, true, false, false, false, "ownership-unreachable")]
    [InlineData(true, false, true, false, true, true, "ownership-already-asked")]
    public void Everything_else_is_refused_with_its_reason(
        bool isOwner, bool supervises, bool within, bool targetIsOwner, bool reachable, bool asked, string code)
    {
        Assert.Equal(code, OwnershipRules.CheckAsk(isOwner, supervises, within, targetIsOwner, reachable, asked)?.Code);
    }

    [Fact]
    public void Of_all_sixty_four_situations_exactly_these_may_be_asked()
    {
        var allowed = new List<string>();
        for (var bits = 0; bits < 64; bits++)
        {
            var b = bits;
            bool Bit(int n) => (b & (1 << n)) != 0;
            if (OwnershipRules.CheckAsk(Bit(0), Bit(1), Bit(2), Bit(3), Bit(4), Bit(5)) is null)
            {
                allowed.Add($"{(Bit(0) ? "owner" : "")}{(Bit(1) ? "+supervisor" : "")}{(Bit(2) ? "+within" : "")}{(Bit(3) ? "+same" : "")}{(Bit(4) ? "+reachable" : "")}{(Bit(5) ? "+asked" : "")}");
            }
        }

        Assert.Equal(
            ["+supervisor+within+reachable", "owner+reachable", "owner+supervisor+reachable", "owner+supervisor+within+reachable", "owner+within+reachable"],
            allowed.Order(StringComparer.Ordinal));
    }

    // answer, by whom
    public static TheoryData<OwnershipState, OwnershipState, bool, bool> EveryAnswer()
    {
        var rows = new TheoryData<OwnershipState, OwnershipState, bool, bool>();
        foreach (var state in Enum.GetValues<OwnershipState>())
        {
            foreach (var answer in Enum.GetValues<OwnershipState>())
            {
                rows.Add(state, answer, false, false);
                rows.Add(state, answer, false, true);
                rows.Add(state, answer, true, false);
                rows.Add(state, answer, true, true);
            }
        }

        return rows;
    }

    [Theory, MemberData(nameof(EveryAnswer))]
    public void Who_was_asked_answers_once_and_who_asked_takes_it_back(OwnershipState state, OwnershipState answer, bool isTarget, bool mayTakeBack)
    {
        var outcome = OwnershipRules.Answer(state, answer, isTarget, mayTakeBack);

        var expected = (state, answer, isTarget, mayTakeBack) switch
        {
            (not OwnershipState.Asked, _, _, _) => "ownership-answered",
            (_, OwnershipState.Accepted, true, _) => "accepted",
            (_, OwnershipState.Refused, true, _) => "refused",
            (_, OwnershipState.Withdrawn, _, true) => "withdrawn",
            _ => "ownership-not-yours",
        };
        Assert.Equal(expected, outcome.IsOk ? Code.Of(outcome.Value) : outcome.Refusal!.Code);
    }
}
