using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Identity;

/// <summary>
/// Records how identity was established. Only then the register is asked, outside any transaction, and what it knows becomes
/// facts; "not established" shows nothing, and takes back what was shown (DOMAIN 5). A register that does not answer holds nobody up: identity stands, and
/// recording it again asks again.
/// </summary>
public sealed class EstablishIdentity(Db db, KeyRing keys, IPersonRegister register)
{
    public async Task<Outcome<CaseSaved>> RunAsync(Actor actor, long caseId, string? method, string? key, CancellationToken ct = default)
    {
        var saved = await RecordAsync(actor, caseId, method, key);
        if (saved.IsOk)
        {
            await AskRegisterAsync(actor, caseId, ct);
        }

        return saved;
    }

    /// <summary>Asks the register about the citizen's number, where identity is established and it has not answered yet.</summary>
    internal async Task AskRegisterAsync(Actor actor, long caseId, CancellationToken ct)
    {
        if (await NumberAsync(caseId) is { } bsn)
        {
            var answer = await register.FindAsync(bsn, ct);
            await db.WriteAsync<bool>(unit => Keep(unit, actor, caseId, bsn, answer));
        }
    }

    private Task<Outcome<CaseSaved>> RecordAsync(Actor actor, long caseId, string? method, string? key) =>
        db.WriteAsync<CaseSaved>(Command.Of(actor.Id, "case-identity", key, new { caseId, method }), unit =>
        {
            if (!CaseAccess.RequireEdit(unit, actor, caseId).IsOwnOrganisation)
            {
                return new Refusal("case-read-only");
            }

            if (!Code.TryParse<IdentityMethod>(method, out _))
            {
                return new Refusal("identity-method-missing");
            }

            var version = unit.Scalar<int>("SELECT version FROM case_file WHERE id = @caseId", new { caseId });
            unit.Execute("UPDATE case_file SET identity_method = @method, version = version + 1 WHERE id = @caseId", new { method, caseId });
            if (method == Code.Of(IdentityMethod.NotEstablished))
            {
                RegisterFacts.TakeBack(unit, actor, caseId);
            }

            unit.Append(new Entry(caseId, "identity_established", caseId, actor.Id, actor.OrganisationCode, new { method }));
            return new CaseSaved(caseId.ToString(CultureInfo.InvariantCulture), version + 1);
        });

    /// <summary>The citizen's number, when identity is established and the register has not answered about it yet.</summary>
    private async Task<string?> NumberAsync(long caseId)
    {
        var row = await db.ReadAsync(r => r.FindAsync<Row>(
            """
            SELECT c.party_id, p.number_sealed FROM case_file c JOIN party p ON p.id = c.party_id
            WHERE c.id = @caseId AND c.identity_method <> 'not_established' AND p.number_kind = 'bsn' AND COALESCE(p.register_state, '-') <> 'found'
            """,
            new { caseId }));
        return row is null ? null : keys.Open(row.NumberSealed, OpenCase.PartyContext(row.PartyId));
    }

    private bool Keep(Unit unit, Actor actor, long caseId, string bsn, RegisterAnswer answer)
    {
        // The number was put right while the register looked: what it says now is about somebody else.
        var now = unit.Find<Row>("SELECT c.party_id, p.number_sealed FROM case_file c JOIN party p ON p.id = c.party_id WHERE c.id = @caseId", new { caseId })!;
        if (keys.Open(now.NumberSealed, OpenCase.PartyContext(now.PartyId)) != bsn)
        {
            return false;
        }

        // Asked twice at once: the first answer that was found is kept, and only once; none when identity fell away meanwhile.
        if (unit.Execute(
            """
            UPDATE party SET register_state = @State, secret = @secret
            WHERE id = (SELECT c.party_id FROM case_file c WHERE c.id = @caseId AND c.identity_method <> 'not_established') AND COALESCE(register_state, '-') <> 'found'
            """,
            new { answer.State, secret = answer.Person?.IsSecret == true ? 1 : 0, caseId }) == 0 || answer.Person is not { } person)
        {
            return false;
        }

        void Add(string kind, string? value, Action<long>? added = null)
        {
            if (value is not null)
            {
                var fact = Facts.Add(unit, caseId, actor, kind, "", value, IPersonRegister.Source);
                added?.Invoke(fact);
            }
        }

        Add("name", person.Name, fact => CaseTexts.CallParty(unit, now.PartyId, fact));
        Add("birth_date", person.BirthDate);
        Add("address", person.Address);
        Add("bsn", Bsn.Parse(bsn).Value.Masked);
        return true;
    }

    private sealed class Row
    {
        public long PartyId { get; init; }

        public string NumberSealed { get; init; } = "";
    }
}
