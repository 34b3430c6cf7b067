using Loket.Domain.Chain;
using Loket.Web.Data;

namespace Loket.Web.Features.Chain;

/// <summary>Finds the person who can act now for somebody. Never nobody: see <see cref="Reach"/>, which decides.</summary>
public static class Reachable
{
    // SQLite finds each parameter among all others by its name: long lists cost more than they save.
    private const int InList = 32;

    private const string Select = """
        SELECT p.id, p.organisation_code, p.team_code, p.active, p.supervisor, p.duty_supervisor, a.id AS absence_id, a.stand_in_id
        FROM professional p LEFT JOIN absence a ON a.professional_id = p.id AND a.until_at > @Now AND a.from_at <= @Now
        """;

    /// <summary>
    /// Who can be reached for these people now, with those they depend on: stand-ins and the supervisors of their
    /// organisations. A handful of statements for hundreds of people.
    /// </summary>
    public static Reach Load(Unit unit, IReadOnlyCollection<long> ids)
    {
        var rows = new Dictionary<long, Row>();
        AddWithStandIns(unit, rows, ids);
        foreach (var organisations in rows.Values.Select(r => r.OrganisationCode).Distinct().Chunk(1000))
        {
            var above = unit.Query<Row>($"{Select} WHERE p.organisation_code IN @organisations AND p.active = 1 AND p.supervisor = 1", new { organisations, unit.Now });
            above.ForEach(row => rows.TryAdd(row.Id, row));
            AddWithStandIns(unit, rows, above.Where(row => row.StandInId is not null).Select(row => row.StandInId!.Value));
        }

        var teams = rows.Values.Where(row => row.Supervisor).Select(row => row.Id).Chunk(InList)
            .SelectMany(people => unit.Query<TeamRow>("SELECT professional_id, team_code FROM team_supervisor WHERE professional_id IN @people", new { people }))
            .ToLookup(team => team.ProfessionalId, team => team.TeamCode);
        return new Reach(rows.Values.Select(row => new ReachPerson(
            row.Id, row.OrganisationCode, row.TeamCode, row.Active, row.AbsenceId is not null, row.StandInId, row.Supervisor, row.DutySupervisor,
            teams[row.Id].ToHashSet(StringComparer.Ordinal))));
    }

    /// <summary>This person when here, else who stands in, else who stands above.</summary>
    public static long Person(Unit unit, long professionalId) => Load(unit, [professionalId]).Person(professionalId);

    /// <summary>A supervisor of the person's team who is here, else the organisation's duty supervisor, else any supervisor there.</summary>
    public static long SupervisorOf(Unit unit, long professionalId) => Load(unit, [professionalId]).SupervisorOf(professionalId);

    /// <summary>Who answers for the organisation now; null when nobody there supervises.</summary>
    public static long? DutySupervisor(Unit unit, string organisation) =>
        unit.Find<long?>("SELECT MIN(id) FROM professional WHERE organisation_code = @organisation AND active = 1 AND supervisor = 1", new { organisation }) is { } somebody
            ? Load(unit, [somebody]).DutySupervisor(organisation, except: 0)
            : null;

    // A stand-in may be away too and have one: mostly one round, at most as many as such a chain is long.
    private static void AddWithStandIns(Unit unit, Dictionary<long, Row> rows, IEnumerable<long> ids)
    {
        var missing = ids.Where(id => !rows.ContainsKey(id)).Distinct().ToList();
        while (missing.Count > 0)
        {
            var found = missing.Chunk(InList).SelectMany(people => unit.Query<Row>($"{Select} WHERE p.id IN @people", new { people, unit.Now })).ToList();
            found.ForEach(row => rows.TryAdd(row.Id, row));
            missing = [.. found.Where(row => row.StandInId is { } next && !rows.ContainsKey(next)).Select(row => row.StandInId!.Value).Distinct()];
        }
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string OrganisationCode { get; init; } = "";

        public string TeamCode { get; init; } = "";

        public bool Active { get; init; }

        public bool Supervisor { get; init; }

        public bool DutySupervisor { get; init; }

        public long? AbsenceId { get; init; }

        public long? StandInId { get; init; }
    }

    private sealed class TeamRow
    {
        public long ProfessionalId { get; init; }

        public string TeamCode { get; init; } = "";
    }
}
