using Loket.Web.Data;

namespace Loket.Web.Features.Chain;

/// <summary>Finds the person above somebody who can act now. Never nobody: the duty supervisor answers for the organisation.</summary>
public static class Reachable
{
    /// <summary>This person when active, else who stands above.</summary>
    public static long Person(Unit unit, long professionalId) =>
        unit.Scalar<long>("SELECT COUNT(*) FROM professional WHERE id = @professionalId AND active = 1", new { professionalId }) > 0
            ? professionalId
            : SupervisorOf(unit, professionalId);

    /// <summary>An active supervisor of the person's team, else the organisation's duty supervisor, else any supervisor there.</summary>
    public static long SupervisorOf(Unit unit, long professionalId) => unit.Find<long?>(
        $"""
        SELECT s.id FROM professional p
        JOIN professional s ON s.organisation_code = p.organisation_code AND s.supervisor = 1 AND s.active = 1 AND s.id <> p.id
        LEFT JOIN team_supervisor t ON t.team_code = p.team_code AND t.professional_id = s.id
        WHERE p.id = @professionalId
        ORDER BY CASE WHEN t.professional_id IS NULL THEN 1 ELSE 0 END, s.duty_supervisor DESC, s.id {unit.Dialect.First(1)}
        """,
        new { professionalId }) ?? professionalId;

    /// <summary>The organisation's duty supervisor, who owns by office (DESIGN 4.2); null when it has no other supervisor at all.</summary>
    public static long? DutySupervisor(Unit unit, string organisation, long except) => unit.Find<long?>(
        $"""
        SELECT s.id FROM professional s
        WHERE s.organisation_code = @organisation AND s.supervisor = 1 AND s.active = 1 AND s.id <> @except
        ORDER BY s.duty_supervisor DESC, s.id {unit.Dialect.First(1)}
        """,
        new { organisation, except });
}
