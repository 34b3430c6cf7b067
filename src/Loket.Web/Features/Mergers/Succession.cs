using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Live;

namespace Loket.Web.Features.Mergers;

/// <summary>
/// Moves what is open to the successors. Teams move whole, with their people and the cases they own: dates, owners and
/// promises stay with the same person. What is over keeps the codes it had.
/// </summary>
internal sealed class Succession(Unit unit, StoredMerger merger, MergerPlan plan)
{
    private const string People = "(SELECT p.id FROM professional p WHERE p.team_code = @team)";
    private const string Running = "state IN ('open', 'in_progress', 'waiting', 'suspended')";

    private readonly HashSet<(long CaseId, string From, string To)> touched = [];

    public void Run()
    {
        foreach (var body in plan.Bodies)
        {
            unit.ExecuteGuarded(
                "UPDATE organisation SET valid_until = @last, successor_code = @to WHERE code = @from AND valid_until IS NULL",
                new { last = merger.On.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), to = body.SuccessorCode, from = body.OrganisationCode });
        }

        plan.Teams.ToList().ForEach(Move);
        var lines = new LineSuccession(unit);
        foreach (var line in plan.Lines.Where(l => l.SuccessorCode is not null))
        {
            Touch(lines.Move(line), line.OrganisationCode, line.SuccessorOrganisation);
        }

        foreach (var body in plan.Bodies)
        {
            Move(body);
            foreach (var successor in plan.Teams.Where(t => t.OrganisationCode == body.OrganisationCode).Select(t => t.SuccessorCode).Append(body.SuccessorCode).Distinct())
            {
                Remember(body.OrganisationCode, successor);
            }
        }

        Journal();
    }

    private void Move(PlannedTeam team)
    {
        var args = new { team = team.Code, from = team.OrganisationCode, to = team.SuccessorCode };
        Touch(unit.Query<long>("SELECT id FROM case_file WHERE owner_team = @team AND state = 'open'", args), args.from, args.to);
        Touch(
            unit.Query<long>($"SELECT DISTINCT cp.case_id FROM case_participant cp JOIN case_file c ON c.id = cp.case_id AND c.state = 'open' WHERE cp.professional_id IN {People} AND cp.until IS NULL", args),
            args.from,
            args.to);
        unit.Execute("UPDATE case_file SET owner_organisation = @to, version = version + 1 WHERE owner_team = @team AND state = 'open'", args);
        unit.Execute(
            $"UPDATE case_participant SET organisation_code = @to WHERE professional_id IN {People} AND until IS NULL AND case_id IN (SELECT c.id FROM case_file c WHERE c.state = 'open' AND c.id = case_participant.case_id)",
            args);
        unit.Execute($"UPDATE promise SET organisation_code = @to, version = version + 1 WHERE professional_id IN {People} AND state = 'open' AND organisation_code = @from", args);
        unit.Execute(
            $"UPDATE callback SET organisation_code = @to, version = version + 1 WHERE professional_id IN {People} AND state IN ('scheduled', 'attempting', 'failed') AND organisation_code = @from", args);
        unit.Execute($"UPDATE handoff SET sender_organisation = @to WHERE sender_id IN {People} AND closed_at IS NULL", args);
        unit.Execute(
            $"UPDATE chain_step SET organisation_code = @to, version = version + 1 WHERE organisation_code = @from AND {Running} AND accepted_at IS NOT NULL AND professional_id IN {People}", args);
        unit.Execute("UPDATE role_rule SET organisation_code = @to, version = version + 1 WHERE organisation_code = @from AND team_code = @team", args);
        unit.Execute("UPDATE professional SET organisation_code = @to, version = version + 1 WHERE team_code = @team AND active = 1", args);
        unit.Execute("UPDATE team SET organisation_code = @to WHERE code = @team", args);
    }

    private void Move(PlannedBody body)
    {
        var args = new { from = body.OrganisationCode, to = body.SuccessorCode };
        Touch(unit.Query<long>($"SELECT case_id FROM chain_step WHERE organisation_code = @from AND {Running}", args), args.from, args.to);
        // A step that was asked of a line goes where the line went.
        unit.Execute(
            $"""
            UPDATE chain_step SET version = version + 1, organisation_code =
              (SELECT l.organisation_code FROM step_request q JOIN line l ON l.code = q.line_code WHERE q.step_id = chain_step.id AND q.state = 'asked')
            WHERE organisation_code = @from AND {Running} AND EXISTS
              (SELECT 1 FROM step_request q JOIN line l ON l.code = q.line_code WHERE q.step_id = chain_step.id AND q.state = 'asked')
            """,
            args);
        unit.Execute($"UPDATE chain_step SET organisation_code = @to, version = version + 1 WHERE organisation_code = @from AND {Running}", args);
        unit.Execute("UPDATE bottleneck SET organisation_code = @to, version = version + 1 WHERE organisation_code = @from", args);
        unit.Execute("UPDATE role_rule SET organisation_code = @to, version = version + 1 WHERE organisation_code = @from", args);
        unit.Execute("UPDATE product SET organisation_code = @to WHERE organisation_code = @from", args);
        unit.Execute("UPDATE outgoing_message SET organisation_code = @to WHERE organisation_code = @from AND sent_at IS NULL", args);
        unit.Execute(
            """
            UPDATE proactive_person SET organisation_code = @to, version = version + 1 WHERE organisation_code = @from AND NOT EXISTS
              (SELECT 1 FROM proactive_person o WHERE o.organisation_code = @to AND o.rule_id = proactive_person.rule_id AND o.person_key = proactive_person.person_key)
            """,
            args);
        // Whoever worked for the old municipality works for the new one.
        unit.Execute(
            """
            INSERT INTO line_area (line_code, municipality_code)
            SELECT a.line_code, o.code FROM line_area a JOIN line l ON l.code = a.line_code AND l.successor_code IS NULL JOIN organisation o ON o.code = @to AND o.kind = 'municipality'
            WHERE a.municipality_code = @from AND l.organisation_code <> @to
              AND NOT EXISTS (SELECT 1 FROM line_area n WHERE n.line_code = a.line_code AND n.municipality_code = @to)
            """,
            args);
    }

    // What the body knew and who objected there, its successors know.
    private void Remember(string from, string to)
    {
        unit.Execute(
            """
            INSERT INTO past_organisation (organisation_code, past_code)
            SELECT @to, o.code FROM organisation o WHERE (o.code = @from OR o.code IN (SELECT e.past_code FROM past_organisation e WHERE e.organisation_code = @from))
              AND NOT EXISTS (SELECT 1 FROM past_organisation n WHERE n.organisation_code = @to AND n.past_code = o.code)
            """,
            new { from, to });
        unit.Execute(
            """
            INSERT INTO proactive_objection (organisation_code, person_key, recorded_by, recorded_at)
            SELECT @to, b.person_key, b.recorded_by, b.recorded_at FROM proactive_objection b WHERE b.organisation_code = @from
              AND NOT EXISTS (SELECT 1 FROM proactive_objection n WHERE n.organisation_code = @to AND n.person_key = b.person_key)
            """,
            new { from, to });
    }

    private void Touch(IEnumerable<long> cases, string from, string to) => touched.UnionWith(cases.Select(id => (id, from, to)));

    private void Journal()
    {
        var names = plan.Bodies.SelectMany(b => new[] { (Code: b.OrganisationCode, b.Name), (Code: b.SuccessorCode, Name: b.SuccessorName) })
            .DistinctBy(b => b.Code).ToDictionary(b => b.Code, b => b.Name, StringComparer.Ordinal);
        foreach (var (caseId, from, to) in touched.Order())
        {
            unit.Append(new Entry(caseId, "organisation_succeeded", caseId, null, to, new
            {
                from, to, fromName = names[from], toName = names[to], notify = Notify.Ids(),
            }));
        }
    }
}
