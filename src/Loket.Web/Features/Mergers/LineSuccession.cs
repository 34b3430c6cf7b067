using Loket.Web.Data;

namespace Loket.Web.Features.Mergers;

/// <summary>
/// Moves the members of a line, what is asked of it and what was given to it to the line that goes on. An old disclosure
/// ends and a new one begins, so that it stays readable who was given what, and when.
/// </summary>
internal sealed class LineSuccession(Unit unit)
{
    private const string Gone = "professional_id IN (SELECT p.id FROM professional p JOIN line l ON l.code = @Code WHERE p.organisation_code <> l.organisation_code)";
    private const string OpenTalks = "(SELECT h.id FROM handoff h WHERE h.closed_at IS NULL AND h.id = handoff_id)";

    /// <summary>Gives the open cases in which something of the line is under way.</summary>
    public IReadOnlyList<long> Move(PlannedLine line)
    {
        var args = new { old = line.Code, to = line.SuccessorCode, unit.Now };
        var cases = unit.Query<long>(
            """
            SELECT h.case_id FROM handoff_line hl JOIN handoff h ON h.id = hl.handoff_id WHERE hl.line_code = @old AND h.closed_at IS NULL
            UNION SELECT k.case_id FROM callback k WHERE k.line_code = @old AND k.state IN ('scheduled', 'attempting', 'failed')
            UNION SELECT f.case_id FROM fact_ask f WHERE f.line_code = @old AND f.state = 'asked'
            UNION SELECT q.case_id FROM step_request q WHERE q.line_code = @old AND q.state = 'asked'
            """,
            args);
        Members(line);
        Settings(args);
        unit.Execute($"UPDATE message_disclosure SET line_code = @to WHERE line_code = @old AND handoff_id IN {OpenTalks}", args);
        unit.Execute($"UPDATE handoff_line SET line_code = @to WHERE line_code = @old AND handoff_id IN {OpenTalks}", args);
        unit.Execute("UPDATE handoff SET line_code = @to, version = version + 1 WHERE line_code = @old AND closed_at IS NULL", args);
        unit.Execute("UPDATE offer SET line_code = @to WHERE line_code = @old AND state = 'pending'", args);
        unit.Execute("UPDATE callback SET line_code = @to, version = version + 1 WHERE line_code = @old AND state IN ('scheduled', 'attempting', 'failed')", args);
        unit.Execute("UPDATE step_request SET line_code = @to, version = version + 1 WHERE line_code = @old AND state = 'asked'", args);
        unit.Execute("UPDATE fact_ask SET line_code = @to, version = version + 1 WHERE line_code = @old AND state = 'asked'", args);
        unit.Execute("UPDATE case_participant SET line_code = @to WHERE line_code = @old AND until IS NULL", args);
        Disclosures(line);
        return cases;
    }

    /// <summary>The line stays, and some of its members do not: they are on the line of that topic where they went, when there is one.</summary>
    public void Leave(PlannedLine line)
    {
        var args = new { line.Code, line.TopicCode };
        unit.Execute(
            $"""
            INSERT INTO line_member (line_code, professional_id, tier, position, weight, is_on, rota)
            SELECT n.code, m.professional_id, m.tier, m.position, m.weight, m.is_on, m.rota
            FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1
            JOIN line n ON n.code = (SELECT MIN(x.code) FROM line x WHERE x.organisation_code = p.organisation_code AND x.topic_code = @TopicCode AND x.successor_code IS NULL)
            WHERE m.line_code = @Code AND m.{Gone}
              AND NOT EXISTS (SELECT 1 FROM line_member t WHERE t.line_code = n.code AND t.professional_id = m.professional_id)
            """,
            args);
        unit.Execute($"DELETE FROM line_member WHERE line_code = @Code AND {Gone}", args);
    }

    // In a split not everybody of a line goes where the line goes: then to the line of the same topic where they do go.
    private void Members(PlannedLine line)
    {
        var members = unit.Query<Member>(
            """
            SELECT m.professional_id, m.tier, m.position, m.weight, m.is_on, m.rota,
                   COALESCE((SELECT n.code FROM line n WHERE n.code = @to AND n.organisation_code = p.organisation_code),
                            (SELECT MIN(n.code) FROM line n WHERE n.organisation_code = p.organisation_code AND n.topic_code = @topic AND n.successor_code IS NULL)) AS line
            FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1 WHERE m.line_code = @old ORDER BY m.professional_id
            """,
            new { old = line.Code, to = line.SuccessorCode, topic = line.TopicCode });
        foreach (var member in members.Where(m => m.Line is not null))
        {
            unit.Execute(
                """
                INSERT INTO line_member (line_code, professional_id, tier, position, weight, is_on, rota)
                SELECT l.code, @ProfessionalId, @Tier, @Position, @Weight, @IsOn, @Rota FROM line l
                WHERE l.code = @Line AND NOT EXISTS (SELECT 1 FROM line_member m WHERE m.line_code = @Line AND m.professional_id = @ProfessionalId)
                """,
                member);
        }

        // Who is changing one of these lines now has not seen who came. Where an open line goes, a line is open.
        foreach (var code in members.Select(m => m.Line).OfType<string>().Distinct())
        {
            unit.Execute(
                "UPDATE line SET version = version + 1, is_live = CASE WHEN EXISTS (SELECT 1 FROM line o WHERE o.code = @old AND o.is_live = 1) THEN 1 ELSE is_live END WHERE code = @code",
                new { code, old = line.Code });
        }

        unit.Execute("DELETE FROM line_member WHERE line_code = @Code", new { line.Code });
    }

    private void Settings(object args)
    {
        unit.Execute("UPDATE line SET successor_code = @to, is_live = 0, version = version + 1 WHERE code = @old", args);
        unit.Execute("UPDATE line SET overflow_line = CASE WHEN code = @to THEN NULL ELSE @to END, version = version + 1 WHERE overflow_line = @old", args);
        unit.Execute(
            """
            INSERT INTO line_area (line_code, municipality_code)
            SELECT n.code, a.municipality_code FROM line_area a JOIN line n ON n.code = @to JOIN organisation o ON o.code = a.municipality_code AND o.valid_until IS NULL
            WHERE a.line_code = @old AND a.municipality_code <> n.organisation_code
              AND NOT EXISTS (SELECT 1 FROM line_area x WHERE x.line_code = n.code AND x.municipality_code = a.municipality_code)
            """,
            args);
    }

    /// <summary>The municipality goes on and gave its line away: its citizens are served where the line went.</summary>
    public void Serve(PlannedLine line) => unit.Execute(
        """
        INSERT INTO line_area (line_code, municipality_code)
        SELECT n.code, o.code FROM line n JOIN organisation o ON o.code = @OrganisationCode AND o.kind = 'municipality'
        WHERE n.code = @SuccessorCode AND n.organisation_code <> o.code
          AND NOT EXISTS (SELECT 1 FROM line_area x WHERE x.line_code = n.code AND x.municipality_code = o.code)
        """,
        new { line.OrganisationCode, line.SuccessorCode });

    private void Disclosures(PlannedLine line)
    {
        var args = new { old = line.Code, to = line.SuccessorCode, unit.Now };
        var given = unit.Query<Given>("SELECT id, case_id, fact_id, handoff_id, rule_id, given_by FROM disclosure WHERE line_code = @old AND until IS NULL", args);
        unit.Execute("UPDATE disclosure SET until = @Now WHERE line_code = @old AND until IS NULL", args);
        var again = unit.ExecuteEach(
            "UPDATE disclosure SET until = NULL WHERE handoff_id = @handoff AND fact_id = @fact AND line_code = @to",
            given,
            ("@handoff", g => g.HandoffId),
            ("@fact", g => g.FactId),
            ("@to", _ => line.SuccessorCode));
        unit.ExecuteEach(
            "INSERT INTO disclosure (id, case_id, fact_id, handoff_id, line_code, rule_id, given_by, since) VALUES (@id, @case, @fact, @handoff, @to, @rule, @by, @now)",
            given.Where((_, i) => again[i] == 0).ToList(),
            ("@id", _ => unit.NewId()),
            ("@case", g => g.CaseId),
            ("@fact", g => g.FactId),
            ("@handoff", g => g.HandoffId),
            ("@to", _ => line.SuccessorCode),
            ("@rule", g => g.RuleId),
            ("@by", g => g.GivenBy),
            ("@now", _ => unit.Now));
    }

    private sealed class Member
    {
        public long ProfessionalId { get; init; }

        public int Tier { get; init; }

        public int Position { get; init; }

        public int Weight { get; init; }

        public int IsOn { get; init; }

        public string? Rota { get; init; }

        public string? Line { get; init; }
    }

    private sealed class Given
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public long FactId { get; init; }

        public long HandoffId { get; init; }

        public string RuleId { get; init; } = "";

        public long GivenBy { get; init; }
    }
}
