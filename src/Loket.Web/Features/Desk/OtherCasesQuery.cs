using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Security;

namespace Loket.Web.Features.Desk;

/// <summary>
/// Other open cases of the same citizen: only once identity is established, and only cases this person may see anyway,
/// those of their own team.
/// </summary>
public sealed class OtherCasesQuery(KeyRing keys)
{
    /// <summary>How many are named; the rest is a number.</summary>
    public const int Named = 3;

    private const string Same = """
        FROM party same JOIN case_file c ON c.party_id = same.id AND c.state = 'open' JOIN professional w ON w.id = c.owner_id
        WHERE same.number_index IN @indexes AND same.number_index IS NOT NULL AND same.id <> @partyId AND c.owner_team = @TeamCode
        """;

    /// <summary>How many there are, and the newest of them.</summary>
    public async Task<(int Count, IReadOnlyList<OtherCase> Newest)> LoadAsync(Reader r, Actor actor, long partyId)
    {
        var mine = await r.FindAsync<Row>("SELECT number_kind, number_sealed FROM party WHERE id = @partyId AND number_sealed IS NOT NULL", new { partyId });
        if (mine is null)
        {
            return (0, []);
        }

        var indexes = keys.Indexes(mine.NumberKind, keys.Open(mine.NumberSealed, OpenCase.PartyContext(partyId)));
        var args = new { partyId, actor.OrganisationCode, actor.TeamCode, indexes };
        var newest = await r.QueryAsync<OtherCase>(
            $"SELECT c.id AS case_id, c.number, {CaseNames.Title} AS title, c.topic_code AS topic, c.opened_at, w.name AS owner_name {Same} ORDER BY c.id DESC {r.Dialect.First(Named)}", args);
        return (newest.Count < Named ? newest.Count : (int)await r.ScalarAsync<long>($"SELECT COUNT(*) {Same}", args), newest);
    }

    private sealed class Row
    {
        public string NumberKind { get; init; } = "";

        public string NumberSealed { get; init; } = "";
    }
}
