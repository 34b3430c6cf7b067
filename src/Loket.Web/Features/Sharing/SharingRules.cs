using System.Text.Json;

namespace Loket.Web.Features.Sharing;

/// <summary>
/// What may go along to a line of a topic: the purpose, the article, and per kind of fact whether it is necessary. The
/// legal basis is never typed (DOMAIN 5). <see cref="Verified"/>: the article was read in its current text.
/// </summary>
public sealed record SharingRule(
    string Id, string PurposeNl, string PurposeEn, string Law, string? Article, bool Verified, IReadOnlyDictionary<string, bool> Kinds)
{
    public bool Allows(string kind) => Kinds.ContainsKey(kind);

    /// <summary>Only necessary facts start ticked; health, criminal and third-person facts never do.</summary>
    public bool StartsTicked(string kind) => Kinds.TryGetValue(kind, out var necessary) && necessary && !Sensitive.Contains(kind);

    private static readonly HashSet<string> Sensitive = ["health", "criminal", "partner", "children"];
}

/// <summary>
/// The sharing rules of <c>db/reference</c>: per receiving topic one allowing rule (<c>sharing-lines.csv</c>) with its
/// kinds and article (<c>sharing-rules.json</c>). No row, no disclosure.
/// </summary>
public sealed class SharingRules
{
    private const string Representation = "awb-2-1-representation";

    private readonly Dictionary<string, SharingRule> byTopic = [];
    private readonly Dictionary<string, SharingRule> byId = [];

    /// <summary>
    /// Whether a chosen fact goes to a line of this topic: its own rule has to allow the kind, and when the sender chose
    /// under another rule only what would start ticked for this line goes along.
    /// </summary>
    public bool Goes(string? chosenUnder, string topic, string kind) =>
        chosenUnder is not null && ForTopic(topic) is { } rule && (rule.Id == chosenUnder ? rule.Allows(kind) : rule.StartsTicked(kind));

    /// <summary>The kinds of fact that exist, for the form: the closed list of the rules' file.</summary>
    public IReadOnlyList<string> Kinds { get; private init; } = [];

    public SharingRule? ForTopic(string topic) => byTopic.GetValueOrDefault(topic);

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
            rules.byId[rule.Id] = new SharingRule(
                rule.Id, rule.Purpose.Nl, rule.Purpose.En, rule.LegalBasis.Law, rule.LegalBasis.Article, rule.Status == "verified-current",
                rule.FactKinds.UnionBy(representation, k => k.Kind).ToDictionary(k => k.Kind, k => k.Necessary));
        }

        foreach (var line in File.ReadLines(Path.Combine(folder, "sharing-lines.csv")).Skip(1).Where(l => l.Length > 0))
        {
            var cells = line.Split(',');
            rules.byTopic[cells[0]] = rules.byId.GetValueOrDefault(cells[1])
                ?? throw new InvalidDataException($"sharing-lines.csv: '{cells[1]}' is not an allowing rule of sharing-rules.json");
        }

        return rules;
    }

    private sealed record RuleFile(string Id, string Decision, PurposeFile Purpose, List<KindFile> FactKinds, BasisFile LegalBasis, string Status);

    private sealed record PurposeFile(string Nl, string En);

    private sealed record KindFile(string Kind, bool Necessary);

    private sealed record BasisFile(string Law, string? Article);
}
