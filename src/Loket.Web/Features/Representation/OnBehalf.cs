using Loket.Domain.Representation;
using Loket.Web.Data;

namespace Loket.Web.Features.Representation;

/// <summary>
/// The one check before anything is done in the name of a citizen: nothing to check while the citizen speaks; else the
/// authority has to cover it at this moment, and what it does not cover is refused with the reason.
/// </summary>
public static class OnBehalf
{
    public static void Require(Unit unit, long caseId, ActOnBehalf act)
    {
        if (StoredAuthority.Find(unit, caseId)?.Check(act, unit.Now) is { } no)
        {
            throw new RefusedException(no);
        }
    }
}
