using System.Text.Json;
using System.Text.Json.Serialization;
using Loket.Domain.Proactive;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Journeys;

namespace Loket.Web.Features.Proactive;

/// <summary>Reads <c>proactive-rules.json</c> and what organisations decided, <c>proactive-decisions.json</c>; the demo adds its own decisions.</summary>
public static class ProactiveFiles
{
    private const string RulesFile = "proactive-rules.json";
    private const string DecisionsFile = "proactive-decisions.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>All rules with their decisions; one that is not sound refuses all of them.</summary>
    /// <exception cref="ReferenceErrors">Names the rule and what is wrong with it.</exception>
    public static ProactiveBook Read(string folder, bool demo, LifeEvents events)
    {
        var file = Load<RuleFile>(folder, RulesFile);
        var decisions = Load<List<DecisionFile>>(folder, DecisionsFile);
        if (demo)
        {
            decisions.AddRange(Load<List<DecisionFile>>(folder, Path.Combine("demo", DecisionsFile)));
        }

        List<ReferenceError> errors =
        [
            .. file.Rules.SelectMany(rule => Faults(rule, events).Select(fault => new ReferenceError(RulesFile, 1, $"'{rule.Id}': {fault}"))),
            .. file.Rules.GroupBy(r => r.Id).Where(g => g.Count() > 1).Select(g => new ReferenceError(RulesFile, 1, $"'{g.Key}' staat er meer dan een keer in")),
            .. decisions.Where(d => file.Rules.All(r => r.Id != d.Rule)).Select(d => new ReferenceError(DecisionsFile, 1, $"er is geen regel '{d.Rule}'")),
            .. decisions.GroupBy(d => (d.Rule, d.Organisation)).Where(g => g.Count() > 1).Select(g => new ReferenceError(DecisionsFile, 1, $"'{g.Key.Rule}' van {g.Key.Organisation} staat er meer dan een keer in")),
        ];
        return errors.Count > 0
            ? throw new ReferenceErrors(errors)
            : new ProactiveBook(
                file.Rules,
                [.. decisions.Select(d => new ProactiveDecision(d.Rule, d.Organisation, d.Register, d.Article, d.RetentionDays))],
                new PensionAges(file.PensionAges.Law, file.PensionAges.Ages, file.PensionAges.Verified),
                events.Law);
    }

    private static IEnumerable<string> Faults(ProactiveRule rule, LifeEvents events)
    {
        if (rule.Id.Length is 0 or > 40)
        {
            yield return "de code is leeg of te lang";
        }

        if (rule.From > rule.Until)
        {
            yield return "from ligt na until";
        }

        if (new[] { rule.Finds.Age is not null, rule.Finds.PensionAge, rule.Finds.LifeEvent is not null }.Count(found => found) != 1)
        {
            yield return "finds noemt precies een van age, pension_age en life_event";
        }

        if (rule.Finds.LifeEvent is { } about && events.Find(about) is null)
        {
            yield return $"levensgebeurtenis '{about}' is onbekend";
        }

        if (events.Law.Find(rule.Law) is null)
        {
            yield return $"termijn '{rule.Law}' is onbekend";
        }

        if (new[] { rule.Name, rule.Subject, rule.Text, rule.OptOut, rule.Basis.Says }.Any(w => string.IsNullOrWhiteSpace(w.Nl) || string.IsNullOrWhiteSpace(w.En)))
        {
            yield return "een tekst ontbreekt in een van beide talen";
        }
    }

    private static T Load<T>(string folder, string file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(folder, file)), Options)!;
        }
        catch (JsonException e)
        {
            throw new ReferenceErrors([new(file, (int)(e.LineNumber ?? 0) + 1, $"onleesbaar: {e.Path}")]);
        }
    }

    private sealed record RuleFile(AgesFile PensionAges, List<ProactiveRule> Rules);

    private sealed record AgesFile(string Law, string Note, Verified? Verified, List<PensionAge> Ages);

    private sealed record DecisionFile(string Rule, string Organisation, RegisterEntry? Register, Verified? Article, int? RetentionDays);
}
