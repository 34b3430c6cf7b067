using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>"Zaken": the cases a person owns or works on, or those of their team and lines; newest first.</summary>
public sealed class CasesQuery(Db db)
{
    private const int Page = 30;

    public Task<CasesView> LoadAsync(Actor actor, string? tab, string? state, string? after) => db.ReadAsync(async r =>
    {
        var lines = tab == "lines";
        var shownState = state is "closed" or "all" ? state : "open";
        var afterId = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
        var mine = lines
            ? """
              (c.owner_team = @TeamCode AND @frontOffice = 1
               OR c.owner_team IN (SELECT s.team_code FROM team_supervisor s WHERE s.professional_id = @Id)
               OR c.id IN (SELECT cp.case_id FROM case_participant cp JOIN line_member m ON m.line_code = cp.line_code WHERE m.professional_id = @Id AND cp.until IS NULL))
              """
            : "(c.owner_id = @Id OR c.id IN (SELECT cp.case_id FROM case_participant cp WHERE cp.professional_id = @Id AND cp.until IS NULL))";
        var filter = shownState == "all" ? "" : "AND c.state = @shownState";
        var rows = await r.QueryAsync<Row>(
            $"""
            SELECT c.id, c.number, {CaseNames.Title} AS title, c.topic_code, c.state, c.owner_id, w.name AS owner_name, o.display_name AS owner_organisation, c.owner_organisation AS owner_code,
                   c.next_due, c.opened_at, {CaseNames.PartyName} AS party_name, {CaseNames.WaitsFor} AS waits_for
            FROM case_file c JOIN party p ON p.id = c.party_id JOIN professional w ON w.id = c.owner_id JOIN organisation o ON o.code = c.owner_organisation
            WHERE c.id < @afterId AND c.destroyed_at IS NULL {filter} AND {mine} ORDER BY c.id DESC {r.Dialect.First(Page + 1)}
            """,
            new { actor.Id, actor.OrganisationCode, actor.TeamCode, frontOffice = actor.FrontOffice ? 1 : 0, afterId, shownState });
        return new CasesView
        {
            Tab = lines ? "lines" : "mine",
            State = shownState,
            HasEarlier = after is not null,
            Next = rows.Count > Page ? rows[Page - 1].Id.ToString(CultureInfo.InvariantCulture) : null,
            Rows = [.. rows.Take(Page).Select(c => new CaseRow
            {
                Id = c.Id, Number = c.Number, Title = c.Title, Topic = c.TopicCode, State = c.State, PartyName = c.PartyName, OwnerName = c.OwnerName,
                OwnerOrganisation = c.OwnerCode == actor.OrganisationCode ? null : c.OwnerOrganisation, OwnerIsYou = c.OwnerId == actor.Id, WaitsFor = c.WaitsFor,
                DueAt = c.NextDue, HasTime = true, ChangedAt = c.OpenedAt,
            })],
        };
    });

    private sealed class Row
    {
        public long Id { get; init; }

        public string Number { get; init; } = "";

        public string Title { get; init; } = "";

        public string TopicCode { get; init; } = "";

        public string State { get; init; } = "";

        public long OwnerId { get; init; }

        public string OwnerName { get; init; } = "";

        public string OwnerOrganisation { get; init; } = "";

        public string OwnerCode { get; init; } = "";

        public DateTime? NextDue { get; init; }

        public DateTime OpenedAt { get; init; }

        public string? PartyName { get; init; }

        public string? WaitsFor { get; init; }
    }
}
