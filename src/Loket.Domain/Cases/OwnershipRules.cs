namespace Loket.Domain.Cases;

public enum OwnershipState
{
    Asked,
    Accepted,
    Refused,
    Withdrawn,
}

/// <summary>
/// Chain ownership (DESIGN 4.2): exactly one owner always; it moves only when the new owner accepts. It is asked by the
/// owner or by a supervisor of the owner's team, and can be taken back by the same people.
/// </summary>
public static class OwnershipRules
{
    public static Refusal? CheckAsk(bool isOwner, bool supervisesOwner, bool withinOrganisation, bool targetIsOwner, bool targetReachable, bool alreadyAsked)
    {
        if (!isOwner && !supervisesOwner)
        {
            return new Refusal("ownership-not-yours");
        }

        if (!isOwner && !withinOrganisation)
        {
            return new Refusal("ownership-own-organisation");
        }

        if (targetIsOwner)
        {
            return new Refusal("ownership-same");
        }

        if (!targetReachable)
        {
            return new Refusal("ownership-unreachable");
        }

        return alreadyAsked ? new Refusal("ownership-already-asked") : null;
    }

    /// <summary>Only who was asked may answer, once; only who asked, the owner, or a supervisor of the owner's team may take it back.</summary>
    public static Outcome<OwnershipState> Answer(OwnershipState state, OwnershipState answer, bool isTarget, bool mayTakeBack)
    {
        if (state != OwnershipState.Asked)
        {
            return new Refusal("ownership-answered");
        }

        var allowed = answer == OwnershipState.Withdrawn ? mayTakeBack : isTarget;
        return allowed && answer != OwnershipState.Asked ? answer : new Refusal("ownership-not-yours");
    }
}
