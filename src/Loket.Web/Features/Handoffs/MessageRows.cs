using Loket.Web.Data;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// What was said in a talk, as one person may read it: what was said while they took part, and earlier messages that were
/// given to their line (DOMAIN 5).
/// </summary>
public static class MessageRows
{
    private const string Given = """
        SELECT d.message_id FROM message_disclosure d JOIN handoff h ON h.id = d.handoff_id AND h.line_code = d.line_code
        WHERE d.handoff_id IN @handoffs AND h.specialist_id = @person
        """;

    public static async Task<List<SaidRow>> LoadAsync(Reader r, Talk talk, long person)
    {
        var rows = await r.QueryAsync<SaidRow>(
            """
            SELECT m.id, m.at, m.author_id, w.name AS author_name, o.display_name AS author_organisation, v.value AS text
            FROM message m JOIN professional w ON w.id = m.author_id JOIN organisation o ON o.code = w.organisation_code
            JOIN personal_value v ON v.id = m.personal_id WHERE m.handoff_id = @Id ORDER BY m.at, m.id
            """,
            new { talk.Id });
        var given = (await r.QueryAsync<long>(Given, Args(talk, person))).ToHashSet();
        return [.. rows.Where(m => talk.Hears(person, m.At) || given.Contains(m.Id)).Select(m => m with { IsEarlier = !talk.Hears(person, m.At) })];
    }

    /// <summary>The ids of the same messages.</summary>
    public static IEnumerable<long> Seen(Unit unit, Talk talk, long person) =>
    [
        .. unit.Query<SaidRow>("SELECT m.id, m.at FROM message m WHERE m.handoff_id = @Id", new { talk.Id }).Where(m => talk.Hears(person, m.At)).Select(m => m.Id),
        .. unit.Query<long>(Given, Args(talk, person)),
    ];

    private static object Args(Talk talk, long person) => new { handoffs = talk.Handoffs.Select(h => h.Id).ToArray(), person };
}

/// <summary>One message as stored, with who said it.</summary>
public sealed record SaidRow
{
    public long Id { get; init; }

    public DateTime At { get; init; }

    public long AuthorId { get; init; }

    public string AuthorName { get; init; } = "";

    public string AuthorOrganisation { get; init; } = "";

    public string? Text { get; init; }

    /// <summary>Said before this person joined, and given along.</summary>
    public bool IsEarlier { get; init; }
}
