using Loket.Domain.Terms;

namespace Loket.Domain.Journeys;

/// <summary>What a template may name.</summary>
/// <param name="Products">The names in the Uniforme Productnamenlijst.</param>
/// <param name="MunicipalTopics">Topics that a municipality, or the body that does it for them, answers.</param>
/// <param name="NationalTopics">Topics of national bodies.</param>
/// <param name="Bodies">Codes of organisations.</param>
public sealed record TemplateScope(
    IReadOnlySet<string> Products, IReadOnlySet<string> MunicipalTopics, IReadOnlySet<string> NationalTopics, IReadOnlySet<string> Bodies, LegalTerms Law);

/// <summary>What is wrong in a template, and where.</summary>
/// <param name="Step">The key of the step, or of the question; empty for the event itself.</param>
/// <param name="Detail">The name that is wrong.</param>
public sealed record Finding(string Step, string Code, string Detail = "");

/// <summary>When a template is sound. Only sound templates are loaded, so nothing that uses one has to ask again.</summary>
public static class LifeEventRules
{
    /// <summary>As long as the title of a step of a case.</summary>
    public const int LongestTitle = 120;

    /// <summary>The kinds of partner outside government that a step can name (text <c>partner-kind.{code}</c>).</summary>
    public static readonly IReadOnlySet<string> PartnerKinds = new HashSet<string>(StringComparer.Ordinal)
    {
        "landlord", "bank", "insurer", "health", "employer", "pension_fund", "energy", "notary", "court", "undertaker",
        "care_provider", "school", "lawyer",
    };

    /// <summary>Everything that is wrong, in the order of the file; empty when the template is sound.</summary>
    public static IReadOnlyList<Finding> Check(LifeEvent about, TemplateScope known) =>
        [.. Top(about, known), .. about.Steps.SelectMany(s => Step(about, s, known)), .. Loops(about)];

    private static IEnumerable<Finding> Top(LifeEvent about, TemplateScope known)
    {
        if (about.Version < 1)
        {
            yield return new("", "version-missing");
        }

        foreach (var text in new[] { about.Name, about.Day }.Where(IsHalf))
        {
            yield return new("", "text-missing", text?.Nl ?? text?.En ?? "");
        }

        if (about.SynonymsNl.Count == 0 || about.SynonymsEn.Count == 0)
        {
            yield return new("", "synonyms-missing");
        }

        if (!known.MunicipalTopics.Contains(about.Topic) && !known.NationalTopics.Contains(about.Topic))
        {
            yield return new("", "topic-unknown", about.Topic);
        }

        if (about.Steps.Count == 0)
        {
            yield return new("", "steps-missing");
        }

        foreach (var question in about.Questions.Where(q => IsHalf(q.Text)))
        {
            yield return new(question.Key, "text-missing");
        }

        foreach (var twice in Twice(about.Questions.Select(q => q.Key)).Concat(Twice(about.Steps.Select(s => s.Key))))
        {
            yield return new(twice, "key-twice");
        }

        foreach (var unused in about.Questions.Where(q => !about.Steps.Any(s => s.When.Any(w => w.TrimStart('!') == q.Key))))
        {
            yield return new(unused.Key, "question-unused");
        }
    }

    private static IEnumerable<Finding> Step(LifeEvent about, EventStep step, TemplateScope known)
    {
        if (string.IsNullOrWhiteSpace(step.Key))
        {
            yield return new(step.Key, "key-missing");
        }

        foreach (var text in new[] { (step.Title, "title"), (step.Citizen, "citizen"), (step.Professional, "professional") }.Where(t => IsHalf(t.Item1)))
        {
            yield return new(step.Key, "text-missing", text.Item2);
        }

        if (step.Title is { } title && Math.Max(title.Nl?.Length ?? 0, title.En?.Length ?? 0) > LongestTitle)
        {
            yield return new(step.Key, "title-too-long");
        }

        if (step.Product is { } product && !known.Products.Contains(product))
        {
            yield return new(step.Key, "product-unknown", product);
        }

        if (BodyFinding(step.Body, known) is var (wrong, detail))
        {
            yield return new(step.Key, wrong, detail);
        }

        foreach (var need in step.Needs.Where(n => about.Steps.All(s => s.Key != n)))
        {
            yield return new(step.Key, "need-unknown", need);
        }

        foreach (var condition in step.When.Where(w => about.Questions.All(q => q.Key != w.TrimStart('!'))))
        {
            yield return new(step.Key, "question-unknown", condition);
        }

        foreach (var (code, name) in new[] { step.Term, step.Target, step.Opens }.OfType<TermRef>().Select(t => TermFinding(step, t, known)).OfType<(string, string)>())
        {
            yield return new(step.Key, code, name);
        }

        if (step.Target is { Law: not null })
        {
            yield return new(step.Key, "target-is-law", step.Target.Law);
        }

        if (step.Target is null && (step.Term?.Law is not { } law || known.Law.Find(law)?.Length is null))
        {
            yield return new(step.Key, "date-missing");
        }
    }

    private static (string Code, string Detail)? BodyFinding(Body? body, TemplateScope known) => body switch
    {
        { Municipal: { } topic, National: null, Topic: null, Partner: null } => known.MunicipalTopics.Contains(topic) ? null : ("topic-unknown", topic),
        { Municipal: null, National: { } code, Partner: null } => !known.Bodies.Contains(code) ? ("body-unknown", code)
            : body.Topic is not { } topic || !known.NationalTopics.Contains(topic) ? ("topic-unknown", body.Topic ?? "") : null,
        { Municipal: null, National: null, Topic: null, Partner: { } kind } => PartnerKinds.Contains(kind) ? null : ("partner-unknown", kind),
        _ => ("body-wrong", ""),
    };

    // A date counted from another step waits for it, so that step is one of its needs.
    private static (string Code, string Detail)? TermFinding(EventStep step, TermRef term, TemplateScope known) => term switch
    {
        { Law: { } law, Length: null } when known.Law.Find(law) is null => ("term-unknown", law),
        { Law: null, Length: { } length } when !Term.Parse(length).IsOk => ("term-unreadable", length),
        { Law: null, Length: null } or { Law: not null, Length: not null } => ("term-wrong", ""),
        { From: "event" or "start" or "year-end" } => null,
        _ when term.From.StartsWith("step:", StringComparison.Ordinal) && step.Needs.Contains(term.From["step:".Length..]) => null,
        _ => ("start-unknown", term.From),
    };

    /// <summary>Steps that wait for each other, each named once.</summary>
    private static IEnumerable<Finding> Loops(LifeEvent about)
    {
        var left = about.Steps.DistinctBy(s => s.Key, StringComparer.Ordinal).ToDictionary(s => s.Key, StringComparer.Ordinal);
        while (left.Values.FirstOrDefault(s => !s.Needs.Any(left.ContainsKey)) is { } free)
        {
            left.Remove(free.Key);
        }

        return left.Count == 0 ? [] : [new("", "loop", string.Join(", ", left.Keys))];
    }

    private static IEnumerable<string> Twice(IEnumerable<string> keys) => keys.GroupBy(k => k, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);

    private static bool IsHalf(Words? text) => string.IsNullOrWhiteSpace(text?.Nl) || string.IsNullOrWhiteSpace(text.En);
}
