using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;

namespace Loket.Web.Features.Desk;

/// <summary>The facts of a case as rows of the screen: who has them, until when they are known, what they said before.</summary>
public static class FactRowsQuery
{
    /// <param name="r">Where it is read.</param>
    /// <param name="say">Words.</param>
    /// <param name="access">Who looks.</param>
    /// <param name="facts">What they see.</param>
    /// <param name="chosen">The facts that go along with what rings now; null when nothing rings.</param>
    /// <param name="rule">What may be shared for the topic.</param>
    public static async Task<IReadOnlyList<FactRow>> LoadAsync(Reader r, Say say, CaseAccess access, IReadOnlyList<VisibleFact> facts, HashSet<long>? chosen, SharingRule? rule)
    {
        var given = await r.QueryAsync<GivenRow>("SELECT DISTINCT fact_id, line_code FROM disclosure WHERE case_id = @CaseId AND until IS NULL", new { access.CaseId });
        var corrected = facts.Where(f => f.IsOwn && f.Version > 1).Select(f => f.Id).ToHashSet();
        var was = await FactHistory.LoadAsync(r, access.CaseId, corrected);
        var told = await FactHistory.ToldAsync(r, access.CaseId, corrected);
        var names = await LineNames.OfAsync(r, say, [.. given.Select(g => g.LineCode).Concat(told.SelectMany(t => t).Select(t => t.LineCode)).Distinct()]);
        var mayCorrect = access is { MayWork: true, State: "open" };
        return [.. facts.Select(f => new FactRow
        {
            GivenTo = f.IsOwn ? Joined(given.Where(g => g.FactId == f.Id).Select(g => names[g.LineCode])) : null, Document = f.Document,
            Id = f.Id, Version = f.Version, Label = FactWords.Label(f, say), Value = FactWords.Value(f, say), Stored = f.IsOwn ? f.Value : null, Source = f.Source, RecordedByName = f.RecordedByName, RecordedAt = f.RecordedAt,
            ValidUntil = f.LastDay, HasRunOut = f.HasRunOut(say.Dates.Today), Again = f.Again,
            GoesAlong = chosen?.Contains(f.Id) ?? f.StartsAlong(rule, say.Dates.Today), IsSecret = f.IsSecret, IsBsn = f.Kind == "bsn",
            Sharing = rule is null || !rule.Allows(f.Kind) || !f.IsOwn ? "not_allowed" : f.StartsAlong(rule, say.Dates.Today) ? "necessary" : "optional",
            MayCorrect = mayCorrect && f.IsOwn && f.Document is null && !CorrectFact.Stays(f.Kind), MayTakeOut = mayCorrect && f.IsOwn && !TakeOutFact.Stays(f.Kind, f.Source), IsCorrected = f.Version > 1, Was = [.. was[f.Id]],
            Told = [.. told[f.Id].Select(t => new ToldLine(names[t.LineCode], t.ByName))],
        })];
    }

    private static string? Joined(IEnumerable<string> names) => string.Join("; ", names.Order(StringComparer.CurrentCulture)) is { Length: > 0 } text ? text : null;

    private sealed class GivenRow
    {
        public long FactId { get; init; }

        public string LineCode { get; init; } = "";
    }
}
