using Loket.Web.Data;
using Loket.Web.Journal;

namespace Loket.Web.Features.Cases;

/// <summary>
/// Moves title, question and name of the cases from before migration 0020 to where destruction reaches them, at the first
/// start. Case by case and guarded: cut off or run by two nodes at once, it goes on where it was.
/// </summary>
public sealed class MoveTexts(Db db)
{
    private const int Batch = 100;

    /// <summary>How many cases were moved.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var moved = 0;
        while (!ct.IsCancellationRequested && (await db.WriteAsync<int>(unit => Move(unit))).Value is > 0 and var some)
        {
            moved += some;
        }

        return moved;
    }

    private static int Move(Unit unit)
    {
        var rows = unit.Query<Row>(
            $"""
            SELECT c.id, c.party_id, c.organisation_code, c.title, c.question, p.name FROM case_file c JOIN party p ON p.id = c.party_id
            WHERE c.question_id IS NULL ORDER BY c.id {unit.Dialect.First(Batch)}
            """);
        foreach (var row in rows)
        {
            var texts = CaseTexts.Add(unit, row.Id, row.OrganisationCode, row.Title, row.Question);
            unit.ExecuteGuarded(
                "UPDATE case_file SET title = '', question = '', title_id = @TitleId, question_id = @QuestionId WHERE id = @Id AND question_id IS NULL",
                new { texts.TitleId, texts.QuestionId, row.Id });
            unit.Execute(
                "UPDATE party SET name = NULL, birth_date = NULL, name_id = @name WHERE id = @PartyId", new { name = NameOf(unit, row), row.PartyId });
            Journal(unit, row, texts.QuestionId);
            Journal(unit, row, texts.TitleId);
        }

        return rows.Count;
    }

    // A name is a fact as well, and then it is that value; a name without a fact becomes a value of its own.
    private static long? NameOf(Unit unit, Row row)
    {
        if (row.Name is null)
        {
            return null;
        }

        var known = unit.Find<long?>(
            """
            SELECT MAX(f.personal_id) FROM fact f JOIN personal_value v ON v.id = f.personal_id
            WHERE f.case_id = @Id AND f.kind = 'name' AND v.value = @Name
            """,
            new { row.Id, row.Name });
        if (known is null)
        {
            known = PersonalValues.Add(unit, row.Id, row.OrganisationCode, row.Name);
            Journal(unit, row, known);
        }

        return known;
    }

    private static void Journal(Unit unit, Row row, long? personal)
    {
        if (personal is not null)
        {
            unit.Append(new Entry(row.Id, CaseTexts.Moved, row.Id, null, row.OrganisationCode, new { }, personal));
        }
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long PartyId { get; init; }

        public string OrganisationCode { get; init; } = "";

        public string Title { get; init; } = "";

        public string Question { get; init; } = "";

        public string? Name { get; init; }
    }
}
