using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Callbacks;

/// <summary>Agreed moments to call a citizen back: of a case, or of the person who makes the calls.</summary>
public static class CallbackQuery
{
    private const string Select = $"""
        SELECT b.id, b.case_id, c.number AS case_number, {CaseNames.Title} AS case_title, c.topic_code AS topic, b.line_code, b.organisation_code, o.display_name AS organisation, b.from_at, b.until_at, b.attempts, p.time_zone, p.channel,
               b.max_attempts, b.state, b.professional_id,
               (SELECT COUNT(*) FROM case_participant cp WHERE cp.case_id = b.case_id AND cp.professional_id = @Id AND cp.until IS NULL) AS takes_part
        FROM callback b JOIN case_file c ON c.id = b.case_id JOIN party p ON p.id = c.party_id JOIN organisation o ON o.code = b.organisation_code
        """;

    public static async Task<IReadOnlyList<CallbackRow>> OfCaseAsync(Reader r, Say say, Actor actor, long caseId, CaseScope scope) => await ShownAsync(
        r, say, actor, (await r.QueryAsync<Row>($"{Select} WHERE b.case_id = @caseId AND b.state <> 'withdrawn' ORDER BY b.id", new { caseId, actor.Id, actor.OrganisationCode })).FindAll(b => scope.Has(b.Id)), seen: true);

    public static async Task<IReadOnlyList<CallbackRow>> OfPersonAsync(Reader r, Say say, Actor actor) => await ShownAsync(r, say, actor, await r.QueryAsync<Row>(
        $"{Select} WHERE b.professional_id = @Id AND b.state IN ('scheduled', 'attempting', 'failed') ORDER BY b.from_at, b.id {r.Dialect.First(50)}", new { actor.Id, actor.OrganisationCode }), seen: false);

    /// <summary>One that this person may see; the caller of this decides that.</summary>
    public static async Task<CallbackRow> OneAsync(Reader r, Say say, Actor actor, long callbackId) =>
        (await ShownAsync(r, say, actor, await r.QueryAsync<Row>($"{Select} WHERE b.id = @callbackId", new { callbackId, actor.Id, actor.OrganisationCode }), seen: false))[0];

    private static async Task<IReadOnlyList<CallbackRow>> ShownAsync(Reader r, Say say, Actor actor, List<Row> rows, bool seen)
    {
        var phones = await PhonesAsync(r, actor, [.. rows.Select(b => b.CaseId).Distinct()]);
        var names = await LineNames.OfAsync(r, say, [.. rows.Where(b => b.LineCode is not null).Select(b => b.LineCode!).Distinct()]);
        return rows.ConvertAll(b => new CallbackRow
        {
            Id = b.Id, CaseId = b.CaseId, CaseNumber = b.CaseNumber, CaseTitle = say.Title(b.CaseTitle, b.Topic), LineName = b.LineCode is null ? b.Organisation : names[b.LineCode],
            From = b.FromAt, Until = b.UntilAt, Attempts = b.Attempts, MaxAttempts = b.MaxAttempts, State = b.State, IsYours = b.ProfessionalId == actor.Id, IsOurs = b.OrganisationCode == actor.OrganisationCode,
            MayOpen = seen || b.TakesPart > 0, Phone = phones.GetValueOrDefault(b.CaseId), TimeZone = b.TimeZone, Channel = b.Channel ?? "phone",
        });
    }

    /// <summary>Per case the number that was given last, of those this person's organisation or line knows, or the line they call for; an e-mail address cannot be called. Who acts for the citizen is called instead.</summary>
    private static async Task<Dictionary<long, string>> PhonesAsync(Reader r, Actor actor, IReadOnlyList<long> cases) =>
        cases.Count == 0 ? [] : (await r.QueryAsync<PhoneRow>(
            $"""
            SELECT f.case_id, v.value FROM fact f JOIN personal_value v ON v.id = f.personal_id
            WHERE f.case_id IN @cases AND v.value IS NOT NULL
              AND (f.kind = 'phone_email' OR (f.kind = 'representative_contact' AND EXISTS (SELECT 1 FROM representation a WHERE a.contact_fact_id = f.id AND a.state = 'current')))
              AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes} OR EXISTS (SELECT 1 FROM disclosure d JOIN line_member m ON m.line_code = d.line_code
                   WHERE d.fact_id = f.id AND d.until IS NULL AND m.professional_id = @Id)
                   OR EXISTS (SELECT 1 FROM disclosure d JOIN callback b ON b.line_code = d.line_code AND b.case_id = f.case_id
                   WHERE d.fact_id = f.id AND d.until IS NULL AND b.professional_id = @Id AND b.state IN ('scheduled', 'attempting', 'failed')))
            ORDER BY CASE WHEN f.kind = 'phone_email' THEN 0 ELSE 1 END, f.id
            """,
            new { cases, actor.OrganisationCode, actor.Id }))
            .Where(p => !p.Value.Contains('@', StringComparison.Ordinal)).GroupBy(p => p.CaseId).ToDictionary(g => g.Key, g => g.Last().Value);

    private sealed class PhoneRow
    {
        public long CaseId { get; init; }

        public string Value { get; init; } = "";
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public string CaseNumber { get; init; } = "";

        public string CaseTitle { get; init; } = "";

        public string? LineCode { get; init; }

        public string Organisation { get; init; } = "";

        public string OrganisationCode { get; init; } = "";

        public DateTime FromAt { get; init; }

        public DateTime UntilAt { get; init; }

        public int Attempts { get; init; }

        public int MaxAttempts { get; init; }

        public string State { get; init; } = "";

        public long ProfessionalId { get; init; }

        public string Topic { get; init; } = "";

        public string? TimeZone { get; init; }

        public string? Channel { get; init; }

        public int TakesPart { get; init; }
    }
}
