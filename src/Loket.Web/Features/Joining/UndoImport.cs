using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Joining;

public sealed record ImportUndone(int Gone, IReadOnlyList<string> Stays);

/// <summary>
/// Takes an import of people back. Who has signed in since, or holds a date, a chain or a warning, has acted or is counted
/// on: they stay, and are named. The others leave the lines and teams and can be read in again.
/// </summary>
public sealed class UndoImport(Db db)
{
    /// <summary>As long as a sign-in is remembered after its end (ForgetSignIns), so that nobody who acted is overlooked.</summary>
    public static readonly TimeSpan Possible = TimeSpan.FromDays(7);

    private const string People = """
        SELECT p.id, p.name, p.version,
               CASE WHEN EXISTS (SELECT 1 FROM signed_in s WHERE s.professional_id = p.id)
                      OR EXISTS (SELECT 1 FROM presence r WHERE r.professional_id = p.id)
                      OR EXISTS (SELECT 1 FROM deadline d WHERE d.professional_id = p.id)
                      OR EXISTS (SELECT 1 FROM case_participant c WHERE c.professional_id = p.id)
                      OR EXISTS (SELECT 1 FROM escalation e WHERE e.to_id = p.id)
                      OR EXISTS (SELECT 1 FROM absence a WHERE a.stand_in_id = p.id)
                      OR EXISTS (SELECT 1 FROM organisation_duty u WHERE u.professional_id = p.id)
                    THEN 1 ELSE 0 END AS stays
        FROM people_import_person i JOIN professional p ON p.id = i.professional_id AND p.active = 1 WHERE i.import_id = @id ORDER BY p.name, p.id
        """;

    private const string One = "SELECT id, at, undone_at FROM people_import WHERE id = @id AND organisation_code = @OrganisationCode";

    /// <summary>What it would do, or null when the organisation has no such import.</summary>
    public Task<UndoView?> PreviewAsync(Actor actor, long id) => db.ReadAsync<UndoView?>(async r =>
    {
        if (await r.FindAsync<ImportRow>(One, new { id, actor.OrganisationCode }) is not { } import)
        {
            return null;
        }

        var people = import.UndoneAt is null ? await r.QueryAsync<Row>(People, new { id }) : [];
        return new UndoView
        {
            Id = id, At = import.At, Until = import.At + Possible, IsUndone = import.UndoneAt is not null,
            Goes = [.. people.Where(p => p.Stays == 0).Select(p => p.Name)], Stays = [.. people.Where(p => p.Stays == 1).Select(p => p.Name)],
        };
    });

    public Task<Outcome<ImportUndone>> RunAsync(Actor actor, long id, string? key) =>
        db.WriteAsync<ImportUndone>(Command.Of(actor.Id, "people-import-undo", key, new { id }), unit =>
        {
            actor.RequireHere(unit);
            if (unit.Find<ImportRow>(One, new { id, actor.OrganisationCode }) is not { } import)
            {
                return new Refusal("people-import-unknown");
            }

            if (import.UndoneAt is not null || unit.Now > import.At + Possible)
            {
                return new Refusal(import.UndoneAt is not null ? "people-import-undone" : "people-import-old");
            }

            var people = unit.Query<Row>(People, new { id });
            var goes = people.FindAll(p => p.Stays == 0);
            foreach (var person in goes)
            {
                unit.ExecuteGuarded(
                    "UPDATE professional SET active = 0, duty_supervisor = 0, version = version + 1 WHERE id = @Id AND version = @Version AND active = 1", new { person.Id, person.Version });
                unit.Execute("DELETE FROM line_member WHERE professional_id = @Id", new { person.Id });
                unit.Execute("DELETE FROM professional_skill WHERE professional_id = @Id", new { person.Id });
                unit.Execute("DELETE FROM team_supervisor WHERE professional_id = @Id", new { person.Id });
                unit.Execute("DELETE FROM professional_identity WHERE professional_id = @Id", new { person.Id });

                SavePerson.Record(unit, actor, person.Id, "undone", null, null);
            }

            unit.Execute("UPDATE people_import SET undone_at = @Now WHERE id = @id", new { unit.Now, id });
            return new ImportUndone(goes.Count, people.FindAll(p => p.Stays == 1).ConvertAll(p => p.Name));
        });

    private sealed class Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public int Version { get; init; }

        public int Stays { get; init; }
    }
}
