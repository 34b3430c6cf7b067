using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// The talk of one handoff for its sender and its specialist; for anybody else it does not exist. Who came later sees
/// what was said from then on (DOMAIN 5).
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
            new { handoff.CaseId }))!;
        var consult = handoff.HandoffMode == HandoffMode.Consult && handoff.SenderId != actor.Id;
        return new ConversationView
        {
            HandoffId = handoffId,
            CaseId = handoff.CaseId,
            CaseNumber = about.Number,
            Title = consult ? say.Topic(handoff.TopicCode) : say.Title(about.Title, about.Topic),
            Question = handoff.LineQuestion,
            Party = consult ? null : await PartyQuery.LoadAsync(r, actor, handoff.CaseId, facts),
            Facts = consult ? [] : facts.ConvertAll(f => new ConversationFact(
                FactWords.Label(f, say), FactWords.Value(f, say), f.Source, f.RecordedAt, f.RecordedAt > handoff.AcceptedAt, f.RecordedByName, f.IsSecret)),
            HiddenFacts = consult ? 0 : await VisibleFacts.HiddenAsync(r, handoff.CaseId, facts.Count),
            Sharing = consult || await CaseAccess.FindAsync(r, actor, handoff.CaseId) is not { } access ? null : await FactAsksQuery.LoadAsync(r, say, sharing, actor, access, facts),
            SenderOrganisation = about.Organisation,
            MayOpenCase = !consult,
            Refusal = refusal,
            Messages = await MessagesAsync(r, actor, handoff, form),
            Side = await SideAsync(r, actor, handoff, form),
        };
    });

    public Task<MessagesView?> MessagesAsync(Actor actor, long handoffId, FormState form) => db.ReadAsync<MessagesView?>(async r =>
        await FindAsync(r, actor, handoffId) is { } handoff ? await MessagesAsync(r, actor, handoff, form) : null);

    public Task<SideView?> SideAsync(Actor actor, long handoffId, FormState form) => db.ReadAsync<SideView?>(async r =>
        await FindAsync(r, actor, handoffId) is { } handoff ? await SideAsync(r, actor, handoff, form) : null);

    // Sender or specialist, and still taking part in the case; in a consult the specialist has no part in the case at all.
    private static async Task<StoredHandoff?> FindAsync(Reader r, Actor actor, long handoffId)
    {
        var handoff = await r.FindAsync<StoredHandoff>($"SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.id = @handoffId", new { handoffId });
        var part = handoff is not null && (handoff.SenderId == actor.Id || handoff.SpecialistId == actor.Id);
        var consulted = handoff?.HandoffMode == HandoffMode.Consult && handoff.SpecialistId == actor.Id;
        return part && (consulted || await CaseAccess.FindAsync(r, actor, handoff!.CaseId) is not null) ? handoff : null;
    }

    private static async Task<MessagesView> MessagesAsync(Reader r, Actor actor, StoredHandoff handoff, FormState form)
    {
        var talking = handoff.HandoffState is HandoffState.Accepted or HandoffState.Connected or HandoffState.Wrapping;
        var part = handoff.PartOf(actor.Id);
        var since = handoff.SpecialistId == actor.Id ? handoff.AcceptedAt ?? handoff.QueuedAt : handoff.QueuedAt;
        var rows = await r.QueryAsync<Said>(
            """
            SELECT m.id, m.at, m.author_id, w.name AS author_name, o.display_name AS author_organisation, v.value AS text
            FROM message m JOIN professional w ON w.id = m.author_id JOIN organisation o ON o.code = w.organisation_code
            JOIN personal_value v ON v.id = m.personal_id WHERE m.handoff_id = @Id AND m.at >= @since ORDER BY m.id
            """,
            new { handoff.Id, since });
        return new MessagesView
        {
            HandoffId = handoff.Id, CaseId = handoff.CaseId, Mode = handoff.Mode, State = handoff.State,
            MayWrite = talking && part != HandoffPart.None, ReadsAlong = talking && part == HandoffPart.None,
            Participants = await ParticipantsAsync(r, actor, handoff),
            Messages = [.. rows.Select(m => Shown(m, actor)).Concat(await EventsAsync(r, handoff)).OrderBy(m => m.At).ThenBy(m => m.Id)],
            Form = form,
        };
    }

    private static MessageRow Shown(Said m, Actor actor) => new()
    {
        Id = m.Id, At = m.At, AuthorName = m.AuthorName, AuthorOrganisation = m.AuthorOrganisation, IsYou = m.AuthorId == actor.Id, Text = m.Text ?? "",
    };

    // What leaves the talk and becomes a row stands in the talk too, so that everyone sees it was recorded.
    private static async Task<IEnumerable<MessageRow>> EventsAsync(Reader r, StoredHandoff handoff)
    {
        var events = new List<MessageRow>();
        if (handoff.AcceptedAt is { } accepted && handoff.SpecialistId is { } specialist)
        {
            var name = await r.FindAsync<string>("SELECT name FROM professional WHERE id = @specialist", new { specialist });
            events.Add(new MessageRow { Id = 0, At = accepted, Event = "handoff_accepted", Args = [name ?? ""] });
            if (handoff.ConnectedAt is { } connected && handoff.CitizenTaken is { } how)
            {
                events.Add(new MessageRow { Id = 1, At = connected, Event = "citizen_confirmed", Args = [name ?? "", $"taken:{how}"] });
            }
        }

        var promises = await r.QueryAsync<PromiseRow>(
            "SELECT q.id, q.made_at AS due_at, v.value AS text, w.name AS who_name FROM promise q JOIN personal_value v ON v.id = q.personal_id JOIN professional w ON w.id = q.made_by WHERE q.handoff_id = @Id AND q.case_id = @CaseId",
            new { handoff.Id, handoff.CaseId });
        events.AddRange(promises.Select(p => new MessageRow { Id = p.Id, At = p.DueAt, Event = "promise_recorded", Args = [p.Text, p.WhoName] }));
        var answers = await r.QueryAsync<OwnershipAnswered>(
            """
            SELECT q.id, q.answered_at, q.state, q.reason, w.name FROM ownership_request q JOIN professional w ON w.id = q.to_id
            WHERE q.case_id = @CaseId AND q.state IN ('accepted', 'refused') AND q.answered_at >= @AcceptedAt
            """,
            new { handoff.CaseId, handoff.AcceptedAt });
        events.AddRange(answers.Select(a => new MessageRow { Id = a.Id, At = a.AnsweredAt, Event = $"ownership_{a.State}", Args = [a.Name, a.Reason ?? ""] }));
        return events;
    }

    private static async Task<IReadOnlyList<Participant>> ParticipantsAsync(Reader r, Actor actor, StoredHandoff handoff)
    {
        var people = await r.QueryAsync<Person>(
            """
            SELECT w.id, w.name, o.display_name AS organisation, p.state FROM professional w JOIN organisation o ON o.code = w.organisation_code
            LEFT JOIN presence p ON p.professional_id = w.id WHERE w.id IN @ids
            """,
            new { ids = new[] { handoff.SenderId, handoff.SpecialistId ?? 0 } });
        return [.. people.OrderBy(p => p.Id == handoff.SenderId ? 0 : 1).Select(p => new Participant
        {
            Name = p.Name, OrganisationName = p.Organisation, IsYou = p.Id == actor.Id, Part = p.Id == handoff.SenderId ? "sender" : "specialist",
            State = p.Id == handoff.SenderId && handoff.SenderReleasedAt is not null ? "left"
                : p.Id == handoff.SpecialistId && p.State == "offline" ? "away" : "here",
        })];
    }

    private async Task<SideView> SideAsync(Reader r, Actor actor, StoredHandoff handoff, FormState form)
    {
        var access = await CaseAccess.FindAsync(r, actor, handoff.CaseId);
        var owner = await r.FindAsync<Person>("SELECT w.id, w.name FROM case_file c JOIN professional w ON w.id = c.owner_id WHERE c.id = @CaseId", new { handoff.CaseId });
        var mine = handoff.SpecialistId == actor.Id;
        var wrapSeconds = await r.FindAsync<int?>("SELECT wrap_up_seconds FROM line WHERE code = @LineCode", new { handoff.LineCode }) ?? 60;
        return new SideView
        {
            HandoffId = handoff.Id, CaseId = handoff.CaseId, Mode = handoff.Mode, State = handoff.State, Part = mine ? "specialist" : "sender",
            OwnershipAsk = access is null ? null : await OwnershipQuery.RunningAsync(r, say, actor, handoff.CaseId),
            OwnerName = owner?.Name ?? "", OwnerIsYou = access?.IsOwner == true,
            OwnerCandidates = access?.IsOwner == true ? await OwnershipQuery.CandidatesAsync(r, handoff.CaseId, db.Now()) : [],
            MayStop = handoff.PartOf(actor.Id) == HandoffPart.Sender && HandoffRules.IsLive(handoff.HandoffState),
            MayReturn = mine && handoff.HandoffState == HandoffState.Accepted, MayLeave = mine && handoff.HandoffState is HandoffState.Accepted or HandoffState.Connected,
            ConfirmedHow = handoff.CitizenTaken, MayConfirm = mine && handoff.HandoffState == HandoffState.Accepted,
            MayFinish = mine && handoff.HandoffState == HandoffState.Connected, Outcome = handoff.Outcome,
            OutcomeText = handoff.OutcomeId is { } id ? await r.FindAsync<string>("SELECT value FROM personal_value WHERE id = @id", new { id }) : null,
            WrapUpEndsAt = mine ? handoff.WrapUntil : null, WrapUpStartedAt = handoff.WrapUntil?.AddSeconds(-wrapSeconds), WrapUpSeconds = wrapSeconds,
            LineName = await LineNames.OfAsync(r, say, handoff.LineCode),
            SpecialistName = await r.FindAsync<string>("SELECT name FROM professional WHERE id = @SpecialistId", new { handoff.SpecialistId }),
            MayPromise = access?.MayWork == true, Promises = access is null ? [] : await PromiseQuery.OfCaseAsync(r, actor, handoff.CaseId), Form = form,
        };
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

    private sealed class Said
    {
        public long Id { get; init; }

        public DateTime At { get; init; }

        public long AuthorId { get; init; }

        public string AuthorName { get; init; } = "";

        public string AuthorOrganisation { get; init; } = "";

        public string? Text { get; init; }
    }

    private sealed class OwnershipAnswered
    {
        public long Id { get; init; }

        public DateTime AnsweredAt { get; init; }

        public string State { get; init; } = "";

        public string? Reason { get; init; }

        public string Name { get; init; } = "";
    }
}
