using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

/// <summary>
/// The supervisor's board: the open cases of the teams they supervise, soonest date first, so the late ones stand on top.
/// </summary>
public sealed class ChainQuery(Db db, Say say)
{
    private const int Page = 25;
    private const string Mine = "c.owner_team IN (SELECT s.team_code FROM team_supervisor s WHERE s.professional_id = @Id)";

    public Task<ChainView> LoadAsync(Actor actor, string? tab, string? after, long? selected, FormState form, Refusal? refusal = null) => db.ReadAsync(async r =>
    {
        var rows = await RowsAsync(r, actor, tab, after, selected);
        var panelCase = selected ?? (rows.Rows.Count > 0 ? rows.Rows[0].CaseId : null);
        return new ChainView { Rows = rows, Panel = panelCase is { } id ? await PanelAsync(r, actor, id, form) : null, Refusal = refusal };
    });

    public Task<ChainRows> RowsAsync(Actor actor, string? tab, string? after, long? selected) => db.ReadAsync(r => RowsAsync(r, actor, tab, after, selected));

    public Task<ChainPanel?> PanelAsync(Actor actor, long caseId, FormState form) => db.ReadAsync(r => PanelAsync(r, actor, caseId, form));

    private async Task<ChainRows> RowsAsync(Reader r, Actor actor, string? tab, string? after, long? selected)
    {
        var asked = tab == "asked";
        var (afterDue, afterId) = Cursor(after);
        var keyset = afterDue is null ? "" : "AND (c.next_due > @afterDue OR (c.next_due = @afterDue AND c.id > @afterId))";
        var filter = asked ? "AND EXISTS (SELECT 1 FROM ownership_request q WHERE q.case_id = c.id AND q.state = 'asked')" : "";
        var rows = await r.QueryAsync<Row>(
            $"""
            SELECT c.id, c.number, c.title, c.topic_code AS topic, c.next_due, w.name AS owner_name, w.organisation_code AS owner_organisation, o.display_name AS owner_organisation_name,
                   {CaseNames.WaitsFor} AS waits_for,
                   (SELECT MAX(CASE WHEN e.step > 3 THEN 2 ELSE e.step END) FROM escalation e JOIN deadline d ON d.id = e.deadline_id WHERE e.case_id = c.id AND d.state = 'running') AS step,
                   (SELECT MIN(t.name) FROM ownership_request q JOIN professional t ON t.id = q.to_id WHERE q.case_id = c.id AND q.state = 'asked') AS asked_name,
                   (SELECT MIN(q.asked_at) FROM ownership_request q WHERE q.case_id = c.id AND q.state = 'asked') AS asked_at
            FROM case_file c JOIN professional w ON w.id = c.owner_id JOIN organisation o ON o.code = c.owner_organisation
            WHERE {Mine} AND c.state = 'open' AND c.next_due IS NOT NULL {filter} {keyset}
            ORDER BY c.next_due, c.id {r.Dialect.First(Page + 1)}
            """,
            new { actor.Id, afterDue, afterId });
        var more = rows.Count > Page;
        var shown = rows.Take(Page).ToList();
        return new ChainRows
        {
            OrganisationName = actor.OrganisationName,
            Tab = asked ? "asked" : "risk",
            RiskCount = (int)await r.ScalarAsync<long>($"SELECT COUNT(*) FROM case_file c WHERE {Mine} AND c.state = 'open' AND c.next_due IS NOT NULL", new { actor.Id }),
            AskedCount = (int)await r.ScalarAsync<long>(
                $"SELECT COUNT(*) FROM ownership_request q JOIN case_file c ON c.id = q.case_id WHERE q.state = 'asked' AND c.state = 'open' AND {Mine}", new { actor.Id }),
            OpenCount = (int)await r.ScalarAsync<long>($"SELECT COUNT(*) FROM case_file c WHERE {Mine} AND c.state = 'open'", new { actor.Id }),
            Rows = shown.ConvertAll(c => new ChainRow
            {
                CaseId = c.Id, Number = c.Number, Title = say.Title(c.Title, c.Topic), DueAt = c.NextDue, HasTime = true, OwnerName = c.OwnerName,
                OwnerOrganisation = c.OwnerOrganisation == actor.OrganisationCode ? null : c.OwnerOrganisationName,
                WaitsFor = c.WaitsFor, Step = c.Step ?? 0, AskedName = c.AskedName, AskedAt = c.AskedAt,
            }),
            SelectedCaseId = selected ?? (shown.Count > 0 ? shown[0].Id : null),
            Next = more ? string.Create(CultureInfo.InvariantCulture, $"{shown[^1].NextDue!.Value.Ticks}-{shown[^1].Id}") : null,
            Escalations = await EscalationsAsync(r, actor),
            Callbacks = await CallbackQuery.OfPersonAsync(r, say, actor),
            OwnPromises = await OwnPromisesAsync(r, actor),
        };
    }

    private static async Task<IReadOnlyList<EscalationRow>> EscalationsAsync(Reader r, Actor actor) => await r.QueryAsync<EscalationRow>(
        $"""
        SELECT e.id, e.case_id, c.number AS case_number, c.title AS case_title, c.topic_code AS topic, d.subject_kind AS kind, e.step,
               e.raised_at AS at, d.due_at, CASE WHEN d.professional_id = @Id THEN NULL ELSE w.name END AS about_name, a.name AS acknowledged_by, e.acknowledged_at,
               CASE WHEN d.state = 'running' THEN 1 ELSE 0 END AS running,
               (SELECT COUNT(*) FROM callback_attempt t WHERE t.callback_id = d.subject_id AND t.result = 'no_answer' AND t.at <= e.raised_at) AS calls
        FROM escalation e JOIN deadline d ON d.id = e.deadline_id JOIN case_file c ON c.id = e.case_id
        JOIN professional w ON w.id = d.professional_id LEFT JOIN professional a ON a.id = e.acknowledged_by
        WHERE e.to_id = @Id ORDER BY CASE WHEN e.acknowledged_at IS NULL THEN 0 ELSE 1 END, e.raised_at DESC, e.id DESC {r.Dialect.First(12)}
        """,
        new { actor.Id });

    private static async Task<IReadOnlyList<OwnPromise>> OwnPromisesAsync(Reader r, Actor actor) => await r.QueryAsync<OwnPromise>(
        $"""
        SELECT q.id, q.case_id, c.number AS case_number, c.title AS case_title, c.topic_code AS topic, v.value AS text, q.due_at
        FROM promise q JOIN case_file c ON c.id = q.case_id JOIN personal_value v ON v.id = q.personal_id
        WHERE q.professional_id = @Id AND q.state = 'open' ORDER BY q.due_at, q.id {r.Dialect.First(25)}
        """,
        new { actor.Id });

    private async Task<ChainPanel?> PanelAsync(Reader r, Actor actor, long caseId, FormState form)
    {
        if (await CaseAccess.FindAsync(r, actor, caseId) is not { } access)
        {
            return null;
        }

        var row = (await r.FindAsync<Row>(
            $"""
            SELECT c.id, c.number, c.title, c.topic_code AS topic, c.next_due, w.name AS owner_name, o.display_name AS owner_organisation_name, {CaseNames.WaitsFor} AS waits_for
            FROM case_file c JOIN professional w ON w.id = c.owner_id JOIN organisation o ON o.code = c.owner_organisation WHERE c.id = @caseId
            """,
            new { caseId, actor.Id }))!;
        var promises = (await PromiseQuery.OfCaseAsync(r, actor, caseId)).Where(p => p.State == "open").ToList();
        return new ChainPanel
        {
            CaseId = caseId, Number = row.Number, Title = say.Title(row.Title, row.Topic), OwnerName = row.OwnerName, OwnerOrganisation = row.OwnerOrganisationName, WaitsFor = row.WaitsFor,
            Promise = promises.Find(p => p.DueAt == row.NextDue), Due = await LeadingAsync(r, caseId, row.NextDue), Promises = promises, Ask = await OwnershipQuery.RunningAsync(r, say, actor, caseId),
            HandlerName = await r.FindAsync<string>(
                $"SELECT w.name FROM case_participant cp JOIN professional w ON w.id = cp.professional_id WHERE cp.case_id = @caseId AND cp.part = 'specialist' AND cp.until IS NULL ORDER BY cp.since DESC {r.Dialect.First(1)}",
                new { caseId }),
            Colleagues = access.IsSupervisor ? await ColleaguesAsync(r, actor, access.OwnerId) : [],
            Form = form,
        };
    }

    // What leads when it is not a promise: a service term of Loket itself, so without an article.
    private async Task<DueNotice?> LeadingAsync(Reader r, long caseId, DateTime? due)
    {
        var kind = due is null ? null : await r.FindAsync<string>(
            $"""
            SELECT d.subject_kind FROM deadline d WHERE d.case_id = @caseId AND d.state = 'running' AND d.due_at = @due AND d.subject_kind <> 'promise'
            ORDER BY d.id {r.Dialect.First(1)}
            """,
            new { caseId, due });
        return kind is null ? null : new DueNotice { What = say.Code("lead", kind), Day = Dates.DayOf(due!.Value), Reason = say.Code("lead-reason", kind) };
    }

    private static async Task<IReadOnlyList<Option>> ColleaguesAsync(Reader r, Actor actor, long owner) => (await r.QueryAsync<ColleagueRow>(
        """
        SELECT w.id, w.name, (SELECT COUNT(*) FROM case_file c WHERE c.owner_id = w.id AND c.state = 'open') AS cases
        FROM professional w WHERE w.organisation_code = @OrganisationCode AND w.active = 1 AND w.id <> @owner AND w.front_office + w.specialist > 0 ORDER BY w.name, w.id
        """,
        new { actor.OrganisationCode, owner })).ConvertAll(c => new Option(c.Id.ToString(CultureInfo.InvariantCulture), c.Name, c.Cases.ToString(CultureInfo.InvariantCulture)));

    private static (DateTime? Due, long Id) Cursor(string? after)
    {
        var parts = after?.Split('-');
        return parts?.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (new DateTime(ticks, DateTimeKind.Utc), id)
            : (null, 0);
    }

    private sealed class ColleagueRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public int Cases { get; init; }
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Number { get; init; } = "";

        public string Title { get; init; } = "";

        public string Topic { get; init; } = "";

        public DateTime? NextDue { get; init; }

        public string OwnerName { get; init; } = "";

        public string OwnerOrganisation { get; init; } = "";

        public string OwnerOrganisationName { get; init; } = "";

        public string? WaitsFor { get; init; }

        public int? Step { get; init; }

        public string? AskedName { get; init; }

        public DateTime? AskedAt { get; init; }
    }
}
