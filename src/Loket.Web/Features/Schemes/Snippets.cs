using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Schemes;

/// <summary>A few sentences about a scheme with their source, to send in a talk.</summary>
public sealed class Snippets(SchemeBook book, Say say)
{
    /// <summary>The sentences of an active scheme in the language <c>nl</c> or <c>en</c>; null for an unknown scheme.</summary>
    public string? Find(string id, bool english) => book.Find(id) is { State: "active" } scheme ? Text(scheme, english) : null;

    /// <summary>All active schemes, by name in the language of the page, each in that language and in the other.</summary>
    public IReadOnlyList<SnippetRow> All() =>
    [
        .. book.All.Where(s => s.State == "active").OrderBy(s => s.Name(say.IsEnglish), StringComparer.CurrentCulture).Select(s => new SnippetRow(
            s.Id, s.Name(say.IsEnglish), Text(s, say.IsEnglish), Text(s, !say.IsEnglish), [s.Name(!say.IsEnglish), .. s.Abbreviations, .. s.SynonymsNl, .. s.SynonymsEn])),
    ];

    // What nobody checked in the law is said to be so, also by who passes it on.
    private string Text(Scheme scheme, bool english)
    {
        var language = english ? "en" : "nl";
        var source = scheme.Law.Article is null ? scheme.Law.Name : say.Text($"snippet.article-{language}", scheme.Law.Name, scheme.Law.Article);
        return say.Text(
            $"snippet.{(scheme.IsVerified && scheme.Law.IsVerified ? "text" : "unchecked")}-{language}",
            scheme.Name(english), english ? scheme.WhatEn : scheme.WhatNl, english ? scheme.ForWhomEn : scheme.ForWhomNl, source);
    }
}

/// <param name="Text">In the language of the page.</param>
/// <param name="OtherText">In the other language: Dutch on an English page, English on a Dutch one.</param>
/// <param name="Words">What people call it too, to find it by.</param>
public sealed record SnippetRow(string Id, string Name, string Text, string OtherText, IReadOnlyList<string> Words);
