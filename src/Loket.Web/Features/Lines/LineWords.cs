using Loket.Domain.Lines;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Lines;

/// <summary>
/// Words that a line manager types for municipalities, languages and topics: the name on the page or the code. What is
/// not understood stays as it was typed, so that the check names it.
/// </summary>
public sealed class LineWords(Say say, IEnumerable<Named> municipalities, IReadOnlyList<string> topics)
{
    private readonly Dictionary<string, string> areas = Both(municipalities.Select(m => (m.Code, m.Name)));
    private readonly Dictionary<string, string> names = municipalities.ToDictionary(m => m.Code, m => m.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, string> languages = Both(Languages.All.Append("nl").Select(l => (l, say.Code("language", l))));
    private readonly Dictionary<string, string> subjects = Both(topics.Select(t => (t, say.Topic(t))));

    public string Municipality(string code) => names.GetValueOrDefault(code, code);

    public IReadOnlyList<string> Area(string? text) => Read(text, areas);

    /// <summary>Everybody speaks Dutch, so it is no skill.</summary>
    public IReadOnlyList<string> Spoken(string? text) => [.. Read(text, languages).Where(Languages.IsAsked)];

    public IReadOnlyList<string> Topics(string? text) => Read(text, subjects);

    private static List<string> Read(string? text, Dictionary<string, string> known) =>
    [
        .. (text ?? "").Split([',', '\n', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(word => known.GetValueOrDefault(word, word)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static Dictionary<string, string> Both(IEnumerable<(string Code, string Name)> all)
    {
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (code, name) in all)
        {
            words[name] = code;
            words[code] = code;
        }

        return words;
    }
}
