using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// Gives the chosen facts to the one line that took the question, under the rule of that line: no row, no disclosure
/// (DOMAIN 5). Every giving and ending stands in the journal.
/// </summary>
public sealed class Disclose(SharingRules sharing)
{
    public void ToLine(Unit unit, StoredHandoff handoff, string line)
    {
        if (handoff.HandoffMode == Domain.Handoffs.HandoffMode.Consult)
        {
            return;
        }

        var topic = unit.Find<string>("SELECT topic_code FROM line WHERE code = @line", new { line })!;
        var off = RulesOff.Of(unit, handoff.SenderOrganisation);
        if (sharing.ForTopic(topic, off) is not { } rule)
        {
            return;
        }

        var secret = unit.Scalar<int>("SELECT p.secret FROM case_file c JOIN party p ON p.id = c.party_id WHERE c.id = @CaseId", new { handoff.CaseId }) == 1;
        var facts = unit.Query<Chosen>(
            """
            SELECT f.fact_id, x.kind FROM handoff_fact f JOIN fact x ON x.id = f.fact_id WHERE f.handoff_id = @Id
              AND NOT EXISTS (SELECT 1 FROM disclosure d WHERE d.handoff_id = @Id AND d.fact_id = f.fact_id AND d.line_code = @line AND d.until IS NULL)
            """,
            new { handoff.Id, line }).FindAll(f => sharing.Goes(handoff.SharingRule, topic, f.Kind, off, secret));
        foreach (var fact in facts)
        {
            // Given to this line before and ended: it holds again from now.
            var args = new
            {
                id = unit.NewId(), handoff.CaseId, fact = fact.FactId, handoff = handoff.Id, line, rule = rule.Id, handoff.SenderId, unit.Now,
            };
            if (unit.Execute("UPDATE disclosure SET until = NULL, since = @Now, rule_id = @rule, consent_id = NULL WHERE handoff_id = @handoff AND fact_id = @fact AND line_code = @line", args) == 0)
            {
                unit.Execute(
                    """
                    INSERT INTO disclosure (id, case_id, fact_id, handoff_id, line_code, rule_id, given_by, since)
                    VALUES (@id, @CaseId, @fact, @handoff, @line, @rule, @SenderId, @Now)
                    """,
                    args);
            }
        }

        if (facts.Count > 0)
        {
            unit.Append(new Entry(handoff.CaseId, "facts_disclosed", handoff.Id, handoff.SenderId, handoff.SenderOrganisation, new
            {
                line, count = facts.Count, kinds = facts.Select(f => f.Kind).Distinct(), rule = rule.Id,
            }));
        }
    }

    /// <summary>The line no longer works on it: what it was given for this handoff ends.</summary>
    public static void End(Unit unit, StoredHandoff handoff)
    {
        if (unit.Execute("UPDATE disclosure SET until = @Now WHERE handoff_id = @Id AND until IS NULL", new { unit.Now, handoff.Id }) > 0)
        {
            unit.Append(new Entry(handoff.CaseId, "disclosure_ended", handoff.Id, null, handoff.SenderOrganisation, new { line = handoff.LineCode }));
        }
    }

    /// <summary>
    /// Somebody of the line has nothing left to do here: their part in the case ends, and with the last of the line what
    /// it was given for this handoff. Who owns the chain or still owes something stays.
    /// </summary>
    public static void LeaveLine(Unit unit, StoredHandoff handoff, long person, string? line)
    {
        // Also who had it before them, and handed it over: nothing holds those here any longer.
        foreach (var one in unit.Query<long>("SELECT professional_id FROM case_participant WHERE case_id = @CaseId AND line_code = @line AND until IS NULL", new { handoff.CaseId, line }).Append(person).Distinct().ToList())
        {
            Participants.Leave(unit, handoff.CaseId, one);
        }

        if (unit.Scalar<long>("SELECT COUNT(*) FROM case_participant WHERE case_id = @CaseId AND line_code = @line AND until IS NULL", new { handoff.CaseId, line }) == 0)
        {
            End(unit, handoff);
        }
    }

    /// <summary>The person who will call back joins the case as the line's specialist; after a consult they only get the question.</summary>
    public void ForCallback(Unit unit, StoredHandoff handoff, long person, string line)
    {
        if (handoff.HandoffMode == Domain.Handoffs.HandoffMode.Consult)
        {
            return;
        }

        Participants.Join(unit, handoff.CaseId, Actor.Load(unit, person)!, line, "specialist");
        ToLine(unit, handoff, line);
    }

    private sealed class Chosen
    {
        public long FactId { get; init; }

        public string Kind { get; init; } = "";
    }
}
