using System.Globalization;
using Loket.Domain;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Representation;

/// <summary>
/// Who acts and acted for the citizen of a case. By what right is for who decides about the case and for the organisation
/// that recorded it; a line reads the name, when that was disclosed to it (Awb 2:1: the role and the name, never the reason).
/// </summary>
public sealed class RepresentationQuery(Db db)
{
    public Task<RepresentationView?> LoadAsync(Actor actor, long caseId, FormState form) => db.ReadAsync<RepresentationView?>(async r =>
    {
        if (await CaseAccess.FindAsync(r, actor, caseId) is not { } access)
        {
            return null;
        }

        var about = (await r.FindAsync<AboutRow>(
            """
            SELECT c.number, c.topic_code AS topic, p.kind AS party_kind,
                   (SELECT COUNT(*) FROM fact f JOIN personal_value v ON v.id = f.personal_id AND v.value IS NOT NULL WHERE f.case_id = c.id AND f.kind = 'birth_date') AS births
            FROM case_file c JOIN party p ON p.id = c.party_id WHERE c.id = @caseId
            """,
            new { caseId }))!;
        var rows = await RowsAsync(r, actor, access, onlyCurrent: false);
        var may = access is { MayEdit: true, State: "open" };
        return new RepresentationView
        {
            CaseId = caseId, CaseNumber = about.Number, Topic = about.Topic, PartyKind = about.PartyKind, KnowsBirthDate = about.Births > 0, MayDecide = may, Form = form,
            Current = rows.Find(row => row.IsCurrent).Shown, Before = [.. rows.Where(row => !row.IsCurrent).Select(row => row.Shown)],
            Partners = may ? (await r.QueryAsync<PartnerRow>("SELECT id, name FROM partner WHERE active = 1 ORDER BY sort_name, id"))
                .ConvertAll(p => new Option(p.Id.ToString(CultureInfo.InvariantCulture), p.Name)) : [],
        };
    });

    /// <summary>The banner of a case for this person; null when the case does not exist for them.</summary>
    public Task<OnBehalfView?> BannerAsync(Actor actor, long caseId) => db.ReadAsync<OnBehalfView?>(async r =>
        await CaseAccess.FindAsync(r, actor, caseId) is { } access
            ? new OnBehalfView { CaseId = caseId, MayDecide = access is { MayEdit: true, State: "open" }, Current = (await RowsAsync(r, actor, access, onlyCurrent: true)).Find(row => row.IsCurrent).Shown }
            : null);

    public Task<long?> CaseOfHandoffAsync(long id) => db.ReadAsync(r => r.FindAsync<long?>("SELECT case_id FROM handoff WHERE id = @id", new { id }));

    public Task<long?> CaseOfCallbackAsync(long id) => db.ReadAsync(r => r.FindAsync<long?>("SELECT case_id FROM callback WHERE id = @id", new { id }));

    private static async Task<List<(bool IsCurrent, AuthorityRow Shown)>> ShownAsync(Reader r, Actor actor, CaseAccess access, List<Row> rows)
    {
        var facts = (await VisibleFacts.LoadAsync(r, actor, access.CaseId)).ToDictionary(f => f.Id);
        var now = await StoredAuthority.FindAsync(r, access.CaseId);
        return rows.ConvertAll(row =>
        {
            var name = facts.GetValueOrDefault(row.NameFactId);
            var knows = access.MayEdit || name?.IsOwn == true;
            var current = row.Id == now?.Id;
            return (current, new AuthorityRow
            {
                Kind = knows ? row.Kind : null, Evidence = knows ? row.Evidence : null, Note = name?.IsOwn == true ? row.Note : null,
                Name = name?.Value, Contact = row.ContactFactId is { } contact ? facts.GetValueOrDefault(contact)?.Value : null,
                Topics = row.Topics?.Split(',') ?? [], Acts = row.Acts?.Split(',') ?? [], From = Day(row.FromDay), Until = row.EndsOn is null ? null : Day(row.EndsOn),
                RecordedBy = row.RecordedBy, RecordedAt = row.RecordedAt, RevokedAt = row.RevokedAt, HeldAt = current ? row.HeldAt : null,
                Why = !current ? null : WhyNot(now!, r.Now, knows),
            });
        });
    }

    // What holds it back for whatever would be done: its end, its begin, or that it does not cover the topic.
    private static Refusal? WhyNot(StoredAuthority now, DateTime at, bool knows) =>
        now.Check(ActOnBehalf.Ask, at) is not { } no || no.Code == "authority-other-act" ? null : knows ? no : new Refusal("authority-not-now");

    private static async Task<List<(bool IsCurrent, AuthorityRow Shown)>> RowsAsync(Reader r, Actor actor, CaseAccess access, bool onlyCurrent)
    {
        var rows = await r.QueryAsync<Row>(
            """
            SELECT a.id, a.kind, a.topics, a.acts, a.from_day, a.ends_on, a.evidence, a.name_fact_id, a.contact_fact_id, a.recorded_at, a.revoked_at, a.held_at, w.name AS recorded_by,
                   (SELECT v.value FROM personal_value v WHERE v.id = a.evidence_note_id) AS note
            FROM representation a JOIN professional w ON w.id = a.recorded_by
            WHERE a.case_id = @CaseId AND (@all = 1 OR a.state = 'current') ORDER BY a.id DESC
            """,
            new { access.CaseId, all = onlyCurrent ? 0 : 1 });
        return rows.Count == 0 ? [] : await ShownAsync(r, actor, access, rows);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class AboutRow
    {
        public string Number { get; init; } = "";

        public string Topic { get; init; } = "";

        public string PartyKind { get; init; } = "";

        public int Births { get; init; }
    }

    private sealed class PartnerRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public string? Topics { get; init; }

        public string? Acts { get; init; }

        public string FromDay { get; init; } = "";

        public string? EndsOn { get; init; }

        public string Evidence { get; init; } = "";

        public long NameFactId { get; init; }

        public long? ContactFactId { get; init; }

        public DateTime RecordedAt { get; init; }

        public DateTime? RevokedAt { get; init; }

        public DateTime? HeldAt { get; init; }

        public string RecordedBy { get; init; } = "";

        public string? Note { get; init; }
    }
}
