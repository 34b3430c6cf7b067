using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Steps;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

/// <summary>
/// The supervisor's board: the open cases of the teams they supervise, by tab and choice, and why a date is what it is.
/// </summary>
public sealed class ChainQuery(Db db, KeepBoard keep, TellRungs tell, BoardChoices choices, StepQuery steps, Say say)
{
    public async Task<ChainView> LoadAsync(Actor actor, BoardFilter filter, long? selected, FormState form, Refusal? refusal = null)
    {
        await keep.CatchUpAsync();
        await tell.BringInAsync();
        return await db.ReadAsync(async r =>
        {
            var rows = await RowsAsync(r, actor, filter, selected);
            return new ChainView { Rows = rows, Panel = rows.SelectedCaseId is { } id ? await PanelAsync(r, actor, id, form) : null, Refusal = refusal };
        });
    }

    public async Task<ChainRows> RowsAsync(Actor actor, BoardFilter filter, long? selected)
    {
        await keep.CatchUpAsync();
        await tell.BringInAsync();
        return await db.ReadAsync(r => RowsAsync(r, actor, filter, selected));
    }

    public Task<ChainPanel?> PanelAsync(Actor actor, long caseId, FormState form) => db.ReadAsync(r => PanelAsync(r, actor, caseId, form));

    private async Task<ChainRows> RowsAsync(Reader r, Actor actor, BoardFilter asked, long? selected)
    {
        var offered = await choices.LoadAsync(r, actor, asked.Cleaned());
        var filter = offered.Filter;
        var teams = await BoardQuery.TeamsAsync(r, actor);
        var page = await BoardQuery.PageAsync(r, teams, filter);
        var shown = page.Take(BoardQuery.Page).ToList();
        var panel = selected ?? (shown.Count > 0 ? shown[0].CaseId : null);
        return new ChainRows
        {
            OrganisationName = actor.OrganisationName,
            Filter = filter,
            Choices = offered,
            Counts = await BoardQuery.CountsAsync(r, teams, filter),
            Rows = await CasesAsync(r, actor, shown),
            SelectedCaseId = panel,
            Next = page.Count > shown.Count ? BoardQuery.CursorOf(shown[^1]) : null,
            OwnershipAsks = [.. (await OwnershipQuery.ToAsync(r, say, actor)).Where(ask => ask.CaseId != panel)],
            Escalations = await EscalationsAsync(r, actor),
            Callbacks = await CallbackQuery.OfPersonAsync(r, say, actor),
            OwnPromises = await OwnPromisesAsync(r, actor),
        };
    }

    // The cases of one page, in its order; what is asked of each lies under its own id.
    private async Task<IReadOnlyList<ChainRow>> CasesAsync(Reader r, Actor actor, List<BoardPlace> places)
    {
        var rows = (await r.QueryAsync<Row>(
            $"""
            SELECT c.id, c.number, {CaseNames.Title} AS title, c.topic_code AS topic, c.next_due, w.name AS owner_name, w.organisation_code AS owner_organisation, o.display_name AS owner_organisation_name,
                   {CaseNames.WaitsFor} AS waits_for,
                   (SELECT MAX(CASE WHEN e.step > 3 THEN 2 ELSE e.step END) FROM escalation e JOIN deadline d ON d.id = e.deadline_id WHERE e.case_id = c.id AND d.state = 'running') AS step,
                   (SELECT MIN(t.name) FROM ownership_request q JOIN professional t ON t.id = q.to_id WHERE q.case_id = c.id AND q.state = 'asked') AS asked_name,
                   (SELECT MIN(q.asked_at) FROM ownership_request q WHERE q.case_id = c.id AND q.state = 'asked') AS asked_at,
                   (SELECT MIN(s.title) FROM chain_step s WHERE s.case_id = c.id AND s.ended_at IS NULL AND s.due_at = c.next_due) AS step_title,
                   (SELECT MIN(COALESCE(g.display_name, x.name)) FROM chain_step s LEFT JOIN organisation g ON g.code = s.organisation_code LEFT JOIN partner x ON x.id = s.partner_id
                    WHERE s.case_id = c.id AND s.ended_at IS NULL AND s.due_at = c.next_due) AS step_who
            FROM case_file c JOIN professional w ON w.id = c.owner_id JOIN organisation o ON o.code = c.owner_organisation
            WHERE c.id IN @cases
            """,
            new { actor.Id, actor.OrganisationCode, cases = places.ConvertAll(p => p.CaseId) })).ToDictionary(c => c.Id);
        return [.. from place in places
                   where rows.ContainsKey(place.CaseId)
                   let c = rows[place.CaseId]
                   select new ChainRow
                   {
                       CaseId = c.Id, Number = c.Number, Title = say.Title(c.Title, c.Topic), At = place.At, DueAt = c.NextDue, HasTime = true, OwnerName = c.OwnerName,
                       OwnerOrganisation = c.OwnerOrganisation == actor.OrganisationCode ? null : c.OwnerOrganisationName,
                       WaitsFor = c.StepWho ?? c.WaitsFor, WaitsDetail = c.StepTitle is null ? null : say.Step(c.StepTitle), Step = c.Step ?? 0, AskedName = c.AskedName, AskedAt = c.AskedAt,
                   }];
    }

    private static async Task<IReadOnlyList<EscalationRow>> EscalationsAsync(Reader r, Actor actor) => await r.QueryAsync<EscalationRow>(
        $"""
        SELECT e.id, e.case_id, c.number AS case_number, {CaseNames.Title} AS case_title, c.topic_code AS topic, d.subject_kind AS kind, e.step,
               e.raised_at AS at, d.due_at, CASE WHEN d.professional_id = @Id THEN NULL ELSE w.name END AS about_name, a.name AS acknowledged_by, e.acknowledged_at, b.name AS raised_by,
               CASE WHEN d.state = 'running' THEN 1 ELSE 0 END AS running,
               (SELECT COUNT(*) FROM callback_attempt t WHERE t.callback_id = d.subject_id AND t.result = 'no_answer' AND t.at <= e.raised_at) AS calls
        FROM escalation e JOIN deadline d ON d.id = e.deadline_id JOIN case_file c ON c.id = e.case_id
        JOIN professional w ON w.id = d.professional_id LEFT JOIN professional a ON a.id = e.acknowledged_by LEFT JOIN professional b ON b.id = e.raised_by
        WHERE e.to_id = @Id ORDER BY CASE WHEN e.acknowledged_at IS NULL THEN 0 ELSE 1 END, e.raised_at DESC, e.id DESC {r.Dialect.First(12)}
        """,
        new { actor.Id, actor.OrganisationCode });

    private static async Task<IReadOnlyList<OwnPromise>> OwnPromisesAsync(Reader r, Actor actor) => await r.QueryAsync<OwnPromise>(
        $"""
        SELECT q.id, q.case_id, c.number AS case_number, {CaseNames.Title} AS case_title, c.topic_code AS topic, v.value AS text, q.due_at
        FROM promise q JOIN case_file c ON c.id = q.case_id JOIN personal_value v ON v.id = q.personal_id
        WHERE q.professional_id = @Id AND q.state = 'open' ORDER BY q.due_at, q.id {r.Dialect.First(25)}
        """,
        new { actor.Id, actor.OrganisationCode });

    private async Task<ChainPanel?> PanelAsync(Reader r, Actor actor, long caseId, FormState form)
    {
        if (await CaseAccess.FindAsync(r, actor, caseId) is not { } access)
        {
            return null;
        }

        var row = (await r.FindAsync<Row>(
            $"""
            SELECT c.id, c.number, {CaseNames.Title} AS title, c.topic_code AS topic, c.next_due, w.name AS owner_name, o.display_name AS owner_organisation_name, {CaseNames.WaitsFor} AS waits_for
            FROM case_file c JOIN professional w ON w.id = c.owner_id JOIN organisation o ON o.code = c.owner_organisation WHERE c.id = @caseId
            """,
            new { caseId, actor.Id, actor.OrganisationCode }))!;
        var scope = await CaseScope.LoadAsync(r, actor, access);
        var promises = (await PromiseQuery.OfCaseAsync(r, actor, caseId, scope)).Where(p => p.State == "open").ToList();
        var leading = await LeadingAsync(r, actor, access, scope, row.NextDue);
        return new ChainPanel
        {
            CaseId = caseId, Number = row.Number, Title = say.Title(row.Title, row.Topic), OwnerName = row.OwnerName, OwnerOrganisation = row.OwnerOrganisationName, WaitsFor = row.WaitsFor,
            Promise = promises.Find(p => p.DueAt == row.NextDue), Due = leading?.Due, Next = leading?.Next, Promises = promises, Ask = await OwnershipQuery.RunningAsync(r, say, actor, access, scope),
            HandlerName = !scope.IsWhole ? null : await r.FindAsync<string>(
                $"SELECT w.name FROM case_participant cp JOIN professional w ON w.id = cp.professional_id WHERE cp.case_id = @caseId AND cp.part = 'specialist' AND cp.until IS NULL ORDER BY cp.since DESC {r.Dialect.First(1)}",
                new { caseId }),
            Colleagues = access.IsSupervisor ? await ColleaguesAsync(r, actor, access.OwnerId) : [],
            Dates = access.IsSupervisor ? await PanelDates.RunningAsync(r, actor, caseId) : [],
            Asked = scope.IsWhole ? await PanelDates.AskedAsync(r, caseId) : [],
            Unanswered = await PanelDates.UnansweredAsync(r, actor, caseId),
            Form = form,
        };
    }

    // What leads when it is not a promise: a step, whose date is a sum, or a service term of Loket itself, without an article.
    private async Task<Leading?> LeadingAsync(Reader r, Actor actor, CaseAccess access, CaseScope scope, DateTime? due)
    {
        var date = due is null ? null : await r.FindAsync<DateRow>(
            $"""
            SELECT d.subject_kind AS kind, d.subject_id AS subject FROM deadline d
            WHERE d.case_id = @CaseId AND d.state = 'running' AND d.due_at = @due AND d.subject_kind <> 'promise' ORDER BY d.id {r.Dialect.First(1)}
            """,
            new { access.CaseId, due });
        if (date is not null && !scope.IsWhole && !scope.Has(date.Subject))
        {
            return null;
        }

        if (date is { Kind: "step" } && (await steps.LoadAsync(r, actor, access, withOptions: false)).Steps.FirstOrDefault(s => s.Id == date.Subject) is { Due: { } sum })
        {
            var next = !scope.IsWhole ? null : await r.FindAsync<string>(
                $"""
                SELECT s.title FROM chain_step_need n JOIN chain_step s ON s.id = n.step_id
                WHERE n.needs_step_id = @Subject AND s.ended_at IS NULL ORDER BY s.position, s.id {r.Dialect.First(1)}
                """,
                new { date.Subject });
            return new Leading(sum, next is null ? null : say.Step(next));
        }

        return date is null ? null : new Leading(new DueNotice { What = say.Code("lead", date.Kind), Day = Dates.DayOf(due!.Value), Reason = say.Code("lead-reason", date.Kind) }, null);
    }

    // Who looks herself, then the owner's own team, then the others of the organisation by team.
    private async Task<IReadOnlyList<Option>> ColleaguesAsync(Reader r, Actor actor, long owner) => (await r.QueryAsync<ColleagueRow>(
        """
        SELECT w.id, w.name, t.name AS team, (SELECT COUNT(*) FROM case_file c WHERE c.owner_id = w.id AND c.state = 'open') AS cases
        FROM professional w JOIN team t ON t.code = w.team_code
        WHERE w.organisation_code = @OrganisationCode AND w.active = 1 AND w.id <> @owner AND (w.front_office + w.specialist > 0 OR w.id = @Id)
        ORDER BY CASE WHEN w.id = @Id THEN 0 ELSE 1 END, CASE WHEN w.team_code = (SELECT p.team_code FROM professional p WHERE p.id = @owner) THEN 0 ELSE 1 END, t.name, w.name, w.id
        """,
        new { actor.OrganisationCode, actor.Id, owner })).ConvertAll(c => new Option(
            c.Id.ToString(CultureInfo.InvariantCulture), c.Name, say.Plural("chain.open-cases", c.Cases), c.Id == actor.Id ? say.Text("chain.yourself") : c.Team));

    private sealed record Leading(DueNotice Due, string? Next);

    private sealed class DateRow
    {
        public string Kind { get; init; } = "";

        public long Subject { get; init; }
    }

    private sealed class ColleagueRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Team { get; init; } = "";

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

        public string? StepTitle { get; init; }

        public string? StepWho { get; init; }

        public string? AskedName { get; init; }

        public DateTime? AskedAt { get; init; }
    }
}
