namespace Loket.Web.Features.Drafts;

/// <summary>What one person is in the middle of, by form; unsealed only where a page has that form.</summary>
public sealed class OpenDrafts(IEnumerable<OpenDrafts.Row> rows, Func<OpenDrafts.Row, IReadOnlyDictionary<string, string>> open)
{
    private readonly Dictionary<string, Row> byForm = rows.ToDictionary(r => r.Form, StringComparer.Ordinal);

    /// <summary>Null when nothing was typed in that form.</summary>
    public Draft? Find(string form) => byForm.TryGetValue(form, out var row) ? new Draft(open(row), row.SavedAt) : null;

    public sealed class Row
    {
        public string Form { get; init; } = "";

        public string Body { get; init; } = "";

        public DateTime SavedAt { get; init; }
    }
}
