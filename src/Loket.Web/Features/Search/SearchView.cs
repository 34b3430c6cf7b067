using Loket.Domain;
using Loket.Web.Access;

namespace Loket.Web.Features.Search;

/// <summary>What was asked and what was found. View <c>Search/Search.cshtml</c>, its list <c>Search/Results.cshtml</c>.</summary>
public sealed class SearchView
{
    public string Question { get; init; } = "";

    /// <summary>Cases of the person, newest first.</summary>
    public IReadOnlyList<FoundCase> Cases { get; init; } = [];

    /// <summary>Reference data, best first.</summary>
    public IReadOnlyList<SearchHit> Hits { get; init; } = [];

    /// <summary>Why the question was not searched for.</summary>
    public Refusal? Refusal { get; init; }
}

/// <summary>A case as the search shows it: its number and title, which name nobody.</summary>
public sealed class FoundCase : IAboutCase
{
    public long Id { get; init; }

    long IAboutCase.AboutCase => Id;

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    public string Topic { get; init; } = "";

    public string State { get; init; } = "";
}
