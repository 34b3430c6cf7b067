using Loket.Web.Data;

namespace Loket.Web.Features.Shared;

/// <summary>"Gemeente Utrecht, Schulden": a line as people say it, in the language of the page.</summary>
public static class LineNames
{
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(Reader reader, Say say, IReadOnlyCollection<string> codes)
    {
        if (codes.Count == 0)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        var rows = await reader.QueryAsync<Row>(
            "SELECT l.code, o.display_name AS organisation, l.topic_code AS topic FROM line l JOIN organisation o ON o.code = l.organisation_code WHERE l.code IN @codes",
            new { codes });
        return rows.ToDictionary(r => r.Code, r => say.LineName(r.Organisation, r.Topic, null), StringComparer.Ordinal);
    }

    public static async Task<string> OfAsync(Reader reader, Say say, string? code) =>
        code is null ? "" : (await OfAsync(reader, say, [code])).GetValueOrDefault(code, code);

    private sealed class Row
    {
        public string Code { get; init; } = "";

        public string Organisation { get; init; } = "";

        public string Topic { get; init; } = "";
    }
}
