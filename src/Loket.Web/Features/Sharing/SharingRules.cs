using System.Text.Json;

namespace Loket.Web.Features.Sharing;

/// <summary>
/// What may go along to a line of a topic: the purpose, the article, and per kind of fact whether it is necessary. The
/// legal basis is never typed (DOMAIN 5). <see cref="Verified"/>: the article was read in its current text.
/// </summary>
public sealed record SharingRule(
    string Id, string PurposeNl, string PurposeEn, string Law, string? Article, bool Verified, IReadOnlyDictionary<string, bool> Kinds)
{
    /// <summary>Gives only what the citizen consented to (<see cref="Consents"/>).</summary>
    public bool NeedsConsent { get; init; }

    /// <summary>The consent counts only for a line of the organisation that records it.</summary>
    public bool WithinOrganisation { get; init; }

    public bool Allows(string kind) => Kinds.ContainsKey(kind);

    /// <summary>Only necessary facts start ticked; health, criminal and third-person facts never do.</summary>
    public bool StartsTicked(string kind) => Kinds.TryGetValue(kind, out var necessary) && necessary && !Sensitive.Contains(kind);

    private static readonly HashSet<string> Sensitive = ["health", "criminal", "partner", "children"];
}

/// <summary>
/// The sharing rules of <c>db/reference</c>: per receiving topic one allowing rule (<c>sharing-lines.csv</c>) with its
/// kinds and article (<c>sharing-rules.json</c>), and the rules by which more may go when the citizen consents
/// (<c>sharing-consent.csv</c>). No row, no disclosure; nor by a row that the giving organisation switched off.
/// </summary>
public sealed class SharingRules
{
    private const string Representation = "awb-2-1-representation";

    private readonly Dictionary<string, SharingRule> byTopic = [];
    private readonly Dictionary<string, SharingRule> byId = [];
    private readonly List<(string Topic, SharingRule Rule)> consents = [];

    /// <summary>
    /// Whether a chosen fact goes to a line of this topic: its own rule has to allow the kind, and when the sender chose
    /// under another rule only what would start ticked for this line goes along: an address under a secrecy indication never does.
    /// </summary>
    public bool Goes(string? chosenUnder, string topic, string kind, RulesOff off, bool isSecret) =>
        chosenUnder is not null && ForTopic(topic, off) is { } rule && (rule.Id == chosenUnder ? rule.Allows(kind) : rule.StartsTicked(kind) && !(isSecret && kind == "address"));

    /// <summary>The kinds of fact that exist, for the form: the closed list of the rules' file.</summary>
    public IReadOnlyList<string> Kinds { get; private init; } = [];

    /// <summary>The rule by which the organisation of <paramref name="off"/> gives to a line of this topic; null: nothing is given.</summary>
    public SharingRule? ForTopic(string topic, RulesOff off) => byTopic.GetValueOrDefault(topic) is { } rule && !off.Has(rule.Id) ? rule : null;

    /// <summary>The rules by which more may go to a line of this topic when the citizen consents.</summary>
    public IReadOnlyList<SharingRule> ForConsent(string topic, bool ownLine, RulesOff off) =>
        [.. consents.Where(c => (c.Topic == topic || c.Topic == "*") && !off.Has(c.Rule.Id) && (ownLine || !c.Rule.WithinOrganisation)).Select(c => c.Rule)];

    /// <summary>The rules in use, each with the topics of the lines it gives to; <c>*</c> is every topic.</summary>
    public IEnumerable<(SharingRule Rule, IReadOnlyList<string> Topics)> InUse() => byTopic.Select(t => (Topic: t.Key, Rule: t.Value)).Concat(consents)
        .GroupBy(t => t.Rule.Id, StringComparer.Ordinal).Select(g => (g.First().Rule, (IReadOnlyList<string>)[.. g.Select(t => t.Topic)]));

    public SharingRule? ById(string? id) => id is null ? null : byId.GetValueOrDefault(id);

    public static SharingRules Load(string folder)
    {
        var file = JsonSerializer.Deserialize<List<RuleFile>>(
            File.ReadAllText(Path.Combine(folder, "sharing-rules.json")), new JsonSerializerOptions(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower })!;
        var rules = new SharingRules { Kinds = [.. file.SelectMany(r => r.FactKinds).Select(k => k.Kind).Distinct().Order(StringComparer.Ordinal)] };
        // Who speaks for the citizen goes with the row of the topic, wherever there is one (Awb 2:1); the name in this row is theirs.
        var representation = file.Single(r => r.Id == Representation).FactKinds.Where(k => k.Kind != "name").ToList();
        foreach (var rule in file.Where(r => r.Decision == "allow"))
        {
            rules.byId[rule.Id] = Of(rule, representation);
        }

        foreach (var line in File.ReadLines(Path.Combine(folder, "sharing-lines.csv")).Skip(1).Where(l => l.Length > 0))
        {
            var cells = line.Split(',');
            rules.byTopic[cells[0]] = rules.byId.GetValueOrDefault(cells[1])
                ?? throw new InvalidDataException($"sharing-lines.csv: '{cells[1]}' is not an allowing rule of sharing-rules.json");
        }

        foreach (var cells in File.ReadLines(Path.Combine(folder, "sharing-consent.csv")).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')))
        {
            // Consent only where a rule allows it: that limits, and names consent as the way.
            var rule = file.Find(r => r.Id == cells[1] && r is { Decision: "limit", Consent: "possible" or "required" })
                ?? throw new InvalidDataException($"sharing-consent.csv: '{cells[1]}' is not a limiting rule of sharing-rules.json that knows consent");
            var known = rules.byId[rule.Id] = rules.byId.GetValueOrDefault(rule.Id) ?? Of(rule, []) with { NeedsConsent = true, WithinOrganisation = cells[2] == "own" };
            rules.consents.Add((cells[0], known));
        }

        return rules;
    }

    private static SharingRule Of(RuleFile rule, IEnumerable<KindFile> more) => new(
        rule.Id, rule.Purpose.Nl, rule.Purpose.En, rule.LegalBasis.Law, rule.LegalBasis.Article, rule.Status == "verified-current",
        rule.FactKinds.UnionBy(more, k => k.Kind).ToDictionary(k => k.Kind, k => k.Necessary));

    private sealed record RuleFile(string Id, string Decision, PurposeFile Purpose, List<KindFile> FactKinds, BasisFile LegalBasis, string Status, string Consent);

    private sealed record PurposeFile(string Nl, string En);

    private sealed record KindFile(string Kind, bool Necessary);

    private sealed record BasisFile(string Law, string? Article);
}
