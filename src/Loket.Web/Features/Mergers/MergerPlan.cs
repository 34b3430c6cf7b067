using Loket.Domain.Mergers;
using Loket.Web.Data;

namespace Loket.Web.Features.Mergers;

/// <summary>
/// What a merger or split would do, read at one moment: the bodies that end, who goes on with their lines and teams, and
/// what would be left with nobody. Counts only: who decides about it sees no case (DOMAIN 1).
/// </summary>
public sealed record MergerPlan(IReadOnlyList<PlannedBody> Bodies, IReadOnlyList<PlannedLine> Lines, IReadOnlyList<PlannedTeam> Teams, IReadOnlyList<Gap> Gaps)
{
    private const string BodiesSql = """
        SELECT b.organisation_code, o.display_name AS name, o.valid_until, b.stays, b.successor_code, s.display_name AS successor_name, s.valid_until AS successor_until,
               (SELECT COUNT(*) FROM team t JOIN case_file c ON c.owner_team = t.code AND c.state = 'open' WHERE t.organisation_code = o.code) AS cases,
               (SELECT COUNT(*) FROM chain_step x WHERE x.organisation_code = o.code AND x.state IN ('open', 'in_progress', 'waiting', 'suspended')) AS steps
        FROM merger_body b JOIN organisation o ON o.code = b.organisation_code JOIN organisation s ON s.code = b.successor_code
        WHERE b.merger_id = @id ORDER BY b.organisation_code
        """;

    private const string LinesSql = """
        SELECT l.code, l.organisation_code, l.topic_code, b.successor_code AS successor_organisation,
               CASE WHEN b.stays = 1 THEN x.successor_code ELSE
                   COALESCE(x.successor_code, (SELECT MIN(n.code) FROM line n WHERE n.organisation_code = b.successor_code AND n.topic_code = l.topic_code AND n.successor_code IS NULL)) END AS successor_code,
               b.stays AS body_stays,
               (SELECT COUNT(*) FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1
                JOIN merger_team y ON y.merger_id = b.merger_id AND y.team_code = p.team_code WHERE m.line_code = l.code) AS leaving,
               (SELECT COUNT(*) FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1 WHERE m.line_code = x.successor_code) AS there,
               (SELECT COUNT(*) FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1 WHERE m.line_code = l.code) AS members,
               (SELECT COUNT(*) FROM handoff_line hl JOIN handoff h ON h.id = hl.handoff_id WHERE hl.line_code = l.code AND h.closed_at IS NULL) AS talks,
               (SELECT COUNT(*) FROM callback k WHERE k.line_code = l.code AND k.state IN ('scheduled', 'attempting', 'failed')) AS callbacks,
               (SELECT COUNT(*) FROM step_request q WHERE q.line_code = l.code AND q.state = 'asked') AS asks,
               (SELECT COUNT(*) FROM fact_ask f WHERE f.line_code = l.code AND f.state = 'asked') AS fact_asks,
               (SELECT COUNT(*) FROM disclosure d WHERE d.line_code = l.code AND d.until IS NULL) AS disclosures
        FROM merger_body b JOIN line l ON l.organisation_code = b.organisation_code AND l.successor_code IS NULL
        LEFT JOIN merger_line x ON x.merger_id = b.merger_id AND x.line_code = l.code
        WHERE b.merger_id = @id ORDER BY l.code
        """;

    private const string TeamsSql = """
        SELECT t.code, t.name, t.organisation_code, COALESCE(x.successor_code, CASE WHEN b.stays = 1 THEN t.organisation_code ELSE b.successor_code END) AS successor_code,
               (SELECT COUNT(*) FROM professional p WHERE p.team_code = t.code AND p.active = 1) AS people,
               (SELECT COUNT(*) FROM professional p WHERE p.team_code = t.code AND p.active = 1 AND p.supervisor = 1) AS supervisors
        FROM merger_body b JOIN team t ON t.organisation_code = b.organisation_code
        LEFT JOIN merger_team x ON x.merger_id = b.merger_id AND x.team_code = t.code
        WHERE b.merger_id = @id ORDER BY t.code
        """;

    // Of a body that stays, the teams say who is left.
    private const string SupervisorsSql = """
        SELECT p.organisation_code AS code, COUNT(*) AS n FROM professional p
        WHERE p.organisation_code IN @successors AND p.active = 1 AND p.supervisor = 1
          AND NOT EXISTS (SELECT 1 FROM merger_body b WHERE b.merger_id = @id AND b.organisation_code = p.organisation_code)
        GROUP BY p.organisation_code
        """;

    public static MergerPlan Load(Unit unit, long id)
    {
        var bodies = unit.Query<PlannedBody>(BodiesSql, new { id });
        var lines = unit.Query<PlannedLine>(LinesSql, new { id });
        var teams = unit.Query<PlannedTeam>(TeamsSql, new { id });
        return Of(bodies, lines, teams, unit.Query<Count>(SupervisorsSql, new { id, successors = Successors(teams) }));
    }

    public static async Task<MergerPlan> LoadAsync(Reader reader, long id)
    {
        var bodies = await reader.QueryAsync<PlannedBody>(BodiesSql, new { id });
        var lines = await reader.QueryAsync<PlannedLine>(LinesSql, new { id });
        var teams = await reader.QueryAsync<PlannedTeam>(TeamsSql, new { id });
        return Of(bodies, lines, teams, await reader.QueryAsync<Count>(SupervisorsSql, new { id, successors = Successors(teams) }));
    }

    private static MergerPlan Of(List<PlannedBody> bodies, List<PlannedLine> lines, List<PlannedTeam> teams, List<Count> supervisors) => new(
        bodies,
        lines,
        teams,
        MergerRules.Gaps(
            lines.Where(l => !l.BodyStays).Select(l => new EndingLine(l.Code, l.SuccessorCode, l.Open)),
            teams.ConvertAll(t => new MovingTeam(t.Code, t.SuccessorCode, t.People, t.Supervisors)),
            supervisors.ToDictionary(s => s.Code, s => s.N, StringComparer.Ordinal),
            lines.Where(l => l.BodyStays && l.Members > 0).Select(l => new PartedLine(l.Code, l.Open, l.SuccessorCode is null ? l.Members - l.Leaving : l.Leaving + l.There))));

    /// <summary>A body that stays and of which nothing would move; null when each gives something.</summary>
    public string? NothingMoves => Bodies.FirstOrDefault(b => b.Stays && !Lines.Any(l => l.OrganisationCode == b.OrganisationCode && l.SuccessorCode is not null)
        && !Teams.Any(t => t.OrganisationCode == b.OrganisationCode && t.Moves))?.OrganisationCode;

    private static string[] Successors(List<PlannedTeam> teams) => [.. teams.Select(t => t.SuccessorCode).Distinct().DefaultIfEmpty("")];

    private sealed class Count
    {
        public string Code { get; init; } = "";

        public int N { get; init; }
    }
}

/// <summary>A body that ends, or gives a part away, and how many open cases and steps it has.</summary>
public sealed class PlannedBody
{
    public bool Stays { get; init; }

    public string OrganisationCode { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>It has ended already (yyyy-MM-dd); null while it exists.</summary>
    public string? ValidUntil { get; init; }

    public string SuccessorCode { get; init; } = "";

    public string SuccessorName { get; init; } = "";

    public string? SuccessorUntil { get; init; }

    public int Cases { get; init; }

    public int Steps { get; init; }
}

/// <summary>A line that ends with its body, what is open on it, and the line that goes on with that.</summary>
public sealed class PlannedLine
{
    public string Code { get; init; } = "";

    public string OrganisationCode { get; init; } = "";

    public string TopicCode { get; init; } = "";

    public string SuccessorOrganisation { get; init; } = "";

    /// <summary>Null: nobody; of a body that stays: the line stays too.</summary>
    public string? SuccessorCode { get; init; }

    public bool BodyStays { get; init; }

    /// <summary>How many of its members go along with a team; counted where the body stays.</summary>
    public int Leaving { get; init; }

    /// <summary>How many there are on the line that was chosen.</summary>
    public int There { get; init; }

    public int Members { get; init; }

    public int Talks { get; init; }

    public int Callbacks { get; init; }

    public int Asks { get; init; }

    public int FactAsks { get; init; }

    public int Disclosures { get; init; }

    public int Open => Members + Talks + Callbacks + Asks + FactAsks + Disclosures;
}

/// <summary>A team with its people and the cases it owns; it moves, or stays with a body that stays.</summary>
public sealed class PlannedTeam
{
    public bool Moves => SuccessorCode != OrganisationCode;

    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    public string OrganisationCode { get; init; } = "";

    public string SuccessorCode { get; init; } = "";

    public int People { get; init; }

    public int Supervisors { get; init; }
}
