using System.Text.Json;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Schemes;
using Loket.Web.Features.Upkeep;
using Loket.Web.Tests.Directory;
using Loket.Web.Tests.Support;
using Loket.Web.Tests.Terms;

namespace Loket.Web.Tests.Schemes;

/// <summary>The scheme cards: complete, in two languages, and honest about what was not checked.</summary>
public sealed class SchemeTests(TermsApp app) : IClassFixture<TermsApp>
{
    private static readonly SchemeBook Book = new(ReferenceFolder.Real);
    private static readonly ReferenceSet Set = ReferenceFiles.Read(ReferenceFolder.Real);

    [Fact]
    public void Every_scheme_is_whole_in_both_languages_and_leads_to_what_exists()
    {
        Assert.Equal(75, Book.All.Count);
        var topics = Set.Topics.Select(t => t.Code).ToHashSet();
        var bodies = Set.Organisations.Select(o => o.Code).ToHashSet();
        var products = Set.Products.Select(p => p.Code).ToHashSet();
        Assert.All(Book.All, s =>
        {
            string?[] texts = [s.NameNl, s.NameEn, s.WhatNl, s.WhatEn, s.ForWhomNl, s.ForWhomEn, s.ProblemNl, s.ProblemEn, s.Law.Name, s.Law.Source, s.Owner, .. s.Terms.SelectMany(t => new[] { t.StepNl, t.StepEn, t.TermNl, t.TermEn })];
            Assert.All(texts, t => Assert.False(string.IsNullOrWhiteSpace(t), s.Id));
            Assert.Equal(s.NeededNl.Count, s.NeededEn.Count);
            Assert.NotEmpty(s.NeededNl);
            Assert.Contains(s.Topic, topics);
            Assert.True(s.Body is null ? s.RuleNl is not null && s.RuleEn is not null : bodies.Contains(s.Body), s.Id);
            Assert.Subset(products, s.Products.ToHashSet());
            Assert.True(s.ReviewBy > s.ReviewedOn, s.Id);
        });
    }

    [Theory]
    [InlineData("nl", "nog na te kijken")]
    [InlineData("en", "to be checked")]
    public async Task Every_fact_that_is_not_verified_in_current_law_is_shown_as_such(string language, string words)
    {
        var person = await app.SignedInAsync("frontOffice", language);
        foreach (var scheme in Book.All)
        {
            var page = await TermsApp.PageAsync(person, $"/schemes/{scheme.Id}");
            var lists = page.QuerySelectorAll(".card__list");
            var terms = lists[1].QuerySelectorAll("dd").ToList();
            Assert.Equal(scheme.Terms.Count, terms.Count);
            for (var i = 0; i < terms.Count; i++)
            {
                Assert.True(terms[i].TextContent.Contains(words, StringComparison.Ordinal) == (scheme.Terms[i].Status != "verified-current"), $"{scheme.Id}, term {i}");
            }

            Assert.Equal(scheme.ToCheck, lists.SelectMany(l => l.QuerySelectorAll(".tag--warn")).Count());
            Assert.Contains(language == "nl" ? "Ervaring, geen wet" : "Experience, not law", page.QuerySelector(".card__problem")!.TextContent);
        }
    }

    [Fact]
    public void The_terms_say_what_the_legal_terms_say()
    {
        // Where both files name the same article of the same law, the status is the same.
        using var legal = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ReferenceFolder.Real, "legal-terms.json")));
        var read = legal.RootElement.EnumerateArray().Select(t => (Law: t.GetProperty("law").GetString(), Article: t.GetProperty("article").GetString(), Status: t.GetProperty("status").GetString())).ToLookup(t => (t.Law, t.Article), t => t.Status);
        Assert.All(Book.All.SelectMany(s => s.Terms), t =>
        {
            var known = read[(t.Law, t.Article)].ToList();
            Assert.True(known.Count == 0 || !t.IsVerified || known.Contains("verified-current"), $"{t.Law} {t.Article}");
        });
    }

    [Fact]
    public async Task What_needs_upkeep_is_listed()
    {
        await using var world = await World.NewAsync();
        await world.The<ImportReference>().RunAsync(Set, null);

        var now = await world.The<UpkeepQuery>().LoadAsync();
        world.Clock.Advance(TimeSpan.FromDays(800));
        var later = await world.The<UpkeepQuery>().LoadAsync();

        Assert.Equal(Set.Products.Where(p => p is { National: true, Citizen: true, Carrier: null }).Select(p => p.Code).Order(), now.Unmapped.Select(p => p.Code).Order());
        Assert.Equal((562, 21), (now.NationalProducts, now.Unmapped.Count));
        Assert.Empty(now.Overdue);
        Assert.Equal(75, later.Overdue.Count);
        Assert.Equal(Book.All.Sum(s => s.ToCheck), now.FactsToCheck);
    }
}
