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
    private const string Cases = "(SELECT c.id FROM case_file c WHERE c.owner_team = @team AND c.state = 'open')";
    private const string Running = "state IN ('open', 'in_progress', 'waiting', 'suspended')";

    private readonly HashSet<(long CaseId, string From, string To)> touched = [];

    public void Run()
    {
        foreach (var body in plan.Bodies.Where(b => !b.Stays))
        {
            unit.ExecuteGuarded(
                "UPDATE organisation SET valid_until = @last, successor_code = @to WHERE code = @from AND valid_until IS NULL",
                new { last = merger.On.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), to = body.SuccessorCode, from = body.OrganisationCode });
        }

        var staying = plan.Bodies.Where(b => b.Stays).Select(b => b.OrganisationCode).ToHashSet(StringComparer.Ordinal);
        var answers = plan.Teams.Select(t => t.SuccessorCode).Distinct().ToDictionary(code => code, code => staying.Contains(code) ? null : DutyOf(code));
        foreach (var team in plan.Teams.Where(t => t.Moves))
        {
            if (staying.Contains(team.OrganisationCode))
            {
                GiveCases(team);
            }

            Move(team);
        }

        plan.Teams.Where(t => t.Moves).Select(t => t.OrganisationCode).Distinct().ToList().ForEach(MoveDuty);
        foreach (var (successor, before) in answers)
        {
            Answers(successor, before);
        }

        var lines = new LineSuccession(unit);
        foreach (var line in plan.Lines.Where(l => l.SuccessorCode is not null))
        {
            Touch(lines.Move(line), line.OrganisationCode, line.SuccessorOrganisation);
            if (line.BodyStays)
            {
                lines.Serve(line);
            }
        }

        plan.Bodies.ToList().ForEach(b => FollowLines(b.OrganisationCode));
        plan.Lines.Where(l => l.BodyStays && l.SuccessorCode is null).ToList().ForEach(lines.Leave);
        foreach (var body in plan.Bodies.Where(b => !b.Stays))
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

    // A step that was asked of a line goes where the line went.
    private void FollowLines(string from) => unit.Execute(
        $"""
        UPDATE chain_step SET version = version + 1, organisation_code =
          (SELECT l.organisation_code FROM step_request q JOIN line l ON l.code = q.line_code WHERE q.step_id = chain_step.id AND q.state = 'asked')
        WHERE organisation_code = @from AND {Running} AND EXISTS
          (SELECT 1 FROM step_request q JOIN line l ON l.code = q.line_code WHERE q.step_id = chain_step.id AND q.state = 'asked' AND l.organisation_code <> @from)
        """,
        new { from });

    // The body stays: it keeps what it knows of other cases, so the new one does not simply know what it knew. What is open
    // with the team goes over whole, with what the body wrote in it; what is closed stays.
    private void GiveCases(PlannedTeam team)
    {
        var args = new { team = team.Code, from = team.OrganisationCode, to = team.SuccessorCode };
        unit.Execute($"UPDATE fact SET recorded_organisation = @to WHERE recorded_organisation = @from AND case_id IN {Cases}", args);
        unit.Execute($"UPDATE personal_value SET organisation_code = @to WHERE organisation_code = @from AND case_id IN {Cases}", args);
        unit.Execute($"UPDATE legal_hold SET organisation_code = @to WHERE organisation_code = @from AND case_id IN {Cases}", args);
        unit.Execute("UPDATE case_file SET organisation_code = @to WHERE organisation_code = @from AND owner_team = @team AND state = 'open'", args);
    }

    // The rota of duty goes with the people on it; a day that the successor has filled already stays as it is there.
    private void MoveDuty(string from)
    {
        unit.Execute(
            """
            INSERT INTO organisation_duty (organisation_code, day, professional_id)
            SELECT p.organisation_code, d.day, MIN(d.professional_id) FROM organisation_duty d JOIN professional p ON p.id = d.professional_id AND p.active = 1
            WHERE d.organisation_code = @from AND p.organisation_code <> @from
              AND NOT EXISTS (SELECT 1 FROM organisation_duty n WHERE n.organisation_code = p.organisation_code AND n.day = d.day)
            GROUP BY p.organisation_code, d.day
            """,
            new { from });
        unit.Execute(
            "DELETE FROM organisation_duty WHERE organisation_code = @from AND professional_id IN (SELECT p.id FROM professional p WHERE p.organisation_code <> @from)", new { from });
    }

    private long? DutyOf(string organisation) => unit.Find<long?>(
        "SELECT MIN(id) FROM professional WHERE organisation_code = @organisation AND active = 1 AND supervisor = 1 AND duty_supervisor = 1", new { organisation });

    // One person answers for an organisation: who did so there already, else one who comes with that duty, else any supervisor.
    private void Answers(string organisation, long? before)
    {
        var duty = before ?? DutyOf(organisation)
            ?? unit.Find<long?>("SELECT MIN(id) FROM professional WHERE organisation_code = @organisation AND active = 1 AND supervisor = 1", new { organisation });
        unit.Execute("UPDATE professional SET duty_supervisor = CASE WHEN id = @duty THEN 1 ELSE 0 END WHERE organisation_code = @organisation AND (duty_supervisor = 1 OR id = @duty)", new { organisation, duty });
    }

    private void Move(PlannedBody body)
    {
        var args = new { from = body.OrganisationCode, to = body.SuccessorCode };
        Touch(unit.Query<long>($"SELECT case_id FROM chain_step WHERE organisation_code = @from AND {Running}", args), args.from, args.to);
        unit.Execute($"UPDATE chain_step SET organisation_code = @to, version = version + 1 WHERE organisation_code = @from AND {Running}", args);
        unit.Execute("UPDATE bottleneck SET organisation_code = @to, version = version + 1 WHERE organisation_code = @from", args);
        unit.Execute("UPDATE role_rule SET organisation_code = @to, version = version + 1 WHERE organisation_code = @from", args);
        unit.Execute("UPDATE product SET organisation_code = @to WHERE organisation_code = @from", args);
        unit.Execute(
            """
            UPDATE product_keeper SET organisation_code = @to WHERE organisation_code = @from
              AND NOT EXISTS (SELECT 1 FROM product_keeper n WHERE n.organisation_code = @to AND n.product_code = product_keeper.product_code)
            """,
            args);
        // Who owned what information points asked does so where they went, unless somebody was named there.
        unit.Execute(
            """
            UPDATE intake_owner SET organisation_code = @to WHERE organisation_code = @from
              AND NOT EXISTS (SELECT 1 FROM intake_owner n WHERE n.organisation_code = @to)
            """,
            args);
        // What one of the old bodies did not want to give by a rule, its successor does not suddenly give.
        unit.Execute(
            """
            UPDATE sharing_rule_off SET organisation_code = @to WHERE organisation_code = @from AND on_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM sharing_rule_off n WHERE n.organisation_code = @to AND n.rule_id = sharing_rule_off.rule_id AND n.on_at IS NULL)
            """,
            args);
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
