using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
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
        Steps = await Steps.MyStepsQuery.StepsAsync(r, actor),
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
            SELECT d.subject_kind AS kind, d.subject_id AS id, d.case_id, c.number AS case_number, c.title, c.topic_code AS topic, d.due_at, o.display_name AS organisation_name,
                   (SELECT MAX(v.value) FROM promise q JOIN personal_value v ON v.id = q.personal_id WHERE q.id = d.subject_id) AS text,
                   b.attempts, b.max_attempts, b.from_at,
                   (SELECT COUNT(*) FROM case_participant cp WHERE cp.case_id = d.case_id AND cp.professional_id = @Id AND cp.until IS NULL) AS takes_part
            FROM deadline d JOIN case_file c ON c.id = d.case_id JOIN organisation o ON o.code = c.owner_organisation
            LEFT JOIN callback b ON b.id = d.subject_id
            WHERE d.professional_id = @Id AND d.state = 'running' AND d.due_at < @until AND d.subject_kind IN ('promise', 'callback', 'ownership')
            ORDER BY d.due_at, d.id {r.Dialect.First(50)}
            """,
            new { actor.Id, until });
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
            Offer = await PendingAsync(r, actor),
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

    // Before acceptance: the masked question, topic, urgency, purpose. Never an identity (DOMAIN 5).
    private async Task<OfferView?> PendingAsync(Reader r, Actor actor)
    {
        var row = await r.FindAsync<OfferedRow>(
            """
            SELECT o.id, o.handoff_id, o.line_code, h.mode, h.citizen_at, h.urgent, h.line_question, h.topic_code, h.municipality_code, m.short_name AS municipality, h.sharing_rule,
                   w.name AS from_name, g.display_name AS from_organisation, o.why, o.why_count, o.why_language, o.why_topic, o.offered_at, o.expires_at, o.extended,
                   (SELECT COUNT(*) FROM offer d WHERE d.handoff_id = h.id AND d.round = h.round AND d.line_code = o.line_code AND d.state = 'declined') AS declined,
                   (SELECT COUNT(*) FROM line_member m JOIN presence p ON p.professional_id = m.professional_id
                    WHERE m.line_code = o.line_code AND p.state = 'available' AND m.is_on = 1 AND m.professional_id <> h.sender_id
                      AND NOT EXISTS (SELECT 1 FROM offer x WHERE x.handoff_id = h.id AND x.round = h.round AND x.professional_id = m.professional_id)) AS colleagues,
                   h.round, h.route_position, h.sender_id
            FROM offer o JOIN handoff h ON h.id = o.handoff_id JOIN professional w ON w.id = h.sender_id JOIN organisation g ON g.code = h.sender_organisation
            LEFT JOIN organisation m ON m.code = h.municipality_code
            WHERE o.professional_id = @Id AND o.state = 'pending'
            """,
            new { actor.Id });
        if (row is null)
        {
            return null;
        }

        // The same question that Disclose asks at acceptance, so that the promise on the offer holds.
        var topic = (await r.FindAsync<string>("SELECT topic_code FROM line WHERE code = @LineCode", new { row.LineCode }))!;
        // What the line was given before and still has counts too.
        var goes = row.Mode == "consult" ? [] : (await r.QueryAsync<GoingRow>(
            """
            SELECT x.id, x.kind, 0 AS given FROM handoff_fact f JOIN fact x ON x.id = f.fact_id WHERE f.handoff_id = @HandoffId
            UNION SELECT x.id, x.kind, 1 FROM handoff h JOIN disclosure d ON d.case_id = h.case_id AND d.line_code = @LineCode AND d.until IS NULL
                  JOIN fact x ON x.id = d.fact_id WHERE h.id = @HandoffId
            """,
            new { row.HandoffId, row.LineCode })).FindAll(f => f.Given == 1 || sharing.Goes(row.SharingRule, topic, f.Kind)).DistinctBy(f => f.Id).Select(f => f.Kind).ToList();
        var rule = sharing.ById(row.SharingRule);
        var next = row.Colleagues > 0 ? null : await NextLineAsync(r, row);
        var names = await LineNames.OfAsync(r, say, next is null ? [row.LineCode] : [row.LineCode, next]);
        return new OfferView
        {
            Id = row.Id, HandoffId = row.HandoffId, LineName = names[row.LineCode], Mode = row.Mode, CitizenAt = row.CitizenAt, Urgency = row.Urgent == 1 ? "urgent" : "normal",
            Question = row.LineQuestion, Topic = row.TopicCode, MunicipalityName = row.Municipality,
            PurposeName = rule is null ? null : say.Known($"purpose.{rule.Id}"), Purpose = rule is null ? null : (say.IsEnglish ? rule.PurposeEn : rule.PurposeNl), Article = rule is null ? null : $"{rule.Law} {rule.Article}",
            FromName = row.FromName, FromOrganisation = row.FromOrganisation, Why = row.Why, FreeColleagues = row.WhyCount, WhyLanguage = row.WhyLanguage, WhyTopic = row.WhyTopic, Declined = row.Declined,
            OfferedAt = row.OfferedAt, EndsAt = row.ExpiresAt, MayExtend = row.Extended == 0, FactCount = goes.Count, BsnGoes = goes.Contains("bsn"),
            NextIsColleague = row.Colleagues > 0, NextName = next is null ? null : names[next], OtherLines = await OtherLinesAsync(r, row),
        };
    }

    // The first line after this one where somebody is free who was not asked yet.
    private static Task<string?> NextLineAsync(Reader r, OfferedRow row) => r.FindAsync<string>(
        $"""
        SELECT n.line_code FROM handoff_line n
        WHERE n.handoff_id = @HandoffId AND n.position > @RoutePosition AND EXISTS (
            SELECT 1 FROM line_member m JOIN presence p ON p.professional_id = m.professional_id
            WHERE m.line_code = n.line_code AND p.state = 'available' AND m.is_on = 1 AND m.professional_id <> @SenderId
              AND NOT EXISTS (SELECT 1 FROM offer x WHERE x.handoff_id = @HandoffId AND x.round = @Round AND x.professional_id = m.professional_id))
        ORDER BY n.position {r.Dialect.First(1)}
        """,
        new { row.HandoffId, row.RoutePosition, row.SenderId, row.Round });

    // Lines to name as better, of those with people: the citizen's municipality, who works for it, the own organisation, national.
    private async Task<IReadOnlyList<Option>> OtherLinesAsync(Reader r, OfferedRow row)
    {
        var codes = await r.QueryAsync<string>(
            """
            SELECT DISTINCT l.code FROM line l JOIN line_member m ON m.line_code = l.code JOIN professional w ON w.id = m.professional_id AND w.active = 1
            JOIN line own ON own.code = @LineCode
            WHERE l.code <> @LineCode AND (l.kind = 'national' OR l.organisation_code = own.organisation_code OR l.organisation_code = @MunicipalityCode
                  OR EXISTS (SELECT 1 FROM line_area a WHERE a.line_code = l.code AND a.municipality_code = @MunicipalityCode))
            ORDER BY l.code
            """,
            new { row.LineCode, row.MunicipalityCode });
        var names = await LineNames.OfAsync(r, say, codes);
        return [.. codes.Select(c => new Option(c, names[c])).OrderBy(o => o.Name, StringComparer.CurrentCulture)];
    }

    private async Task<IReadOnlyList<CurrentConversation>> CurrentAsync(Reader r, Actor actor)
    {
        var rows = await r.QueryAsync<TalkRow>(
            $"""
            SELECT h.id, c.title, h.mode, h.topic_code AS topic, w.name AS with_name, h.state, h.accepted_at, h.wrap_until
            FROM handoff h JOIN case_file c ON c.id = h.case_id JOIN professional w ON w.id = h.sender_id
            WHERE h.specialist_id = @Id AND h.state IN ('accepted', 'connected', 'wrapping') ORDER BY h.id DESC {r.Dialect.First(10)}
            """,
            new { actor.Id });
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

    private sealed class GoingRow
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public int Given { get; init; }
    }

    private sealed class OfferedRow
    {
        public long Id { get; init; }

        public long HandoffId { get; init; }

        public string LineCode { get; init; } = "";

        public string Mode { get; init; } = "";

        public string CitizenAt { get; init; } = "";

        public int Urgent { get; init; }

        public string LineQuestion { get; init; } = "";

        public string TopicCode { get; init; } = "";

        public string? MunicipalityCode { get; init; }

        public string? Municipality { get; init; }

        public string? SharingRule { get; init; }

        public string FromName { get; init; } = "";

        public string FromOrganisation { get; init; } = "";

        public string Why { get; init; } = "";

        public int WhyCount { get; init; }

        public string? WhyLanguage { get; init; }

        public string? WhyTopic { get; init; }

        public DateTime OfferedAt { get; init; }

        public DateTime ExpiresAt { get; init; }

        public int Extended { get; init; }

        public int Declined { get; init; }

        public int Colleagues { get; init; }

        public int Round { get; init; }

        public int RoutePosition { get; init; }

        public long SenderId { get; init; }
    }
}
