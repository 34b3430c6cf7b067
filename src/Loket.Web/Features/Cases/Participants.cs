using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>Who takes part in a case, in which part, since when. Leaving ends what they see.</summary>
public static class Participants
{
    public static void Join(Unit unit, long caseId, Actor actor, string? line, string part)
    {
        var args = new { caseId, actor.Id, actor.OrganisationCode, line, part, unit.Now };
        if (unit.Execute(
            "UPDATE case_participant SET line_code = @line, part = @part, since = @Now, until = NULL WHERE case_id = @caseId AND professional_id = @Id",
            args) == 0)
        {
            unit.Execute(
                """
                INSERT INTO case_participant (case_id, professional_id, organisation_code, line_code, part, since)
                VALUES (@caseId, @Id, @OrganisationCode, @line, @part, @Now)
                """,
                args);
        }
    }

    public static void Leave(Unit unit, long caseId, long professionalId) => unit.Execute(
        "UPDATE case_participant SET until = @Now WHERE case_id = @caseId AND professional_id = @professionalId AND until IS NULL",
        new { caseId, professionalId, unit.Now });
}
