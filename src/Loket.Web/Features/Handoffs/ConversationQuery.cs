using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// The talk of one handoff for its sender and its specialist, each on the page of their own question; for anybody else it
/// does not exist.
/// </summary>
public sealed class ConversationQuery(Db db, Say say, SharingRules sharing)
{
    public Task<ConversationView?> LoadAsync(Actor actor, long handoffId, FormState form, Refusal? refusal = null) => db.ReadAsync<ConversationView?>(async r =>
    {
        if (await FindAsync(r, actor, handoffId) is not { } handoff)
        {
            return null;
        }

        var facts = await VisibleFacts.LoadAsync(r, actor, handoff.CaseId);
        var about = (await r.FindAsync<CaseRow>(
            $"SELECT c.number, {CaseNames.Title} AS title, c.topic_code AS topic, o.display_name AS organisation FROM case_file c JOIN organisation o ON o.code = c.organisation_code WHERE c.id = @CaseId",
            new { handoff.CaseId, actor.OrganisationCode }))!;
        var consult = handoff.HandoffMode == HandoffMode.Consult && handoff.SenderId != actor.Id;
        return new ConversationView
        {
            HandoffId = handoffId,
            TalkId = handoff.Talk,
            CaseId = handoff.CaseId,
            CaseNumber = about.Number,
            Title = consult ? say.Topic(handoff.TopicCode) : say.Title(about.Title, about.Topic),
            Question = handoff.LineQuestion,
            Party = consult ? null : await PartyQuery.LoadAsync(r, actor, handoff.CaseId, facts),
            Facts = consult ? [] : facts.ConvertAll(f => new ConversationFact(
                FactWords.Label(f, say), FactWords.Value(f, say), f.Source, f.RecordedAt, f.RecordedAt > handoff.AcceptedAt, f.RecordedByName, f.IsSecret, f.Document,
                f.HasRunOut(say.Dates.Today) ? f.LastDay : null)),
            HiddenFacts = consult ? 0 : await VisibleFacts.HiddenAsync(r, handoff.CaseId, facts.Count),
            Sharing = consult || await CaseAccess.FindAsync(r, actor, handoff.CaseId) is not { } access ? null : await FactAsksQuery.LoadAsync(r, say, sharing, actor, access, facts, await RulesOff.OfAsync(r, actor.OrganisationCode)),
            SenderOrganisation = about.Organisation,
            MayOpenCase = !consult,
            Refusal = refusal,
            Messages = await MessagesQuery.LoadAsync(r, say, actor, handoff, form),
            Side = await SideAsync(r, actor, handoff, form),
        };
    });

    public Task<MessagesView?> MessagesAsync(Actor actor, long handoffId, FormState form) => db.ReadAsync<MessagesView?>(async r =>
        await FindAsync(r, actor, handoffId) is { } handoff ? await MessagesQuery.LoadAsync(r, say, actor, handoff, form) : null);

    public Task<SideView?> SideAsync(Actor actor, long handoffId, FormState form) => db.ReadAsync<SideView?>(async r =>
        await FindAsync(r, actor, handoffId) is { } handoff ? await SideAsync(r, actor, handoff, form) : null);

    /// <summary>Whether the talk exists for this person.</summary>
    public Task<bool> ExistsAsync(Actor actor, long handoffId) => db.ReadAsync(async r => await FindAsync(r, actor, handoffId) is not null);

    // Sender or specialist, and still taking part in the case; in a consult the specialist has no part in the case at all.
    internal static async Task<StoredHandoff?> FindAsync(Reader r, Actor actor, long handoffId)
    {
        var handoff = await r.FindAsync<StoredHandoff>($"SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.id = @handoffId", new { handoffId });
        var part = handoff is not null && (handoff.SenderId == actor.Id || handoff.SpecialistId == actor.Id);
        var consulted = handoff?.HandoffMode == HandoffMode.Consult && handoff.SpecialistId == actor.Id;
        return part && (consulted || await CaseAccess.FindAsync(r, actor, handoff!.CaseId) is not null) ? handoff : null;
    }

    private async Task<SideView> SideAsync(Reader r, Actor actor, StoredHandoff handoff, FormState form)
    {
        var access = await CaseAccess.FindAsync(r, actor, handoff.CaseId);
        var scope = access is null ? null : await CaseScope.LoadAsync(r, actor, access);
        var owner = await r.FindAsync<Person>("SELECT w.id, w.name FROM case_file c JOIN professional w ON w.id = c.owner_id WHERE c.id = @CaseId", new { handoff.CaseId });
        var mine = handoff.SpecialistId == actor.Id;
        var talk = await Talk.OfAsync(r, handoff);
        var wrapSeconds = await r.FindAsync<int?>("SELECT wrap_up_seconds FROM line WHERE code = @LineCode", new { handoff.LineCode }) ?? 60;
        return new SideView
        {
            HandoffId = handoff.Id, CaseId = handoff.CaseId, Mode = handoff.Mode, State = handoff.State, Part = mine ? "specialist" : "sender",
            OwnershipAsk = access is null ? null : await OwnershipQuery.RunningAsync(r, say, actor, access, scope!),
            OwnerName = owner?.Name ?? "", OwnerIsYou = access?.IsOwner == true,
            OwnerCandidates = access?.IsOwner == true ? await OwnershipQuery.CandidatesAsync(r, handoff.CaseId, db.Now()) : [],
            MayStop = handoff.PartOf(actor.Id) == HandoffPart.Sender && HandoffRules.IsLive(handoff.HandoffState),
            MayReturn = mine && handoff.HandoffState == HandoffState.Accepted, MayLeave = mine && handoff.HandoffState is HandoffState.Accepted or HandoffState.Connected,
            ConfirmedHow = handoff.CitizenTaken, AppointmentAt = handoff.AppointmentAt, MayConfirm = mine && handoff.HandoffState == HandoffState.Accepted,
            MayFinish = mine && handoff.HandoffState == HandoffState.Connected, Outcome = handoff.Outcome,
            OutcomeText = handoff.OutcomeId is { } id ? await r.FindAsync<string>("SELECT value FROM personal_value WHERE id = @id", new { id }) : null,
            WrapUpEndsAt = mine ? handoff.WrapUntil : null, WrapUpStartedAt = handoff.WrapUntil?.AddSeconds(-wrapSeconds), WrapUpSeconds = wrapSeconds,
            LineName = await LineNames.OfAsync(r, say, handoff.LineCode),
            SpecialistName = await r.FindAsync<string>("SELECT name FROM professional WHERE id = @SpecialistId", new { handoff.SpecialistId }),
            MayAskLine = talk.CheckAsk(actor.Id) is null, RingsId = talk.Ringing.FirstOrDefault(h => h.SenderId == actor.Id)?.Id,
            Why = await WhyAsync(r, handoff),
            MayPromise = access?.MayWork == true, Promises = access is null ? [] : await PromiseQuery.OfCaseAsync(r, actor, handoff.CaseId, scope!), Form = form,
        };
    }

    // As routing decided it at the time; null when nobody took it.
    private static async Task<WhyHere?> WhyAsync(Reader r, StoredHandoff handoff)
    {
        var offer = await r.FindAsync<StoredOffer>(
            $"SELECT {StoredOffer.Columns} FROM offer o WHERE o.handoff_id = @Id AND o.round = @Round AND o.state = 'accepted'", new { handoff.Id, handoff.Round });
        var reason = await r.FindAsync<string>("SELECT reason FROM handoff_line WHERE handoff_id = @Id AND line_code = @LineCode", new { handoff.Id, handoff.LineCode });
        return offer is null ? null : new WhyHere(reason is null ? null : LinesQuery.TierOf(Code.Parse<RouteReason>(reason)), WhyAsked.Of(offer));
    }

    private sealed class CaseRow
    {
        public string Number { get; init; } = "";

        public string Title { get; init; } = "";

        public string Topic { get; init; } = "";

        public string Organisation { get; init; } = "";
    }

    private sealed class Person
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Organisation { get; init; } = "";

        public string? State { get; init; }
    }
}
