using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Identity;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>
/// Puts a wrong BSN right (AVG art. 16). What the register said was about somebody else: it is destroyed, and each line that
/// had it is told (AVG art. 19). How the citizen is known is asked anew; only then the register is.
/// </summary>
public sealed class CorrectNumber(Db db, KeyRing keys)
{
    public async Task<Outcome<CaseSaved>> RunAsync(Actor actor, long caseId, string? bsn, string? key)
    {
        if (PartyNumber.Check("person", bsn, null, null).FirstOrDefault() is { } error)
        {
            return error.Refusal;
        }

        var number = PartyNumber.Of("person", bsn, null, null);
        return await db.WriteAsync<CaseSaved>(
            Command.Of(actor.Id, "case-number-correct", key, new { caseId, mark = number?.Mark(keys) }), unit => Correct(unit, actor, caseId, number));
    }

    private Outcome<CaseSaved> Correct(Unit unit, Actor actor, long caseId, PartyNumber? number)
    {
        if (!CaseAccess.RequireEdit(unit, actor, caseId).IsOwnOrganisation)
        {
            return new Refusal("case-read-only");
        }

        if (number is null)
        {
            return new Refusal("number-missing");
        }

        var row = unit.Find<Row>(
            "SELECT p.id, p.number_sealed, c.version FROM case_file c JOIN party p ON p.id = c.party_id WHERE c.id = @caseId AND p.number_kind = 'bsn'", new { caseId });
        if (row is null)
        {
            return new Refusal("number-not-there");
        }

        if (keys.Open(row.NumberSealed, OpenCase.PartyContext(row.Id)) == number.Number)
        {
            return new Refusal("number-same");
        }

        var kept = number.Seal(keys, row.Id);
        unit.ExecuteGuarded(
            """
            UPDATE party SET number_sealed = @Sealed, number_index = @Index, number_key = @Version, number_tail = @Tail
            WHERE id = @Id AND number_sealed = @NumberSealed
            """,
            new { kept.Sealed, kept.Index, kept.Version, number.Tail, row.Id, row.NumberSealed });
        RegisterFacts.TakeBack(unit, actor, caseId);
        unit.Execute("UPDATE case_file SET identity_method = 'not_established', version = version + 1 WHERE id = @caseId", new { caseId });
        unit.Append(new Entry(caseId, "number_corrected", caseId, actor.Id, actor.OrganisationCode, new { kind = number.Kind }));
        return new CaseSaved(caseId.ToString(CultureInfo.InvariantCulture), row.Version + 1);
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string NumberSealed { get; init; } = "";

        public int Version { get; init; }
    }
}
