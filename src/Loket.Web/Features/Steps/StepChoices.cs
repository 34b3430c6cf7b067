using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Steps;

/// <summary>Whom a step of this case can be given to: what the forms offer.</summary>
internal static class StepChoices
{
    public static async Task<StepOptions> LoadAsync(Reader r, Say say, Actor actor, long caseId, CaseScope scope)
    {
        var about = (await r.FindAsync<CaseRow>("SELECT topic_code, municipality_code FROM case_file WHERE id = @caseId", new { caseId }))!;
        var whole = scope.IsWhole ? 1 : 0;
        var route = await Routes.PlanAsync(r, about.TopicCode, about.MunicipalityCode, say.Dates.NowUtc);
        var bodies = await r.QueryAsync<NameRow>(
            """
            SELECT o.code, o.display_name AS name FROM organisation o WHERE o.kind = 'national' OR o.code = @OrganisationCode OR o.code = @MunicipalityCode
               OR o.code IN (SELECT s.organisation_code FROM chain_step s WHERE s.case_id = @caseId AND (@whole = 1 OR s.id IN @Steps))
            ORDER BY o.sort_name, o.code
            """,
            new { actor.OrganisationCode, about.MunicipalityCode, caseId, whole, scope.Steps });
        var onRoute = route.Stops.Select(s => s.Organisation).Append(actor.OrganisationCode).Distinct().ToList();
        return new StepOptions
        {
            Organisations = [.. bodies.OrderBy(b => onRoute.IndexOf(b.Code) is >= 0 and var n ? n : int.MaxValue).Select(b => new Option(b.Code, b.Name))],
            Partners = (await r.QueryAsync<PartnerRow>("SELECT id, name, kind FROM partner WHERE active = 1 ORDER BY sort_name, id"))
                .ConvertAll(p => new Option(p.Id.ToString(CultureInfo.InvariantCulture), p.Name, say.Code("partner-kind", p.Kind))),
            Channels = (await r.QueryAsync<ChannelRow>(
                """
                SELECT n.id, n.kind, n.address, x.name FROM partner_channel n JOIN partner x ON x.id = n.partner_id
                WHERE n.active = 1 AND n.partner_id IN (SELECT s.partner_id FROM chain_step s WHERE s.case_id = @caseId AND s.partner_id IS NOT NULL AND (@whole = 1 OR s.id IN @Steps)) ORDER BY n.id
                """,
                new { caseId, whole, scope.Steps })).ConvertAll(n => new Option(n.Id.ToString(CultureInfo.InvariantCulture), $"{say.Code("channel", n.Kind)}: {n.Address}", n.Name)),
            Lines = await LinesAsync(r, say, caseId, about, scope),
            People = await PeopleAsync(r, actor, caseId, scope),
            ForwardLines = await ForwardAsync(r, say, actor, about.TopicCode, about.MunicipalityCode),
        };
    }

    /// <summary>The route for the topic first, then everything else that serves this citizen; never one's own lines.</summary>
    public static async Task<IReadOnlyList<Option>> ForwardAsync(Reader r, Say say, Actor actor, string topic, string? municipality)
    {
        var route = (await Routes.PlanAsync(r, topic, municipality, say.Dates.NowUtc)).Stops.Select(s => s.Line).ToList();
        var lines = await r.QueryAsync<LineRow>(
            """
            SELECT l.code, l.organisation_code, o.display_name AS organisation, l.topic_code AS topic FROM line l JOIN organisation o ON o.code = l.organisation_code
            WHERE l.organisation_code <> @OrganisationCode AND o.successor_code IS NULL AND (l.organisation_code = @municipality OR o.kind = 'national')
            ORDER BY o.sort_name, l.topic_code, l.code
            """,
            new { actor.OrganisationCode, municipality });
        return [.. lines.OrderBy(l => route.IndexOf(l.Code) is >= 0 and var n ? n : int.MaxValue).Select(l => new Option(l.Code, say.LineName(l.Organisation, l.Topic, null)))];
    }

    private static async Task<IReadOnlyList<Option>> LinesAsync(Reader r, Say say, long caseId, CaseRow about, CaseScope scope) => (await r.QueryAsync<LineRow>(
        """
        SELECT l.code, l.organisation_code, o.display_name AS organisation, l.topic_code AS topic FROM line l JOIN organisation o ON o.code = l.organisation_code
        WHERE l.organisation_code IN (SELECT s.organisation_code FROM chain_step s WHERE s.case_id = @caseId AND (@whole = 1 OR s.id IN @Steps))
        ORDER BY CASE WHEN l.topic_code = @TopicCode THEN 0 ELSE 1 END, o.sort_name, l.topic_code, l.code
        """,
        new { caseId, about.TopicCode, whole = scope.IsWhole ? 1 : 0, scope.Steps })).ConvertAll(l => new Option(l.Code, say.LineName(l.Organisation, l.Topic, null), l.OrganisationCode));

    private static async Task<IReadOnlyList<Option>> PeopleAsync(Reader r, Actor actor, long caseId, CaseScope scope) => (await r.QueryAsync<PersonRow>(
        $"""
        SELECT w.id, w.name, o.display_name AS organisation FROM professional w JOIN organisation o ON o.code = w.organisation_code
        WHERE w.active = 1 AND {Actor.CaseWork} AND w.id <> @Id AND w.id IN (
            SELECT cp.professional_id FROM case_participant cp WHERE cp.case_id = @caseId AND cp.until IS NULL AND (@whole = 1 OR cp.part = 'owner' OR cp.professional_id IN @People)
            UNION SELECT t.id FROM professional t WHERE t.team_code = @TeamCode AND t.active = 1)
        ORDER BY w.name, w.id {r.Dialect.First(60)}
        """,
        new { caseId, actor.Id, actor.TeamCode, whole = scope.IsWhole ? 1 : 0, scope.People })).ConvertAll(p => new Option(p.Id.ToString(CultureInfo.InvariantCulture), p.Name, p.Organisation));

    private sealed class CaseRow
    {
        public string TopicCode { get; init; } = "";

        public string? MunicipalityCode { get; init; }
    }

    private sealed class NameRow
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";
    }

    private sealed class LineRow
    {
        public string Code { get; init; } = "";

        public string OrganisationCode { get; init; } = "";

        public string Organisation { get; init; } = "";

        public string Topic { get; init; } = "";
    }

    private sealed class PartnerRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Kind { get; init; } = "";
    }

    private sealed class ChannelRow
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public string Address { get; init; } = "";

        public string Name { get; init; } = "";
    }

    private sealed class PersonRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Organisation { get; init; } = "";
    }
}
