using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Identity;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

public sealed record FactTakenOut(string FactId);

/// <summary>Which fact, as it was shown, and why it does not belong here.</summary>
public sealed record TakeOutForm(long? Fact, string? Why, int Version);

/// <summary>
/// Takes a fact or document of the own organisation out of a case it does not belong in (AVG art. 5(1)(c) and (d), 17(1)(d)):
/// from that moment nobody sees it, no line has it any more, and every line that was ever given it is told (art. 19). For a
/// week it can be put back, since who takes out alone may be wrong alone <em>(ours)</em>; then what it said is destroyed
/// (<see cref="Retention.EraseTakenOut"/>). That it was taken out, by whom and why, stays with the case.
/// </summary>
public sealed class TakeOutFact(Db db)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>What has a way of its own to go: also what the register said.</summary>
    public static bool Stays(string kind, string source) => CorrectFact.Stays(kind) || source == IPersonRegister.Source;

    internal static Refusal No(string kind) => new(kind == "bsn" ? "fact-number-stays" : "fact-stays");

    public Task<Outcome<FactTakenOut>> RunAsync(Actor actor, long caseId, TakeOutForm form, string? key) =>
        db.WriteAsync<FactTakenOut>(Command.Of(actor.Id, "fact-take-out", key, new { caseId, form }), unit =>
        {
            CaseAccess.RequireWork(unit, actor, caseId);
            if (OwnFact.Find(unit, actor, caseId, form.Fact) is not { } fact)
            {
                return new Refusal("fact-unknown");
            }

            if (Stays(fact.Kind, fact.Source))
            {
                return No(fact.Kind);
            }

            if ((string.IsNullOrWhiteSpace(form.Why) ? new Refusal("fact-out-why-missing") : FreeText.Check(CorrectFact.LongestWhy, form.Why)) is { } no)
            {
                return no;
            }

            var nothing = PersonalValues.Nothing(unit, caseId, actor.OrganisationCode);
            var until = unit.Now + Kept;
            if (unit.Execute("UPDATE fact SET personal_id = @nothing, erase_at = @until WHERE id = @Id AND version = @Version AND erase_at IS NULL", new { nothing, until, fact.Id, form.Version }) == 0)
            {
                return new Refusal("stale");
            }

            CorrectFact.Change(unit, actor, caseId, fact, form.Why!, "fact_taken_out", null);
            GoneFacts.Leave(unit, caseId, [fact.Id]);
            return new FactTakenOut(fact.Id.ToString(CultureInfo.InvariantCulture));
        });

    /// <summary>As it was before, for the own organisation: which line has it is decided anew.</summary>
    public Task<Outcome<FactTakenOut>> PutBackAsync(Actor actor, long caseId, long? fact, string? key) =>
        db.WriteAsync<FactTakenOut>(Command.Of(actor.Id, "fact-put-back", key, new { caseId, fact }), unit =>
        {
            CaseAccess.RequireWork(unit, actor, caseId);
            if (unit.Find<OutRow>(
                $"""
                SELECT f.id, f.kind, x.id AS change_id, x.was_id FROM fact f JOIN fact_correction x ON x.id = (SELECT MAX(y.id) FROM fact_correction y WHERE y.case_id = @caseId AND y.fact_id = f.id)
                WHERE f.id = @fact AND f.case_id = @caseId AND f.erase_at IS NOT NULL AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes})
                """,
                new { fact, caseId, actor.OrganisationCode }) is not { } row)
            {
                return new Refusal("fact-not-out");
            }

            unit.ExecuteGuarded("UPDATE fact SET personal_id = @WasId, erase_at = NULL WHERE id = @Id AND erase_at IS NOT NULL", row);
            // It never left: what it said before and who was told of that stays as it was.
            unit.Execute("DELETE FROM fact_notice WHERE correction_id = @ChangeId", row);
            unit.Execute("DELETE FROM fact_correction WHERE id = @ChangeId", row);
            if (row.Kind == "name")
            {
                unit.Execute("UPDATE party SET name_id = @WasId WHERE name_id IS NULL AND id = (SELECT c.party_id FROM case_file c WHERE c.id = @caseId)", new { row.WasId, caseId });
            }

            unit.Append(new Entry(caseId, "fact_put_back", row.Id, actor.Id, actor.OrganisationCode, new { kind = row.Kind }));
            Facts.Changed(unit, caseId, row.Kind);
            return new FactTakenOut(row.Id.ToString(CultureInfo.InvariantCulture));
        });

    private sealed class OutRow
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public long ChangeId { get; init; }

        public long WasId { get; init; }
    }
}
