using Loket.Domain.Proactive;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Proactive;

/// <summary>
/// Who looked at a list, at somebody on it, or did something with it. Lies apart from the journal: what is read there shows
/// in cases, and these lists show in none.
/// </summary>
internal static class ProactiveLog
{
    public static void Write(Unit unit, Actor actor, ProactiveRule rule, string act, int people, long? person = null) => unit.Execute(
        """
        INSERT INTO proactive_log (id, organisation_code, rule_id, professional_id, act, person_id, people, at)
        VALUES (@id, @OrganisationCode, @ruleId, @actor, @act, @person, @people, @Now)
        """,
        new { id = unit.NewId(), actor.OrganisationCode, ruleId = rule.Id, actor = actor.Id, act, person, people, unit.Now });
}
