using Loket.Domain;
using Loket.Domain.Chain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Forwarding;
using Loket.Web.Features.Partners;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Steps;

/// <summary>The chain of one case: who does what, by when and why then, and what it waits for.</summary>
public sealed class StepQuery(Db db, Say say, StepDates dates)
{
    /// <summary>The steps of a case, or null when the case does not exist for this person.</summary>
    public Task<StepsView?> OfCaseAsync(Actor actor, long caseId) => db.ReadAsync(async r =>
        await CaseAccess.FindAsync(r, actor, caseId) is { } access ? await LoadAsync(r, actor, access, withOptions: false) : null);

    /// <summary>The case of a step, or null when it does not exist for this person.</summary>
    public Task<long?> CaseOfAsync(Actor actor, long stepId) => db.ReadAsync<long?>(async r =>
        await r.FindAsync<long?>("SELECT case_id FROM chain_step WHERE id = @stepId", new { stepId }) is { } caseId && await CaseAccess.FindAsync(r, actor, caseId) is not null ? caseId : null);

    /// <summary>The soonest date of a case that the law sets, with its sum; null when none runs.</summary>
    internal async Task<Desk.DueNotice?> LeadingAsync(Reader r, long caseId, CaseScope scope)
    {
        var step = (await r.QueryAsync<Row>(
            """
            SELECT s.id, s.title, s.term_start, s.term, s.basis, s.article, s.article_verified, s.due_at FROM chain_step s
            WHERE s.case_id = @caseId AND s.state IN ('open', 'in_progress', 'waiting') AND s.term_start IS NOT NULL AND s.basis IN ('act', 'bylaw') ORDER BY s.due_at, s.id
            """,
            new { caseId })).Find(s => scope.Has(s.Id));
        if (step is null)
        {
            return null;
        }

        var pauses = await r.QueryAsync<StoredStep.PauseRow>("SELECT step_id, kind, from_day, until_day FROM chain_step_suspension WHERE step_id = @Id ORDER BY n", new { step.Id });
        return dates.Explain(say, say.Step(step.Title), StoredStep.Of(step.TermStart!, step.Term!, step.Basis, step.Article, pauses.Select(p => p.ToPause())), step.DueAt, step.ArticleVerified == 1);
    }

    internal async Task<StepsView> LoadAsync(Reader r, Actor actor, CaseAccess access, bool withOptions)
    {
        var caseId = access.CaseId;
        var scope = await CaseScope.LoadAsync(r, actor, access);
        var rows = (await r.QueryAsync<Row>(
            $"""
            SELECT s.id, s.position, s.title, s.product_code, s.organisation_code, s.partner_id, COALESCE(g.display_name, x.name) AS who, s.professional_id, w.name AS answerable_name,
                   o.display_name AS answerable_organisation, s.accepted_at, s.state, s.term_start, s.term, s.basis, s.article, s.article_verified, s.due_at, s.asked_until,
                   CASE WHEN {CaseNames.MayReadText} THEN v.value END AS asked_text, s.ended_at, s.end_reason, s.life_event
            FROM chain_step s JOIN case_file c ON c.id = s.case_id JOIN professional w ON w.id = s.professional_id JOIN organisation o ON o.code = w.organisation_code
            LEFT JOIN organisation g ON g.code = s.organisation_code LEFT JOIN partner x ON x.id = s.partner_id LEFT JOIN personal_value v ON v.id = s.asked_id
            WHERE s.case_id = @caseId ORDER BY s.position, s.id
            """,
            new { caseId, actor.Id, actor.OrganisationCode })).FindAll(s => scope.Has(s.Id));
        var pauses = (await r.QueryAsync<StoredStep.PauseRow>(
            "SELECT p.step_id, p.kind, p.from_day, p.until_day FROM chain_step s JOIN chain_step_suspension p ON p.step_id = s.id WHERE s.case_id = @caseId ORDER BY p.step_id, p.n",
            new { caseId })).ToLookup(p => p.StepId);
        var needs = (await r.QueryAsync<NeedRow>(
            """
            SELECT n.step_id, b.id AS needs_id, b.title FROM chain_step s JOIN chain_step_need n ON n.step_id = s.id JOIN chain_step b ON b.id = n.needs_step_id
            WHERE s.case_id = @caseId AND b.ended_at IS NULL ORDER BY n.step_id, b.position
            """,
            new { caseId })).ToLookup(n => n.StepId, n => scope.Has(n.NeedsId) ? say.Step(n.Title) : say.Text("steps.of-others"));
        var asks = await StepAsks.OfCaseAsync(r, say, actor, access);
        var refusals = (await r.QueryAsync<RefusalRow>(
            """
            SELECT q.step_id, q.reason, COALESCE(lo.display_name, w.name) AS name FROM step_request q LEFT JOIN line l ON l.code = q.line_code
            LEFT JOIN organisation lo ON lo.code = l.organisation_code LEFT JOIN professional w ON w.id = q.to_id
            WHERE q.case_id = @caseId AND q.state = 'refused' ORDER BY q.id
            """,
            new { caseId })).ToLookup(q => q.StepId);
        var links = await PartnerLinks.OfCaseAsync(r, actor, caseId);
        var showings = await Sharing.StepShowings.OfCaseAsync(r, say, access);
        return new StepsView
        {
            CaseId = caseId,
            Steps = rows.ConvertAll(s => Shown(s, actor, access, [.. pauses[s.Id].Select(p => p.ToPause())], [.. needs[s.Id]], asks.GetValueOrDefault(s.Id), refusals[s.Id].LastOrDefault(), [.. links[s.Id]], showings(s.Id))),
            MayAdd = access is { MayWork: true, State: "open" },
            Forwarded = await ForwardingQuery.OfCaseAsync(r, say, actor, caseId, scope),
            Options = withOptions && access is { MayWork: true, State: "open" } ? await StepChoices.LoadAsync(r, say, actor, caseId, scope) : new(),
        };
    }

    private StepRow Shown(
        Row s, Actor actor, CaseAccess access, List<StepPause> pauses, IReadOnlyList<string> needs, StepAskRow? ask, RefusalRow? refused, IReadOnlyList<PartnerLinkRow> links, IReadOnlyList<Sharing.StepShowing> shown)
    {
        var term = s.TermStart is null || s.Term is null ? null : StoredStep.Of(s.TermStart, s.Term, s.Basis, s.Article, pauses);
        var state = Code.Parse<StepState>(s.State);
        var part = StoredStep.PartOf(actor, access, s.ProfessionalId, s.AcceptedAt);
        var still = state is StepState.Suspended or StepState.Waiting ? pauses.LastOrDefault(p => p.Until is null || p.Until > say.Dates.Today) : null;
        return new StepRow
        {
            Id = s.Id, Position = s.Position, Title = say.Step(s.Title), Product = s.ProductCode, Who = s.Who, OrganisationCode = s.OrganisationCode, IsPartner = s.PartnerId is not null,
            AnswerableName = s.AnswerableName, AnswerableOrganisation = s.AnswerableOrganisation, IsYours = s.ProfessionalId == actor.Id, IsAccepted = s.AcceptedAt is not null,
            State = s.State, DueAt = s.DueAt, HasTime = term is null, Needs = needs, AskedText = s.AskedText, AskedUntil = s.AskedUntil is null ? null : StoredStep.Day(s.AskedUntil),
            SuspendedBy = still is null ? null : Code.Of(still.Kind), SuspendedFrom = still?.From, HasLegalTerm = term is not null && s.Basis is "act" or "bylaw",
            TermToStart = s.TermStart is null ? s.Term : null, Due = dates.Explain(say, say.Step(s.Title), term, s.DueAt, s.ArticleVerified == 1),
            ArticleUnverified = s.Article is not null && s.ArticleVerified == 0, Ask = ask, RefusedBy = ask is null && s.AcceptedAt is null ? refused?.Name : null, RefusedReason = refused?.Reason,
            Shown = shown, Links = links, EndedAt = s.EndedAt, EndReason = s.EndReason, LifeEvent = s.LifeEvent,
            Actions = access.State != "open" ? [] : [.. Offered(s, state, part, ask, needs), .. MayTake(s, state, actor, access) ? ["take"] : Array.Empty<string>()],
        };
    }

    private static IEnumerable<string> Offered(Row s, StepState state, StepPart part, StepAskRow? ask, IReadOnlyList<string> needs) => StepRules.Offered(state, part)
        .Where(a => a switch
        {
            StepAction.Ask => ask is null,
            StepAction.AskPartner => s.PartnerId is not null,
            StepAction.Finish => needs.Count == 0,
            _ => true,
        }).Select(a => Code.Of(a));

    private static bool MayTake(Row s, StepState state, Actor actor, CaseAccess access) =>
        !StepRules.IsOver(state) && access.MayWork && (s.OrganisationCode is null ? access.MayEdit : s.OrganisationCode == actor.OrganisationCode)
        && (s.AcceptedAt is null || s.ProfessionalId != actor.Id);

    private sealed class Row
    {
        public long Id { get; init; }

        public int Position { get; init; }

        public string Title { get; init; } = "";

        public string? ProductCode { get; init; }

        public string? OrganisationCode { get; init; }

        public long? PartnerId { get; init; }

        public string Who { get; init; } = "";

        public long ProfessionalId { get; init; }

        public string AnswerableName { get; init; } = "";

        public string AnswerableOrganisation { get; init; } = "";

        public DateTime? AcceptedAt { get; init; }

        public string State { get; init; } = "";

        public string? TermStart { get; init; }

        public string? Term { get; init; }

        public string? Basis { get; init; }

        public string? Article { get; init; }

        public int ArticleVerified { get; init; }

        public DateTime DueAt { get; init; }

        public string? AskedUntil { get; init; }

        public string? AskedText { get; init; }

        public DateTime? EndedAt { get; init; }

        public string? EndReason { get; init; }

        public string? LifeEvent { get; init; }
    }

    private sealed class NeedRow
    {
        public long StepId { get; init; }

        public long NeedsId { get; init; }

        public string Title { get; init; } = "";
    }

    private sealed class RefusalRow
    {
        public long StepId { get; init; }

        public string? Reason { get; init; }

        public string Name { get; init; } = "";
    }
}
