using System.Text.Json;
using Loket.Web.Data;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Schemes;

namespace Loket.Web.Features.Search;

/// <summary>Everything of <c>db/reference</c> that can be found, as documents of the index.</summary>
public static class SearchEntries
{
    public static IEnumerable<SearchDocument> Of(string folder, ReferenceSet set, SchemeBook schemes) =>
        Schemes(set, schemes).Concat(LifeEvents(folder)).Concat(Topics(set)).Concat(Products(set)).Concat(Organisations(set)).Concat(Lines(set));

    /// <summary>The line of a body for a topic: codes are made of both.</summary>
    public static string LineOf(string organisation, string topic) => $"{organisation}-{topic.Replace('_', '-')}";

    private static IEnumerable<SearchDocument> Schemes(ReferenceSet set, SchemeBook schemes)
    {
        var (bodies, lines) = Known(set);
        return schemes.All.Select(s => new SearchEntry
        {
            Kind = "scheme", Code = s.Id, NameNl = s.NameNl, NameEn = s.NameEn, Short = s.Abbreviations, Synonyms = [.. s.SynonymsNl, .. s.SynonymsEn],
            BodyCode = s.Body, BodyName = s.Body is null ? null : bodies[s.Body].ShortName, Topic = s.Topic, Line = National(lines, s.Body, s.Topic),
        }.ToDocument(0, $"{s.ForWhomNl} {s.ForWhomEn} {s.WhatNl} {s.WhatEn} {s.Law.Name} {s.RuleNl} {s.RuleEn} {string.Join(' ', s.Products)} {(s.Body is null ? "" : bodies[s.Body].ShortName)}"));
    }

    // Life events have their own files; without them there are none to find.
    private static IEnumerable<SearchDocument> LifeEvents(string folder)
    {
        var events = Path.Combine(folder, "life-events");
        if (!System.IO.Directory.Exists(events))
        {
            yield break;
        }

        foreach (var file in System.IO.Directory.GetFiles(events, "*.json").Order(StringComparer.Ordinal))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = json.RootElement;
            yield return new SearchEntry
            {
                Kind = "life_event",
                Code = root.GetProperty("id").GetString()!,
                NameNl = root.GetProperty("name").GetProperty("nl").GetString()!,
                NameEn = root.GetProperty("name").GetProperty("en").GetString()!,
                Synonyms = [.. Texts(root.GetProperty("synonyms").GetProperty("nl")), .. Texts(root.GetProperty("synonyms").GetProperty("en"))],
                Topic = root.TryGetProperty("topic", out var topic) ? topic.GetString() : null,
            }.ToDocument(0);
        }
    }

    private static IEnumerable<SearchDocument> Topics(ReferenceSet set)
    {
        var national = set.Lines.Where(l => l.Kind == "national").GroupBy(l => l.Topic, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var bodies = set.Organisations.ToDictionary(o => o.Code, StringComparer.Ordinal);
        return set.Topics.Where(t => t.Code != ReferenceFiles.GeneralTopic).Select(t =>
        {
            var line = national.GetValueOrDefault(t.Code);
            return new SearchEntry
            {
                Kind = "topic", Code = t.Code, NameNl = t.NameNl, NameEn = t.NameEn, Synonyms = t.Synonyms, Topic = t.Code,
                Line = line?.Code, BodyCode = line?.Organisation, BodyName = line is null ? null : bodies[line.Organisation].ShortName,
            }.ToDocument(0);
        });
    }

    private static IEnumerable<SearchDocument> Products(ReferenceSet set)
    {
        var (bodies, lines) = Known(set);
        return set.Products.Select(p => new SearchEntry
        {
            Kind = "product", Code = p.Code, NameNl = Capital(p.Name), NameEn = Capital(p.Name), BodyCode = p.Organisation,
            BodyName = p.Organisation is null ? null : bodies[p.Organisation].ShortName, Topic = p.Topic, Line = National(lines, p.Organisation, p.Topic),
        }.ToDocument(1));
    }

    private static IEnumerable<SearchDocument> Organisations(ReferenceSet set) => set.Organisations.Select(o => new SearchEntry
    {
        Kind = "organisation", Code = o.Code, NameNl = o.Name, NameEn = o.Name, Short = [o.ShortName], BodyCode = o.Code, BodyName = o.ShortName, Municipality = o.MunicipalityCode,
    }.ToDocument(1));

    private static IEnumerable<SearchDocument> Lines(ReferenceSet set)
    {
        var bodies = set.Organisations.ToDictionary(o => o.Code, StringComparer.Ordinal);
        var topics = set.Topics.ToDictionary(t => t.Code, StringComparer.Ordinal);
        return set.Lines.Select(l => new SearchEntry
        {
            Kind = "line", Code = l.Code, NameNl = l.NameNl, NameEn = l.NameEn, Synonyms = topics[l.Topic].Synonyms, BodyCode = l.Organisation,
            BodyName = bodies[l.Organisation].ShortName, Topic = l.Topic, Line = l.Code, Place = bodies[l.Organisation].ShortName, Municipality = bodies[l.Organisation].MunicipalityCode,
        }.ToDocument(2));
    }

    private static (Dictionary<string, OrganisationRow> Bodies, HashSet<string> Lines) Known(ReferenceSet set) =>
        (set.Organisations.ToDictionary(o => o.Code, StringComparer.Ordinal), [.. set.Lines.Where(l => l.Kind == "national").Select(l => l.Code)]);

    private static string? National(HashSet<string> lines, string? body, string? topic) =>
        body is not null && topic is not null && lines.Contains(LineOf(body, topic)) ? LineOf(body, topic) : null;

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(t => t.GetString()!);

    private static string Capital(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..]}";
}
