using System.Text.Json;
using System.Text.Json.Serialization;
using Loket.Domain.Retention;
using Loket.Web.Features.Directory;

namespace Loket.Web.Features.Retention;

/// <summary>The periods of <c>db/reference/retention.json</c>. Every topic has exactly one rule: its own, or that of <c>*</c>.</summary>
public sealed class RetentionBook
{
    private const string FileName = "retention.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    private RetentionBook(string source, IReadOnlyList<RetentionRule> rules) => (Source, Rules) = (source, rules);

    public string Source { get; }

    public IReadOnlyList<RetentionRule> Rules { get; }

    /// <summary>The rule of a topic.</summary>
    public RetentionRule Of(string topic) => Rules.FirstOrDefault(r => r.Topics.Contains(topic)) ?? Rules.First(r => r.Topics.Contains(RetentionRule.Every));

    /// <exception cref="ReferenceErrors">Names what is wrong in the file.</exception>
    public static RetentionBook Read(string folder)
    {
        var file = JsonSerializer.Deserialize<Contents>(File.ReadAllText(Path.Combine(folder, FileName)), Options)!;
        var faults = Faults(file.Rules).Select(fault => new ReferenceError(FileName, 1, fault)).ToList();
        return faults.Count == 0 ? new RetentionBook(file.Source, file.Rules) : throw new ReferenceErrors(faults);
    }

    private static IEnumerable<string> Faults(IReadOnlyList<RetentionRule> rules)
    {
        foreach (var topic in rules.SelectMany(r => r.Topics).GroupBy(t => t).Where(g => g.Count() > 1))
        {
            yield return $"'{topic.Key}' heeft meer dan een regel";
        }

        if (!rules.Any(r => r.Topics.Contains(RetentionRule.Every)))
        {
            yield return "er is geen regel voor '*'";
        }

        foreach (var rule in rules)
        {
            if (rule.Id.Length is 0 or > 40 || rules.Count(r => r.Id == rule.Id) > 1)
            {
                yield return $"'{rule.Id}' is leeg, te lang of niet de enige";
            }

            if (rule.Nomination == Nomination.Destroy ? rule.Years < 1 : rule.Years != 0)
            {
                yield return $"'{rule.Id}': {rule.Years} jaar past niet bij de waardering";
            }
        }
    }

    private sealed record Contents(string Source, IReadOnlyList<RetentionRule> Rules);
}
