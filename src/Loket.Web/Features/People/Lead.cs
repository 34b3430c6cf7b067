using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.People;

/// <summary>Who leads whom: a supervisor the people of their teams, the duty supervisor everybody of the organisation.</summary>
public static class Lead
{
    private const string Select = """
        SELECT COUNT(*) FROM professional s JOIN professional p ON p.organisation_code = s.organisation_code
        WHERE s.id = @leader AND s.supervisor = 1 AND s.active = 1 AND p.id = @person AND p.active = 1
          AND (s.duty_supervisor = 1 OR EXISTS (SELECT 1 FROM team_supervisor t WHERE t.professional_id = s.id AND t.team_code = p.team_code))
        """;

    public static bool Leads(Unit unit, Actor actor, long person) => unit.Scalar<long>(Select, new { leader = actor.Id, person }) > 0;

    public static async Task<bool> LeadsAsync(Reader reader, Actor actor, long person) => await reader.ScalarAsync<long>(Select, new { leader = actor.Id, person }) > 0;

    public static bool MaySetAbsence(Unit unit, Actor actor, Actor person) => actor.Id == person.Id || Leads(unit, actor, person.Id);
}
