using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Glass;

/// <summary>What the viewer broke, and what they have to judge or have judged; newest first.</summary>
public sealed class GlassQuery(Db db)
{
    public const int Longest = 50;

    private const string Select = """
        SELECT g.id, c.number AS case_number, w.name AS who, g.reason, g.at, g.until, r.name AS reviewed_by, g.reviewed_at, g.justified, g.remark,
               (SELECT COUNT(*) FROM access_log l WHERE l.case_id = g.case_id AND l.professional_id = g.professional_id AND l.at >= g.at AND l.at <= g.until) AS readings
        FROM broken_glass g JOIN case_file c ON c.id = g.case_id JOIN professional w ON w.id = g.professional_id LEFT JOIN professional r ON r.id = g.reviewed_by
        """;

    public Task<GlassView> LoadAsync(Actor actor, FormState form) => db.ReadAsync(async r => new GlassView
    {
        ToJudge = await r.QueryAsync<GlassRow>($"{Select} WHERE g.supervisor_id = @Id ORDER BY g.at DESC, g.id DESC {r.Dialect.First(Longest)}", new { actor.Id }),
        Mine = await r.QueryAsync<GlassRow>($"{Select} WHERE g.professional_id = @Id ORDER BY g.at DESC, g.id DESC {r.Dialect.First(Longest)}", new { actor.Id }),
        Form = form,
    });

    /// <summary>How many wait for this person's judgement.</summary>
    public static async Task<int> WaitingAsync(Reader r, long supervisor) =>
        (int)await r.ScalarAsync<long>("SELECT COUNT(*) FROM broken_glass WHERE supervisor_id = @supervisor AND reviewed_at IS NULL", new { supervisor });
}

/// <summary>GET /glass. View <c>Glass/Glass.cshtml</c>. It names the case by number alone.</summary>
public sealed class GlassView
{
    public IReadOnlyList<GlassRow> ToJudge { get; init; } = [];

    public IReadOnlyList<GlassRow> Mine { get; init; } = [];

    /// <summary>Refused form <c>break</c>, or <c>judge-{id}</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class GlassRow
{
    public long Id { get; init; }

    public string CaseNumber { get; init; } = "";

    public string Who { get; init; } = "";

    public string Reason { get; init; } = "";

    public DateTime At { get; init; }

    public DateTime Until { get; init; }

    /// <summary>How many readings the access log has of it.</summary>
    public int Readings { get; init; }

    /// <summary>Null until somebody judged it.</summary>
    public string? ReviewedBy { get; init; }

    public DateTime? ReviewedAt { get; init; }

    public bool? Justified { get; init; }

    public string? Remark { get; init; }
}
