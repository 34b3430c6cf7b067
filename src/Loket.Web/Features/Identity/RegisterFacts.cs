using Loket.Web.Data;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Identity;

/// <summary>
/// What the register said goes when identity turns out not to be established (DOMAIN 5): the values are destroyed, no line
/// sees them any more and each is told. Who the citizen is stays as they said it; established again, the register is asked again.
/// </summary>
internal static class RegisterFacts
{
    public static void TakeBack(Unit unit, Actor actor, long caseId)
    {
        var facts = unit.Query<FactRow>("SELECT id, kind FROM fact WHERE case_id = @caseId AND source = @Source", new { caseId, IPersonRegister.Source });
        var ids = facts.ConvertAll(f => f.Id);
        foreach (var given in unit.Query<GivenRow>("SELECT fact_id, line_code FROM disclosure WHERE fact_id IN @ids AND until IS NULL ORDER BY id", new { ids }))
        {
            unit.Append(new Entry(caseId, "fact_withdrawn", given.FactId, actor.Id, actor.OrganisationCode, new
            {
                line = given.LineCode, kind = facts.Find(f => f.Id == given.FactId)!.Kind, notify = ShareFact.OnLine(unit, caseId, given.LineCode),
            }));
        }

        unit.Execute(
            """
            UPDATE personal_value SET value = NULL, salt = NULL, destroyed_at = @Now
            WHERE destroyed_at IS NULL AND (id IN (SELECT f.personal_id FROM fact f WHERE f.id IN @ids) OR id IN (SELECT x.was_id FROM fact_correction x WHERE x.case_id = @caseId AND (x.was_source = @Source OR x.fact_id IN @ids)))
            """,
            new { ids, caseId, IPersonRegister.Source, unit.Now });
        unit.Execute("UPDATE party SET register_state = NULL, secret = 0 WHERE id = (SELECT c.party_id FROM case_file c WHERE c.id = @caseId)", new { caseId });
        GoneFacts.Leave(unit, caseId, ids);
    }

    private sealed class FactRow
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";
    }

    private sealed class GivenRow
    {
        public long FactId { get; init; }

        public string LineCode { get; init; } = "";
    }
}
