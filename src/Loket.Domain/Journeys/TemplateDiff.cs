namespace Loket.Domain.Journeys;

/// <summary>One difference between two versions of a life event.</summary>
/// <param name="Key">The step or question; empty for the event itself.</param>
/// <param name="Part">What of it: <c>step</c> or <c>question</c> as a whole, or the name of a field.</param>
/// <param name="Before">Null when it is new.</param>
/// <param name="After">Null when it is gone.</param>
public sealed record TemplateChange(string Key, string Part, string? Before, string? After);

/// <summary>What changed between two versions of a life event, in the order of the newer one; what is gone comes last.</summary>
public static class TemplateDiff
{
    public static IReadOnlyList<TemplateChange> Between(LifeEvent before, LifeEvent after) =>
    [
        .. Fields("", Top(before), Top(after)),
        .. Parts("question", before.Questions.ToDictionary(q => q.Key, Question, StringComparer.Ordinal), after.Questions.ToDictionary(q => q.Key, Question, StringComparer.Ordinal)),
        .. Parts("step", before.Steps.ToDictionary(s => s.Key, Step, StringComparer.Ordinal), after.Steps.ToDictionary(s => s.Key, Step, StringComparer.Ordinal)),
    ];

    private static IEnumerable<TemplateChange> Parts(
        string part, Dictionary<string, List<(string Field, string Value)>> before, Dictionary<string, List<(string Field, string Value)>> after)
    {
        foreach (var (key, fields) in after)
        {
            if (before.TryGetValue(key, out var old))
            {
                foreach (var change in Fields(key, old, fields))
                {
                    yield return change;
                }
            }
            else
            {
                yield return new(key, part, null, fields[0].Value);
            }
        }

        foreach (var (key, fields) in before.Where(b => !after.ContainsKey(b.Key)))
        {
            yield return new(key, part, fields[0].Value, null);
        }
    }

    private static IEnumerable<TemplateChange> Fields(string key, List<(string Field, string Value)> before, List<(string Field, string Value)> after) =>
        before.Zip(after).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => new TemplateChange(key, pair.First.Field, pair.First.Value, pair.Second.Value));

    private static List<(string Field, string Value)> Top(LifeEvent about) =>
    [
        ("name", Text(about.Name)), ("synonyms", $"{string.Join(", ", about.SynonymsNl)} / {string.Join(", ", about.SynonymsEn)}"), ("day", Text(about.Day)),
        ("age", about.Age.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("topic", about.Topic),
    ];

    private static List<(string Field, string Value)> Question(Question question) => [("text", Text(question.Text))];

    private static List<(string Field, string Value)> Step(EventStep step) =>
    [
        ("title", Text(step.Title)), ("body", Text(step.Body)), ("product", step.Product ?? ""), ("term", Text(step.Term)), ("target", Text(step.Target)), ("opens", Text(step.Opens)),
        ("needs", string.Join(", ", step.Needs)), ("when", string.Join(", ", step.When)), ("citizen", Text(step.Citizen)), ("professional", Text(step.Professional)),
    ];

    private static string Text(Words words) => $"{words.Nl} / {words.En}";

    private static string Text(Body body) => body.Partner ?? (body.National is null ? body.Municipal ?? "" : $"{body.National}, {body.Topic}");

    private static string Text(TermRef? term) => term is null ? "" : $"{term.Law ?? term.Length}, {term.From}";
}
