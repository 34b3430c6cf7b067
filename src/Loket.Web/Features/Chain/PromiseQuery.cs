using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

/// <summary>The promises of a case, soonest first.</summary>
public static class PromiseQuery
{
    private const string Select = $"""
        SELECT q.id, CASE WHEN {CaseNames.MayReadText} THEN v.value ELSE '…' END AS text, q.due_at, w.name AS who_name, o.display_name AS who_organisation, q.state, q.professional_id
        FROM promise q JOIN personal_value v ON v.id = q.personal_id JOIN professional w ON w.id = q.professional_id
        JOIN organisation o ON o.code = q.organisation_code JOIN case_file c ON c.id = q.case_id
        """;

    public static async Task<IReadOnlyList<PromiseRow>> OfCaseAsync(Reader r, Actor actor, long caseId, CaseScope scope) =>
        Shown((await r.QueryAsync<Row>($"{Select} WHERE q.case_id = @caseId ORDER BY q.due_at, q.id", new { caseId, actor.Id, actor.OrganisationCode })).FindAll(q => scope.Has(q.Id)), actor);

    private static List<PromiseRow> Shown(List<Row> rows, Actor actor) => rows.ConvertAll(q => new PromiseRow
    {
        Id = q.Id, Text = q.Text ?? "", DueAt = q.DueAt, HasTime = true, WhoName = q.WhoName, WhoOrganisation = q.WhoOrganisation, IsYours = q.ProfessionalId == actor.Id, State = q.State,
    });

    private sealed class Row
    {
        public long Id { get; init; }

        public string? Text { get; init; }

        public DateTime DueAt { get; init; }

        public string WhoName { get; init; } = "";

        public string WhoOrganisation { get; init; } = "";

        public string State { get; init; } = "";

        public long ProfessionalId { get; init; }
    }
}
