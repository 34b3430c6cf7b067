using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;

namespace Loket.Web.Features.Specialist;

/// <summary>
/// The offer a person must answer, before acceptance: the masked question, topic, urgency, purpose, and how many facts
/// follow. Never an identity (DOMAIN 5).
/// </summary>
public sealed class OfferQuery(Say say, SharingRules sharing)
{
    public async Task<OfferView?> PendingAsync(Reader r, Actor actor)
    {
        var row = await r.FindAsync<OfferedRow>(
            """
            SELECT o.id, o.handoff_id, o.line_code, h.mode, h.citizen_at, h.urgent, h.line_question, h.topic_code, h.municipality_code, m.short_name AS municipality, h.sharing_rule, h.sender_organisation, (SELECT y.secret FROM case_file z JOIN party y ON y.id = z.party_id WHERE z.id = h.case_id) AS secret,
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
        var off = await RulesOff.OfAsync(r, row.SenderOrganisation);
        // What the line was given before and still has counts too.
        var goes = row.Mode == "consult" ? [] : (await r.QueryAsync<GoingRow>(
            """
            SELECT x.id, x.kind, 0 AS given FROM handoff_fact f JOIN fact x ON x.id = f.fact_id WHERE f.handoff_id = @HandoffId
            UNION SELECT x.id, x.kind, 1 FROM handoff h JOIN disclosure d ON d.case_id = h.case_id AND d.line_code = @LineCode AND d.until IS NULL
                  JOIN fact x ON x.id = d.fact_id WHERE h.id = @HandoffId
            """,
            new { row.HandoffId, row.LineCode })).FindAll(f => f.Given == 1 || sharing.Goes(row.SharingRule, topic, f.Kind, off, row.Secret == 1)).DistinctBy(f => f.Id).Select(f => f.Kind).ToList();
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

        public string SenderOrganisation { get; init; } = "";

        public int Secret { get; init; }

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
