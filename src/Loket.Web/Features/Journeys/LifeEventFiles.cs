using System.Text.Json;
using System.Text.Json.Serialization;
using Loket.Domain.Journeys;
using Loket.Domain.Terms;
using Loket.Web.Features.Directory;

namespace Loket.Web.Features.Journeys;

/// <summary>
/// Reads the life events of <c>db/reference</c>: <c>life-events/{id}.json</c> is what new journeys start with,
/// <c>life-events/archive/{id}-{version}.json</c> what older cases started with.
/// </summary>
public static class LifeEventFiles
{
    public const string Folder = "life-events";
    public const string Archive = "life-events/archive";

    private const string TermsFile = "legal-terms.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Every template, sound; one that is not refuses all of them.</summary>
    /// <exception cref="ReferenceErrors">Names the file and the key of everything that is wrong.</exception>
    public static LifeEvents Read(string folder, ReferenceSet reference)
    {
        var errors = new List<ReferenceError>();
        var scope = Scope(folder, reference);
        var current = ReadFolder(folder, Folder, scope, errors);
        var old = ReadFolder(folder, Archive, scope, errors);
        foreach (var (file, about) in current.Where(c => c.File != $"{Folder}/{c.Event.Id}.json"))
        {
            errors.Add(new(file, 1, $"de naam van het bestand hoort bij een andere levensgebeurtenis dan '{about.Id}'"));
        }

        foreach (var (file, about) in old)
        {
            if (file != $"{Archive}/{about.Id}-{about.Version}.json")
            {
                errors.Add(new(file, 1, $"de naam van het bestand hoort '{about.Id}-{about.Version}.json' te zijn"));
            }
            else if (!current.Exists(c => c.Event.Id == about.Id && c.Event.Version > about.Version))
            {
                errors.Add(new(file, 1, $"er is geen nieuwere versie van '{about.Id}'"));
            }
        }

        return errors.Count == 0
            ? new LifeEvents([.. current.Select(c => c.Event)], [.. old.Select(c => c.Event)], scope.Law)
            : throw new ReferenceErrors(errors);
    }

    private static List<(string File, LifeEvent Event)> ReadFolder(string folder, string part, TemplateScope scope, List<ReferenceError> errors)
    {
        var path = Path.Combine(folder, part);
        var read = new List<(string, LifeEvent)>();
        foreach (var file in System.IO.Directory.Exists(path) ? System.IO.Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            var name = $"{part}/{Path.GetFileName(file)}";
            try
            {
                var about = JsonSerializer.Deserialize<EventFile>(File.ReadAllText(file), Options)!.ToEvent();
                errors.AddRange(LifeEventRules.Check(about, scope).Select(f => new ReferenceError(name, 1, Reason(f))));
                read.Add((name, about));
            }
            catch (JsonException e)
            {
                errors.Add(new(name, (int)(e.LineNumber ?? 0) + 1, $"onleesbaar: {e.Path}"));
            }
        }

        return read;
    }

    private static string Reason(Finding finding) => $"{(finding.Step.Length == 0 ? "" : $"'{finding.Step}': ")}{finding.Code} {finding.Detail}".TrimEnd();

    private static TemplateScope Scope(string folder, ReferenceSet reference) => new(
        reference.Products.Select(p => p.Name).ToHashSet(StringComparer.Ordinal),
        Topics(reference, "municipal"),
        Topics(reference, "national"),
        reference.Organisations.Select(o => o.Code).ToHashSet(StringComparer.Ordinal),
        Terms(folder));

    private static HashSet<string> Topics(ReferenceSet reference, string layer) =>
        reference.Topics.Where(t => t.Layer == layer).Select(t => t.Code).ToHashSet(StringComparer.Ordinal);

    private static LegalTerms Terms(string folder) => new(
        JsonSerializer.Deserialize<List<TermFile>>(File.ReadAllText(Path.Combine(folder, TermsFile)), Options)!.Select(t => new LegalTerm(
            t.Id,
            t.Length is null ? null : Term.Parse(t.Length) is { IsOk: true } read ? read.Value : throw new InvalidDataException($"{TermsFile}: '{t.Id}' has an unreadable length"),
            Domain.Code.Parse<TermBasis>(t.Basis),
            Article(t),
            t.TextDate,
            t.Status == "verified-current")));

    private static string Article(TermFile term) => term.Article is { } article && char.IsAsciiDigit(article[0]) ? $"{term.Law} art. {article}" : term.Law;

    private sealed record TermFile(
        string Id, string Step, string Body, string Says, string? Length, string Basis, string? CountedFrom, string Law, string? Article, string Bwb, string TextDate, string Status,
        string? Note);

    private sealed record EventFile(
        string Id, int Version, Words Name, SynonymsFile? Synonyms, Words Day, string Topic, List<QuestionFile>? Questions, List<StepFile>? Steps, int Age = 0)
    {
        public LifeEvent ToEvent() => new(
            Id ?? "", Version, Name, Synonyms?.Nl ?? [], Synonyms?.En ?? [], Day, Age, Topic ?? "",
            [.. (Questions ?? []).Select(q => new Question(q.Key ?? "", new(q.Nl ?? "", q.En ?? "")))],
            [.. (Steps ?? []).Select(s => s.ToStep())]);
    }

    private sealed record SynonymsFile(List<string>? Nl, List<string>? En);

    private sealed record QuestionFile(string? Key, string? Nl, string? En);

    private sealed record RefFile(string? Law, string? Length, string? From)
    {
        public TermRef ToRef() => new(Law, Length, From ?? "");
    }

    private sealed record StepFile(
        string? Key, Words Title, Body Body, string? Product, RefFile? Term, RefFile? Target, RefFile? Opens, List<string>? Needs, Words Citizen, Words Professional, List<string>? When)
    {
        public EventStep ToStep() => new(
            Key ?? "", Title, Body, Product, Term?.ToRef(), Target?.ToRef(), Opens?.ToRef(), Needs ?? [], Citizen, Professional, When ?? []);
    }
}
