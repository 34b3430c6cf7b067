namespace Loket.Domain.Retention;

/// <summary>Who may say that something is destroyed, with the role in which they do.</summary>
public sealed record Approver(long Id, bool IsOfficer, bool IsSupervisor);

/// <summary>
/// Destruction is approved by two different people of the organisation. Where there is a privacy officer one of the two is
/// one; elsewhere two supervisors do.
/// </summary>
public static class Approval
{
    /// <summary>Whether this makes it approved (true) or half approved (false); or the reason for "no".</summary>
    public static Outcome<bool> Give(Approver? first, Approver who, bool hasOfficer)
    {
        if (!who.IsOfficer && !who.IsSupervisor)
        {
            return new Refusal("destruction-not-yours");
        }

        if (first is null)
        {
            return false;
        }

        if (first.Id == who.Id)
        {
            return new Refusal("destruction-same-person");
        }

        return hasOfficer && !first.IsOfficer && !who.IsOfficer ? new Refusal("destruction-officer-needed") : true;
    }
}
