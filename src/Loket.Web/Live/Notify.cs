using System.Text.Json;

namespace Loket.Web.Live;

/// <summary>Whom an entry is for, besides those who watch the case: <c>"notify":["id", …]</c> in its payload.</summary>
public static class Notify
{
    public static IReadOnlyCollection<long> In(string payload) => Of(payload).People;

    /// <summary>
    /// The people, and the line that the entry is about, if any: who watches the line hears that something happened there,
    /// not what.
    /// </summary>
    public static (IReadOnlyCollection<long> People, string? Line) Of(string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return (
            json.RootElement.TryGetProperty("notify", out var people)
                ? people.EnumerateArray().Select(p => long.Parse(p.GetString()!, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet()
                : [],
            json.RootElement.TryGetProperty("line", out var line) ? line.GetString() : null);
    }

    public static string[] Ids(params IEnumerable<long?> people) =>
        [.. people.Where(p => p is not null).Distinct().Select(p => p!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}
