using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;

namespace Loket.Web.Features.Specialist;

/// <summary>The specialist's workplace: presence, what is due today, and the offer or calm.</summary>
public sealed class SpecialistQuery(Db db, Say say, SharingRules sharing)
{
    public Task<LineView> LineAsync(Actor actor, FormState form, Refusal? refusal = null) => db.ReadAsync(async r => new LineView
    {
        Presence = await PresenceQuery.LoadAsync(r, say, actor, db.Now()),
        Today = await TodayAsync(r, actor),
        OwnershipAsks = await OwnershipQuery.ToAsync(r, say, actor),
        StepAsks = await Steps.StepAsks.ToAsync(r, say, actor),
        FactNotices = await FactNotices.ToAsync(r, say, actor),
        Steps = await Steps.MyStepsQuery.StepsAsync(r, say, actor),
        Callbacks = await CallbackQuery.OfPersonAsync(r, say, actor),
        Offer = await OfferAsync(r, actor, form, refusal),
        Refusal = refusal,
        Form = form,
    });

    public Task<OfferPane> OfferAsync(Actor actor, FormState form, Refusal? ended = null) => db.ReadAsync(r => OfferAsync(r, actor, form, ended));

    private async Task<IReadOnlyList<DutyRow>> TodayAsync(Reader r, Actor actor)
    {
        var until = Domain.Terms.AmsterdamTime.StartOfDay(Domain.Terms.AmsterdamTime.DateOf(db.Now()).AddDays(1));
        var rows = await r.QueryAsync<DueRow>(
            $"""
            SELECT d.subject_kind AS kind, d.subject_id AS id, d.case_id, c.number AS case_number, {CaseNames.Title} AS title, c.topic_code AS topic, d.due_at, o.display_name AS organisation_name,
                   (SELECT MAX(v.value) FROM promise q JOIN personal_value v ON v.id = q.personal_id WHERE q.id = d.subject_id) AS text,
                   b.attempts, b.max_attempts, b.from_at,
                   (SELECT COUNT(*) FROM case_participant cp WHERE cp.case_id = d.case_id AND cp.professional_id = @Id AND cp.until IS NULL) AS takes_part
            FROM deadline d JOIN case_file c ON c.id = d.case_id JOIN organisation o ON o.code = c.owner_organisation
            LEFT JOIN callback b ON b.id = d.subject_id
            WHERE d.professional_id = @Id AND d.state = 'running' AND d.due_at < @until AND d.subject_kind IN ('promise', 'callback', 'ownership')
            ORDER BY d.due_at, d.id {r.Dialect.First(50)}
            """,
            new { actor.Id, actor.OrganisationCode, until });
        return rows.ConvertAll(d => new DutyRow
        {
            Kind = d.Kind, Id = d.Id, CaseId = d.CaseId, CaseNumber = d.CaseNumber, Text = d.Text ?? say.Title(d.Title, d.Topic), OrganisationName = d.OrganisationName,
            DueAt = d.FromAt ?? d.DueAt, HasTime = true, Attempt = d.Kind == "callback" ? d.Attempts + 1 : 0, MaxAttempts = d.MaxAttempts,
            // Who was only consulted has no case to open; the callback itself stands below on this page.
            Url = d.TakesPart > 0 || d.Kind == "ownership" ? $"/cases/{d.CaseId.ToString(System.Globalization.CultureInfo.InvariantCulture)}?tab=steps" : $"/line#callback-{d.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
        });
    }

    private async Task<OfferPane> OfferAsync(Reader r, Actor actor, FormState form, Refusal? ended)
    {
        var state = await r.FindAsync<string>("SELECT state FROM presence WHERE professional_id = @Id", new { actor.Id });
        return new OfferPane
        {
            Presence = state ?? "offline",
            Offer = await new OfferQuery(say, sharing).PendingAsync(r, actor),
            Ended = ended,
            Conversations = await CurrentAsync(r, actor),
            Team = await r.QueryAsync<ColleagueRow>(
                """
                SELECT DISTINCT w.name, COALESCE(p.state, 'offline') AS state, p.since, w.id
                FROM line_member mine JOIN line_member m ON m.line_code = mine.line_code JOIN professional w ON w.id = m.professional_id AND w.active = 1
                LEFT JOIN presence p ON p.professional_id = w.id WHERE mine.professional_id = @Id AND mine.tier = 1 AND m.tier = 1 ORDER BY w.name, w.id
                """,
                new { actor.Id }) is { } team ? team.ConvertAll(c => new Colleague(c.Name, c.State, c.Since ?? db.Now(), c.Id == actor.Id)) : [],
            Waiting = (int)await r.ScalarAsync<long>(
                """
                SELECT COUNT(*) FROM handoff h WHERE h.state IN ('queued', 'offered') AND h.id IN (
                    SELECT hl.handoff_id FROM handoff_line hl JOIN line_member m ON m.line_code = hl.line_code
                    WHERE m.professional_id = @Id AND hl.handoff_id = h.id AND hl.position = h.route_position)
                """,
                new { actor.Id }),
            UsualWaitSeconds = await r.FindAsync<string>($"SELECT line_code FROM line_member WHERE professional_id = @Id ORDER BY tier, line_code {r.Dialect.First(1)}", new { actor.Id }) is { } line
                ? await UsualWait.OfAsync(r, line, db.Now()) : null,
            Form = form,
        };
    }

    private async Task<IReadOnlyList<CurrentConversation>> CurrentAsync(Reader r, Actor actor)
    {
        var rows = await r.QueryAsync<TalkRow>(
            $"""
            SELECT h.id, {CaseNames.Title} AS title, h.mode, h.topic_code AS topic, w.name AS with_name, h.state, h.accepted_at, h.wrap_until
            FROM handoff h JOIN case_file c ON c.id = h.case_id JOIN professional w ON w.id = h.sender_id
            WHERE h.specialist_id = @Id AND h.state IN ('accepted', 'connected', 'wrapping') ORDER BY h.id DESC {r.Dialect.First(10)}
            """,
            new { actor.Id, actor.OrganisationCode });
        return rows.ConvertAll(row => new CurrentConversation(row.Id, row.Mode == "consult" ? say.Topic(row.Topic) : say.Title(row.Title, row.Topic), row.WithName, row.State, row.AcceptedAt, row.WrapUntil));
    }

    private sealed class ColleagueRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string State { get; init; } = "";

        public DateTime? Since { get; init; }
    }

    private sealed class TalkRow
    {
        public long Id { get; init; }

        public string Title { get; init; } = "";

        public string Mode { get; init; } = "";

        public string Topic { get; init; } = "";

        public string WithName { get; init; } = "";

        public string State { get; init; } = "";

        public DateTime AcceptedAt { get; init; }

        public DateTime? WrapUntil { get; init; }
    }

    private sealed class DueRow
    {
        public string Kind { get; init; } = "";

        public long Id { get; init; }

        public long CaseId { get; init; }

        public string CaseNumber { get; init; } = "";

        public string Title { get; init; } = "";

        public string Topic { get; init; } = "";

        public DateTime DueAt { get; init; }

        public string OrganisationName { get; init; } = "";

        public string? Text { get; init; }

        public int Attempts { get; init; }

        public int MaxAttempts { get; init; }

        public DateTime? FromAt { get; init; }

        public int TakesPart { get; init; }
    }
}
