using Loket.Domain.Journeys;
using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Journeys;

/// <summary>Small templates, sound until a test breaks them.</summary>
internal static class Templates
{
    public static readonly LegalTerms Law = new(
    [
        new("report", Term.Parse("P3D").Value, TermBasis.Act, "BW art. 1:19e lid 7", "2025-07-05", Verified: true),
        new("decision", Term.Weeks(8), TermBasis.Act, "Awb art. 4:13", "2026-07-01", Verified: true),
        new("wait", Term.Days(14), TermBasis.Act, "BW art. 1:62", "2017-05", Verified: false),
        new("window", Term.Weeks(4) with { Backwards = true }, TermBasis.Act, "Wet BRP art. 2.39", "2025-02-12", Verified: true),
        new("change", null, TermBasis.Act, "Awir art. 17", "2026-01-01", Verified: true),
    ]);

    public static readonly TemplateScope Known = new(
        new HashSet<string> { "paspoort" }, new HashSet<string> { "civil_affairs", "general" }, new HashSet<string> { "benefits" }, new HashSet<string> { "zb1" }, Law);

    public static LifeEvent Event(params EventStep[] steps) => new(
        "event", 1, Text("Iets"), ["iets"], ["something"], Text("Dag"), 0, "general",
        [.. steps.SelectMany(s => s.When).Select(w => w.TrimStart('!')).Distinct(StringComparer.Ordinal).Select(k => new Question(k, Text(k)))], steps);

    public static EventStep Step(
        string key, TermRef? term = null, TermRef? target = null, TermRef? opens = null, string[]? needs = null, string[]? when = null) => new(
        key, Text(key), new Body(Municipal: "civil_affairs"), "paspoort", term, target ?? (term is null ? Aim("P5D") : null), opens,
        needs ?? [], Text("burger"), Text("medewerker"), when ?? []);

    public static TermRef Legal(string id, string from = "event") => new(id, null, from);

    public static TermRef Aim(string length, string from = "start") => new(null, length, from);

    public static Words Text(string text) => new(text, text);
}
