using Loket.Domain.Journeys;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Journeys;

/// <summary>The life events a case can belong to, with every version a case may have started with.</summary>
public sealed class LifeEvents(IReadOnlyList<LifeEvent> current, IReadOnlyList<LifeEvent> old, LegalTerms law)
{
    private readonly Dictionary<string, LifeEvent> byId = current.ToDictionary(e => e.Id, StringComparer.Ordinal);

    // The newest version of a title last, so that it wins.
    private readonly Dictionary<string, string> english = old.OrderBy(e => e.Version).Concat(current).SelectMany(e => e.Steps)
        .GroupBy(s => s.Title.Nl, StringComparer.Ordinal).ToDictionary(t => t.Key, t => t.Last().Title.En, StringComparer.Ordinal);

    /// <summary>What a new journey can start with.</summary>
    public IReadOnlyList<LifeEvent> Current { get; } = current;

    public LegalTerms Law { get; } = law;

    public LifeEvent? Find(string? id) => id is null ? null : byId.GetValueOrDefault(id);

    /// <summary>Whether a form may name it: none at all is fine.</summary>
    public bool Knows(string? id) => string.IsNullOrWhiteSpace(id) || byId.ContainsKey(id);

    /// <summary>The title of a step in English, when a template gave it; what somebody typed stays as it is.</summary>
    public string InEnglish(string title) => english.GetValueOrDefault(title, title);

    /// <summary>A version of a life event, also one that is no longer started with.</summary>
    public LifeEvent? Find(string? id, int version) =>
        Find(id) is { } now && now.Version == version ? now : old.FirstOrDefault(e => e.Id == id && e.Version == version);

    /// <summary>All versions of a life event, newest first.</summary>
    public IReadOnlyList<LifeEvent> VersionsOf(string id) =>
        [.. Current.Concat(old).Where(e => e.Id == id).OrderByDescending(e => e.Version)];

    /// <summary>Value = id, by name in the language of the page.</summary>
    public IReadOnlyList<Option> Options(Say say) =>
        [.. Current.Select(e => new Option(e.Id, e.Name.In(say.IsEnglish))).OrderBy(o => o.Name, StringComparer.CurrentCulture)];
}
