using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Forwarding;

/// <summary>A question that was sent on to the right body (Awb 2:3), with both dates.</summary>
public sealed class ForwardingRow
{
    public long Id { get; init; }

    public string FromOrganisation { get; init; } = "";

    public string ToOrganisation { get; init; } = "";

    /// <summary>The line it went to, resolved; null when the body as a whole.</summary>
    public string? LineName { get; init; }

    /// <summary>The day it was received by who it was not for, yyyy-MM-dd.</summary>
    public string ReceivedOn { get; init; } = "";

    public DateTime ForwardedAt { get; init; }

    /// <summary>Who did it; null for a line that sent on what a colleague asked: a name comes with acceptance only.</summary>
    public string? ForwardedByName { get; init; }

    /// <summary>How its sender was told: <c>colleague</c> (by Loket), <c>desk</c>, <c>phone</c>, <c>letter</c>.</summary>
    public string Told { get; init; } = "";

    public DateTime ToldAt { get; init; }
}

internal static class ForwardingQuery
{
    public static async Task<IReadOnlyList<ForwardingRow>> OfCaseAsync(Reader r, Say say, Actor actor, long caseId, CaseScope scope)
    {
        var rows = (await r.QueryAsync<Row>(
            """
            SELECT d.id, d.from_organisation AS from_code, d.to_organisation AS to_code, f.display_name AS from_organisation, t.display_name AS to_organisation, d.to_line, d.received_on, d.forwarded_at, CASE WHEN d.told <> 'colleague' THEN w.name END AS forwarded_by_name, d.told, d.told_at
            FROM forwarding d JOIN organisation f ON f.code = d.from_organisation JOIN organisation t ON t.code = d.to_organisation
            JOIN professional w ON w.id = d.forwarded_by WHERE d.case_id = @caseId ORDER BY d.id DESC
            """,
            new { caseId })).FindAll(d => scope.HasLine(d.ToLine) || d.FromCode == actor.OrganisationCode || d.ToCode == actor.OrganisationCode);
        var names = await LineNames.OfAsync(r, say, [.. rows.Where(d => d.ToLine is not null).Select(d => d.ToLine!).Distinct()]);
        return rows.ConvertAll(d => new ForwardingRow
        {
            Id = d.Id, FromOrganisation = d.FromOrganisation, ToOrganisation = d.ToOrganisation, LineName = d.ToLine is null ? null : names.GetValueOrDefault(d.ToLine),
            ReceivedOn = d.ReceivedOn, ForwardedAt = d.ForwardedAt, ForwardedByName = d.ForwardedByName, Told = d.Told, ToldAt = d.ToldAt,
        });
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string FromOrganisation { get; init; } = "";

        public string ToOrganisation { get; init; } = "";

        public string FromCode { get; init; } = "";

        public string ToCode { get; init; } = "";

        public string? ToLine { get; init; }

        public string ReceivedOn { get; init; } = "";

        public DateTime ForwardedAt { get; init; }

        public string? ForwardedByName { get; init; }

        public string Told { get; init; } = "";

        public DateTime ToldAt { get; init; }
    }
}
