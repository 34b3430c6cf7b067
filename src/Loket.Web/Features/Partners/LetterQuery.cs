using Loket.Domain;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Representation;
using Loket.Web.Security;

namespace Loket.Web.Features.Partners;

/// <summary>A letter to a partner, for who may see its case and read its question. To who acts for the citizen it is printed only while that may be.</summary>
public sealed class LetterQuery(Db db)
{
    public Task<Outcome<LetterView>> LoadAsync(Actor actor, long linkId) => db.ReadAsync<Outcome<LetterView>>(async r =>
    {
        var letter = await r.FindAsync<LetterView>(
            $"""
            SELECT x.name AS partner_name, n.address, o.display_name AS organisation, o.phone AS organisation_phone, w.name AS professional, k.case_id, k.step_id, c.number AS case_number,
                   s.title AS step, CASE WHEN {CaseNames.MayReadText} THEN v.value END AS question, k.sent_at, s.due_at, k.representation_id
            FROM partner_link k JOIN case_file c ON c.id = k.case_id JOIN chain_step s ON s.id = k.step_id JOIN partner_channel n ON n.id = k.channel_id JOIN partner x ON x.id = n.partner_id
            JOIN professional w ON w.id = k.sent_by JOIN organisation o ON o.code = w.organisation_code JOIN personal_value v ON v.id = k.question_id
            WHERE k.id = @linkId AND n.kind = 'post'
            """,
            new { linkId, actor.Id, actor.OrganisationCode });
        if (letter is not { Question: not null } || await CaseAccess.FindAsync(r, actor, letter.CaseId) is not { } access
            || !(await CaseScope.LoadAsync(r, actor, access)).Has(letter.StepId))
        {
            return new Refusal("partner-link-unknown");
        }

        return letter.RepresentationId is null ? letter
            : await StoredAuthority.FindAsync(r, letter.CaseId) is { } authority && authority.Id == letter.RepresentationId
                ? authority.Check(ActOnBehalf.Letter, r.Now) is { } no ? no : letter
            : new Refusal("authority-revoked");
    });
}

/// <summary>What the demo would have sent, newest first: what the viewer's organisation asked.</summary>
public sealed class OutgoingQuery(Db db, Outgoing outgoing)
{
    public const int Longest = 50;

    public async Task<List<OutgoingRow>> LoadAsync(Actor actor)
    {
        var rows = await db.ReadAsync(r => r.QueryAsync<OutgoingRow>(
            $"""
            SELECT m.id, c.number AS case_number, m.case_id, m.kind, m.address, m.body, m.is_sealed, m.queued_at, m.held_at, CASE WHEN m.kind = 'post' THEN p.secret ELSE 0 END AS is_secret
            FROM outgoing_message m JOIN case_file c ON c.id = m.case_id JOIN party p ON p.id = c.party_id
            WHERE m.organisation_code = @OrganisationCode ORDER BY m.queued_at DESC, m.id DESC {r.Dialect.First(Longest)}
            """,
            new { actor.OrganisationCode }));
        rows.ForEach(row => row.Body = outgoing.Open(row));
        return rows;
    }
}
