using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Drafts;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Search;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Features.Steps;
using Loket.Web.Security;

namespace Loket.Web.Features.Desk;

/// <summary>Reads the one screen of the desk, for a new case or an existing one.</summary>
public sealed class DeskQuery(Db db, Say say, LinesQuery lines, TimelineQuery timeline, SharingRules sharing, LifeEvents lifeEvents, StepQuery steps, Suggest suggest, DraftStore drafts, OtherCasesQuery others, MunicipalityList places)
{
    public async Task<DeskView> NewAsync(Actor actor, FormState form, Domain.Refusal? refusal = null)
    {
        var shown = await lines.ForTopicAsync(form.Value("case", "topic"), form.Value("case", "municipality"));
        return await db.ReadAsync(async r => await FillAsync(r, actor, null, null, "question", form, refusal, shown));
    }

    /// <summary>The screen of a case, or null when it does not exist for this person.</summary>
    public async Task<DeskView?> CaseAsync(Actor actor, long caseId, string? tab, FormState form, Domain.Refusal? refusal = null, LinesView? shownLines = null, FormState? asked = null)
    {
        var typed = await drafts.FindAsync(actor, $"case-{caseId.ToString(CultureInfo.InvariantCulture)}");
        return await db.ReadAsync<DeskView?>(async r =>
        {
            if (await CaseAccess.FindAsync(r, actor, caseId) is not { } access)
            {
                return null;
            }

            var scope = await CaseScope.LoadAsync(r, actor, access);
            var facts = await VisibleFacts.LoadAsync(r, actor, caseId);
            var off = await RulesOff.OfAsync(r, actor.OrganisationCode);
            var chosen = await ChosenFacts.OfAsync(r, caseId);
            var shown = shownLines ?? await lines.OfAsync(r, actor, access, scope, facts, chosen, off, (asked ?? form) is { Form: "ask" } ask ? ask : null);
            var about = await LoadCaseAsync(r, actor, access, scope, facts, chosen, off);
            return await FillAsync(r, actor, access, about, tab is "steps" or "messages" or "timeline" ? tab : "question", form, refusal, shown, typed, scope);
        });
    }

    private async Task<DeskView> FillAsync(Reader r, Actor actor, CaseAccess? access, DeskCase? about, string tab, FormState form, Domain.Refusal? refusal, LinesView shown, Draft? typed = null, CaseScope? scope = null)
    {
        var topics = await r.QueryAsync<TopicRow>("SELECT code, layer FROM topic ORDER BY position");
        var municipalities = await places.OptionsAsync(about?.Municipality);
        return new DeskView
        {
            Worklist = await WorklistQuery.LoadAsync(r, actor, about?.Id),
            Case = about,
            Tab = tab,
            Form = form,
            CaseForm = about is null ? form : CaseForm.Of(about, form, typed, (field, code) => Named(field, code, municipalities)),
            Refusal = refusal,
            MunicipalTopics = [.. topics.Where(t => t.Layer == "municipal").Select(t => t.Code)],
            NationalTopics = [.. topics.Where(t => t.Layer == "national").Select(t => t.Code)],
            Municipalities = municipalities,
            LivesIn = about is null ? null : PlaceNotice.Of(about, municipalities),
            LifeEvents = lifeEvents.Options(say),
            Suggestions = about is null ? suggest.For(form.Value("case", "question"), say.IsEnglish, form.Value("case", "municipality")) : [],
            Lines = shown,
            FactKinds = [.. sharing.Kinds.Where(k => k is not ("bsn" or Authorities.NameFact or Authorities.ContactFact)).OrderBy(k => say.Code("fact-kind", k), StringComparer.CurrentCulture), Facts.OtherKind],
            Steps = about is null || tab != "steps" ? null : await steps.LoadAsync(r, actor, access!, withOptions: true),
            Promises = about is null ? [] : await PromiseQuery.OfCaseAsync(r, actor, about.Id, scope!),
            Closing = about is null ? null : await ClosingQuery.LoadAsync(r, about.Id, scope!),
            Callbacks = about is null ? [] : await CallbackQuery.OfCaseAsync(r, say, actor, about.Id, scope!),
            Handoffs = about is null || tab != "messages" ? [] : await CaseHandoffsQuery.LoadAsync(r, say, about.Id, scope!),
            Timeline = about is null || tab != "timeline" ? [] : await timeline.LoadAsync(r, actor, about.Id, scope!),
            OwnershipAsks = [.. (await OwnershipQuery.ToAsync(r, say, actor)).Where(ask => tab != "steps" || ask.CaseId != about?.Id)],
            OwnerCandidates = tab != "steps" || about?.OwnerIsYou != true ? [] : await OwnershipQuery.CandidatesAsync(r, about.Id, db.Now()),
        };
    }

    private string Named(string field, string? code, IReadOnlyList<Option> municipalities) => code is null or "" ? say.Text("form.stored-empty") : field switch
    {
        "topic" => say.Topic(code),
        "lifeEvent" => say.Code("life-event", code),
        "municipality" => municipalities.FirstOrDefault(m => m.Value == code)?.Name ?? code,
        _ => code,
    };

    private async Task<DeskCase> LoadCaseAsync(Reader r, Actor actor, CaseAccess access, CaseScope scope, List<VisibleFact> facts, HashSet<long>? chosen, RulesOff off)
    {
        var caseId = access.CaseId;
        var whole = scope.IsWhole ? 1 : 0;
        var row = (await r.FindAsync<Row>(
            $"""
            SELECT c.id, c.number, c.version, c.state, {CaseNames.Title} AS title, {CaseNames.Question} AS question, c.topic_code, c.municipality_code, c.life_event, c.opened_at, c.party_id, c.organisation_code,
                   c.identity_method, w.name AS owner_name, o.display_name AS owner_organisation,
                   (SELECT COUNT(*) FROM promise q WHERE q.case_id = c.id AND q.state = 'open' AND (@whole = 1 OR q.professional_id IN @People))
                   + (SELECT COUNT(*) FROM chain_step e WHERE e.case_id = c.id AND e.ended_at IS NULL AND (@whole = 1 OR e.id IN @Steps)) AS steps,
                   (SELECT COUNT(*) FROM handoff t JOIN message m ON m.handoff_id = t.id WHERE t.case_id = c.id AND (@whole = 1 OR t.id IN @Handoffs)) AS messages,
                   CASE WHEN @whole = 1 THEN (SELECT h.n FROM case_head h WHERE h.case_id = c.id) ELSE 0 END AS entries,
                   (SELECT MAX(j.at) FROM journal j WHERE j.case_id = c.id AND j.kind IN ('case_opened', 'case_changed')) AS saved_at
            FROM case_file c JOIN professional w ON w.id = c.owner_id JOIN organisation o ON o.code = c.owner_organisation WHERE c.id = @caseId
            """,
            new { caseId, actor.OrganisationCode, whole, scope.Steps, scope.Handoffs, scope.People }))!;
        var same = row.IdentityMethod == "not_established" ? (Count: 0, Newest: []) : await others.LoadAsync(r, actor, row.PartyId);
        var known = row.IdentityMethod != "not_established" && access.MayEdit && access.IsOwnOrganisation;
        var party = await PartyQuery.LoadAsync(r, actor, caseId, facts);
        return new DeskCase
        {
            MayAddNumber = access.MayEdit && access.IsOwnOrganisation && row.State == "open" && !party.HasNumber,
            MayCorrectNumber = access.MayEdit && access.IsOwnOrganisation && row.State == "open" && party.BsnTail is not null,
            MayReveal = known && party.BsnTail is not null, MayOverview = known && actor.FrontOffice, HiddenFacts = await VisibleFacts.HiddenAsync(r, caseId, facts.Count),
            GlassUntil = access.Part != "broken_glass" ? null : await r.FindAsync<DateTime?>(
                "SELECT MAX(g.until) FROM broken_glass g WHERE g.professional_id = @Id AND g.case_id = @caseId", new { actor.Id, caseId }),
            Id = row.Id, Number = row.Number, Version = row.Version, State = row.State, Title = scope.IsWhole ? row.Title : null, Question = await QuestionAsync(r, actor, row, scope, access.IsOwnOrganisation), Topic = row.TopicCode,
            Municipality = row.MunicipalityCode, LifeEvent = row.LifeEvent, OpenedAt = row.OpenedAt, SavedAt = row.SavedAt,
            MayEdit = access.MayEdit && row.State == "open", MayClose = access.MayEdit && row.State == "open", MayReopen = access.MayEdit && row.State == "closed", TakesPart = access.MayWork && !access.MayEdit, IsOwnOrganisation = access.IsOwnOrganisation,
            Party = party,
            OwnerName = row.OwnerName, OwnerOrganisation = row.OwnerOrganisation, OwnerIsYou = access.IsOwner,
            OwnershipAsk = await OwnershipQuery.RunningAsync(r, say, actor, access, scope),
            Facts = await FactRowsQuery.LoadAsync(r, say, access, facts, chosen, sharing.ForTopic(row.TopicCode, off)),
            TakenOut = access is { MayWork: true, State: "open" } ? await FactHistory.TakenOutAsync(r, actor, caseId) : [],
            Disclosures = await FactAsksQuery.LoadAsync(r, say, sharing, actor, access, facts, off),
            OtherCases = same.Newest, OtherCaseCount = same.Count,
            Warnings = await PanelDates.UnansweredAsync(r, actor, caseId),
            Due = await steps.LeadingAsync(r, caseId, scope),
            StepCount = row.Steps, MessageCount = row.Messages, TimelineCount = row.Entries,
        };
    }

    // The citizen's own words stay with the organisation that wrote them down; a chain partner reads the line question, and first the one put to them.
    private static async Task<string> QuestionAsync(Reader r, Actor actor, Row row, CaseScope scope, bool isOwn) => isOwn
        ? row.Question
        : await r.FindAsync<string>(
            $"""
            SELECT line_question FROM handoff WHERE case_id = @caseId AND (@whole = 1 OR id IN @Handoffs OR id IN (SELECT b.handoff_id FROM callback b WHERE b.case_id = @caseId AND b.professional_id = @viewer AND b.state IN ('scheduled', 'attempting', 'failed')))
            ORDER BY CASE WHEN specialist_id = @viewer THEN 0 WHEN talk_id IS NULL THEN 1 ELSE 2 END, id DESC {r.Dialect.First(1)}
            """,
            new { caseId = row.Id, viewer = actor.Id, whole = scope.IsWhole ? 1 : 0, scope.Handoffs }) ?? "";

    private sealed class TopicRow
    {
        public string Code { get; init; } = "";

        public string Layer { get; init; } = "";
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Number { get; init; } = "";

        public int Version { get; init; }

        public string State { get; init; } = "";

        public string Title { get; init; } = "";

        public string Question { get; init; } = "";

        public string TopicCode { get; init; } = "";

        public string? MunicipalityCode { get; init; }

        public string? LifeEvent { get; init; }

        public DateTime OpenedAt { get; init; }

        public DateTime? SavedAt { get; init; }

        public long PartyId { get; init; }

        public string OrganisationCode { get; init; } = "";

        public string IdentityMethod { get; init; } = "";

        public string OwnerName { get; init; } = "";

        public string OwnerOrganisation { get; init; } = "";

        public int Steps { get; init; }

        public int Messages { get; init; }

        public int Entries { get; init; }
    }
}
