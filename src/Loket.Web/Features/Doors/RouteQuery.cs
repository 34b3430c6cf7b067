using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Handoffs;

namespace Loket.Web.Features.Doors;

/// <summary>
/// The lines for a topic and municipality in the order in which they are asked, each with its reason, and where it ends
/// when nobody answers. The same route that a handoff follows; no live availability.
/// </summary>
public sealed class RouteQuery(Db db)
{
    public Task<Outcome<RouteView>> LoadAsync(string? topic, string? municipality) => db.ReadAsync<Outcome<RouteView>>(async r =>
    {
        var code = Municipality.Code(municipality);
        var layer = string.IsNullOrWhiteSpace(topic) ? null : await r.FindAsync<string>("SELECT layer FROM topic WHERE code = @topic", new { topic });
        if (layer is null)
        {
            return new Refusal("topic-unknown");
        }

        if (code is null && layer == "municipal")
        {
            return new Refusal("municipality-missing");
        }

        if (code is not null && await r.FindAsync<string>("SELECT code FROM organisation WHERE code = @code AND kind = 'municipality'", new { code }) is null)
        {
            return new Refusal("municipality-unknown");
        }

        var plan = await Routes.PlanAsync(r, topic!, code, db.Now());
        var rows = (await r.QueryAsync<Row>(
            """
            SELECT l.code, l.topic_code AS topic, COALESCE(l.phone, o.phone) AS phone, o.code AS organisation, o.display_name AS organisation_name, o.website
            FROM line l JOIN organisation o ON o.code = l.organisation_code WHERE l.code IN @codes
            """,
            new { codes = plan.Stops.Select(s => s.Line).ToList() })).ToDictionary(x => x.Code, StringComparer.Ordinal);
        var now = await Municipality.NowAsync(r, code, db.Now());
        return new RouteView
        {
            Topic = topic!,
            Municipality = now,
            EndedMunicipality = now == code ? null : code,
            Stops = [.. plan.Stops.Select(s => Stop(s, rows[s.Line]))],
            End = End(plan, rows),
        };
    });

    private static RouteView.Stop Stop(RouteStop stop, Row row) => new(
        stop.Line, row.Topic, stop.Organisation, row.OrganisationName, row.Phone, row.Website, stop.Connected, Domain.Code.Of(stop.Reason));

    // A body that is connected calls back itself; for one that is not, nobody promises but the asker's own organisation.
    private static RouteView.Ending? End(RoutePlan plan, Dictionary<string, Row> rows)
    {
        if (plan.CallbackAt is { } at)
        {
            return new("callback", at.Line, at.Organisation, rows[at.Line].OrganisationName, rows[at.Line].Phone, rows[at.Line].Website);
        }

        var reachable = plan.Stops.Select(s => rows[s.Line]).FirstOrDefault(x => x.Phone is not null) ?? plan.Stops.Select(s => rows[s.Line]).FirstOrDefault();
        return reachable is null ? null : new("own_promise", reachable.Code, reachable.Organisation, reachable.OrganisationName, reachable.Phone, reachable.Website);
    }

    private sealed class Row
    {
        public string Code { get; init; } = "";

        public string Topic { get; init; } = "";

        public string? Phone { get; init; }

        public string Organisation { get; init; } = "";

        public string OrganisationName { get; init; } = "";

        public string? Website { get; init; }
    }
}

/// <summary>A route as it is shown. View <c>Doors/Route.cshtml</c>.</summary>
public sealed class RouteView
{
    /// <summary>A line on the way. <paramref name="Connected"/>: it can ring; otherwise its phone number is shown. <paramref name="Reason"/> is a <see cref="RouteReason"/>.</summary>
    public sealed record Stop(string Line, string Topic, string Organisation, string OrganisationName, string? Phone, string? Website, bool Connected, string Reason);

    /// <summary>
    /// Where it ends. <paramref name="Kind"/> <c>callback</c>: this connected body calls back on a date.
    /// <c>own_promise</c>: no body is connected; its phone number is here, and the asker's own organisation promises.
    /// </summary>
    public sealed record Ending(string Kind, string Line, string Organisation, string OrganisationName, string? Phone, string? Website);

    public string Topic { get; init; } = "";

    public string? Municipality { get; init; }

    /// <summary>The code that was asked for, when it has ended and <see cref="Municipality"/> is its successor.</summary>
    public string? EndedMunicipality { get; init; }

    public IReadOnlyList<Stop> Stops { get; init; } = [];

    public Ending? End { get; init; }

    /// <summary>Topics and municipalities to choose from.</summary>
    public IReadOnlyList<string> Topics { get; set; } = [];

    public IReadOnlyList<Shared.Option> Municipalities { get; set; } = [];

    public Refusal? Refusal { get; init; }
}
