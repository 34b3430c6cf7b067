using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

/// <summary>The line for which somebody works a case, and its topic.</summary>
public sealed class OwnLine
{
    private const string Sql = """
        SELECT l.code, l.topic_code AS topic FROM case_participant cp JOIN line l ON l.code = cp.line_code
        WHERE cp.case_id = @caseId AND cp.professional_id = @Id AND cp.until IS NULL
        """;

    public string Code { get; init; } = "";

    public string Topic { get; init; } = "";

    /// <summary>Null when they work for no line here.</summary>
    public static OwnLine? Find(Unit unit, Actor actor, long caseId) => unit.Find<OwnLine>(Sql, new { caseId, actor.Id });

    public static Task<OwnLine?> FindAsync(Reader r, Actor actor, long caseId) => r.FindAsync<OwnLine>(Sql, new { caseId, actor.Id });
}
