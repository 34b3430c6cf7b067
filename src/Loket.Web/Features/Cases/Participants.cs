using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>Who takes part in a case, in which part, since when. Leaving ends what they see.</summary>
public static class Participants
{
    public static void Join(Unit unit, long caseId, Actor actor, string? line, string part)
    {
        var args = new { caseId, actor.Id, actor.OrganisationCode, line, part, unit.Now };
        // Who takes part already keeps the line, and the owner stays the owner.
        if (unit.Execute(
            """
            UPDATE case_participant SET line_code = COALESCE(@line, line_code), part = CASE WHEN part = 'owner' THEN part ELSE @part END
            WHERE case_id = @caseId AND professional_id = @Id AND until IS NULL
            """,
            args) == 0 && unit.Execute(
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

    /// <summary>Whoever asks or promises something takes part from then on, also when the case moves to another team.</summary>
    public static void TakePart(Unit unit, long caseId, Actor actor)
    {
        if (unit.Scalar<long>("SELECT COUNT(*) FROM case_participant WHERE case_id = @caseId AND professional_id = @Id AND until IS NULL", new { caseId, actor.Id }) == 0)
        {
            Join(unit, caseId, actor, null, "sender");
        }
    }

    /// <summary>Ends the part of somebody who has nothing left to do here: owns nothing, owes nothing, talks with nobody.</summary>
    public static void Leave(Unit unit, long caseId, long professionalId) => unit.Execute(
        """
        UPDATE case_participant SET until = @Now WHERE case_id = @caseId AND professional_id = @professionalId AND until IS NULL
          AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.id = @caseId AND c.owner_id = @professionalId)
          AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.case_id = @caseId AND p.professional_id = @professionalId AND p.state = 'open')
          AND NOT EXISTS (SELECT 1 FROM chain_step s WHERE s.case_id = @caseId AND s.professional_id = @professionalId
                          AND s.state IN ('open', 'in_progress', 'waiting', 'suspended'))
          AND NOT EXISTS (SELECT 1 FROM callback b WHERE b.case_id = @caseId AND b.professional_id = @professionalId
                          AND b.state IN ('scheduled', 'attempting', 'failed'))
          AND NOT EXISTS (SELECT 1 FROM handoff h WHERE h.case_id = @caseId AND h.closed_at IS NULL
                          AND @professionalId IN (h.sender_id, h.specialist_id))
        """,
        new { caseId, professionalId, unit.Now });
}
