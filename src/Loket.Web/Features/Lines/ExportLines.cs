using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Lines;

/// <summary>All lines of the own organisation, or their members, as a file that can be changed and read back.</summary>
public sealed class ExportLines(Db db)
{
    public Task<string> LinesAsync(Actor actor) => db.ReadAsync(async r => LineFile.WriteLines(await LoadAsync(r, actor)));

    public Task<string> MembersAsync(Actor actor) => db.ReadAsync(async r =>
    {
        var people = await r.QueryAsync<Person>("SELECT id, name FROM professional WHERE organisation_code = @OrganisationCode AND active = 1", new { actor.OrganisationCode });
        return LineFile.WriteMembers(await LoadAsync(r, actor), people.ToDictionary(p => p.Id, p => p.Name));
    });

    private static async Task<List<StoredLine>> LoadAsync(Reader r, Actor actor) => await StoredLine.LoadAsync(
        r, actor.OrganisationCode,
        await r.QueryAsync<string>("SELECT code FROM line WHERE organisation_code = @OrganisationCode ORDER BY code", new { actor.OrganisationCode }));

    private sealed class Person
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";
    }
}
