using Loket.Web.Data;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Directory;

/// <summary>
/// The municipalities to choose from. The list stands on every page of a case and hardly ever changes, so it is read
/// again only after a minute; what somebody chose is checked when it is saved.
/// </summary>
public sealed class MunicipalityList(Db db, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private volatile Kept? kept;

    /// <summary>Those that exist today, by name, and <paramref name="current"/> although it may have ended.</summary>
    public async Task<IReadOnlyList<Option>> OptionsAsync(string? current)
    {
        if (kept is not { } list || clock.GetElapsedTime(list.ReadAt) >= Fresh)
        {
            kept = list = new Kept(clock.GetTimestamp(), await db.ReadAsync(r => r.QueryAsync<Row>(
                "SELECT code, short_name AS name, valid_until FROM organisation WHERE kind = 'municipality' ORDER BY sort_name, code")));
        }

        var today = Municipality.Today(db.Now());
        return [.. list.Rows.Where(m => m.Code == current || m.ValidUntil is null || string.CompareOrdinal(m.ValidUntil, today) >= 0).Select(m => new Option(m.Code, m.Name))];
    }

    private sealed record Kept(long ReadAt, List<Row> Rows);

    private sealed class Row
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string? ValidUntil { get; init; }
    }
}
