using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Sharing;

/// <summary>A line that works the case, and whether it sees the step.</summary>
public sealed record StepShowing(string Line, string LineName, bool Sees);

/// <summary>To which lines the steps of a case are shown and can be shown, for who decides about it.</summary>
public static class StepShowings
{
    public static async Task<Func<long, IReadOnlyList<StepShowing>>> OfCaseAsync(Reader r, Say say, CaseAccess access)
    {
        if (access is not { MayEdit: true, State: "open" })
        {
            return _ => [];
        }

        var lines = await r.QueryAsync<string>(
            """
            SELECT DISTINCT cp.line_code FROM case_participant cp WHERE cp.case_id = @CaseId AND cp.until IS NULL
              AND EXISTS (SELECT 1 FROM handoff h WHERE h.case_id = @CaseId AND h.line_code = cp.line_code AND h.mode <> 'consult' AND h.accepted_at IS NOT NULL)
            """,
            new { access.CaseId });
        var shown = lines.Count == 0 ? [] : (await r.QueryAsync<Row>("SELECT step_id, line_code FROM step_disclosure WHERE case_id = @CaseId AND until IS NULL", new { access.CaseId }))
            .Select(s => (s.StepId, s.LineCode)).ToHashSet();
        var names = await LineNames.OfAsync(r, say, lines);
        return step => [.. lines.Select(line => new StepShowing(line, names[line], shown.Contains((step, line))))];
    }

    private sealed class Row
    {
        public long StepId { get; init; }

        public string LineCode { get; init; } = "";
    }
}
