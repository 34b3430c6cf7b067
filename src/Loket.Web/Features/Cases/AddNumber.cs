using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Shared;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>The number that came later: a BSN for a person or for who was helped without one, a KVK number or RSIN for a business.</summary>
public sealed record NumberForm(string? Bsn = null, string? Kvk = null, string? Rsin = null);

/// <summary>
/// Adds the number of a party that had none (DOMAIN 5). From then on the case is found and joined like one that was opened
/// with it; where identity was established already, the register is asked at once. A number that is there stays.
/// </summary>
public sealed class AddNumber(Db db, KeyRing keys, EstablishIdentity identity)
{
    public async Task<Outcome<CaseSaved>> RunAsync(Actor actor, long caseId, NumberForm form, string? key, CancellationToken ct = default)
    {
        if (Check(form).FirstOrDefault() is { } error)
        {
            return error.Refusal;
        }

        var marks = new[] { "person", "business" }.Select(party => PartyNumber.Of(party, form.Bsn, form.Kvk, form.Rsin)?.Mark(keys));
        var saved = await db.WriteAsync<CaseSaved>(Command.Of(actor.Id, "case-number", key, new { caseId, marks }), unit => Add(unit, actor, caseId, form));
        if (saved.IsOk)
        {
            await identity.AskRegisterAsync(actor, caseId, ct);
        }

        return saved;
    }

    /// <summary>Every mistake that needs no database, by field.</summary>
    public static IEnumerable<FieldError> Check(NumberForm form) =>
        PartyNumber.Check("person", form.Bsn, null, null).Concat(PartyNumber.Check("business", null, form.Kvk, form.Rsin));

    private Outcome<CaseSaved> Add(Unit unit, Actor actor, long caseId, NumberForm form)
    {
        if (!CaseAccess.RequireEdit(unit, actor, caseId).IsOwnOrganisation)
        {
            return new Refusal("case-read-only");
        }

        var row = unit.Find<Row>("SELECT p.id, p.kind, p.number_kind, c.version FROM case_file c JOIN party p ON p.id = c.party_id WHERE c.id = @caseId", new { caseId })!;
        if (row.NumberKind is not null)
        {
            return new Refusal("number-stays");
        }

        // Who was helped without a number and has a BSN after all is a person.
        var party = row.Kind == "none" ? "person" : row.Kind;
        if (PartyNumber.Of(party, form.Bsn, form.Kvk, form.Rsin) is not { } number)
        {
            return new Refusal("number-missing");
        }

        var kept = number.Seal(keys, row.Id);
        unit.ExecuteGuarded(
            """
            UPDATE party SET kind = @party, number_kind = @Kind, number_sealed = @Sealed, number_index = @Index, number_key = @Version, number_tail = @Tail
            WHERE id = @Id AND number_kind IS NULL
            """,
            new { party, number.Kind, kept.Sealed, kept.Index, kept.Version, number.Tail, row.Id });
        unit.Execute("UPDATE case_file SET version = version + 1 WHERE id = @caseId", new { caseId });
        unit.Append(new Entry(caseId, "number_added", caseId, actor.Id, actor.OrganisationCode, new { kind = number.Kind }));
        if (number.Kind == "kvk")
        {
            Facts.Add(unit, caseId, actor, "kvk", "", number.Number, "citizen");
        }

        return new CaseSaved(caseId.ToString(CultureInfo.InvariantCulture), row.Version + 1);
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public string? NumberKind { get; init; }

        public int Version { get; init; }
    }
}
