using Loket.Domain.Journeys;
using static Loket.Domain.Tests.Journeys.Templates;

namespace Loket.Domain.Tests.Journeys;

/// <summary>Each way in which a template can be wrong is found, and named by key.</summary>
public class LifeEventRulesTests
{
    [Fact]
    public void A_sound_template_has_no_findings() =>
        Assert.Empty(LifeEventRules.Check(Event(Step("a", Legal("report"), when: ["q"]), Step("b", Legal("decision", "step:a"), needs: ["a"])), Known));

    [Fact]
    public void The_event_itself_needs_version_name_day_synonyms_topic_and_steps()
    {
        var about = Event() with { Version = 0, Name = new("Iets", ""), Day = null!, SynonymsEn = [], Topic = "nowhere" };

        Assert.Equal(
            ["version-missing", "text-missing", "text-missing", "synonyms-missing", "topic-unknown", "steps-missing"],
            LifeEventRules.Check(about, Known).Select(f => f.Code));
    }

    [Fact]
    public void A_question_is_asked_once_in_both_languages_and_decides_something()
    {
        var about = Event(Step("a", when: ["q"]), Step("a")) with { Questions = [new("q", new("Ja?", " ")), new("r", Text("Nee?"))] };

        Assert.Equal([("q", "text-missing"), ("a", "key-twice"), ("r", "question-unused")], LifeEventRules.Check(about, Known).Select(f => (f.Step, f.Code)));
    }

    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "text-missing", "title" }, { "text-missing", "citizen" }, { "text-missing", "professional" },
        { "product-unknown", "" }, { "topic-unknown", "municipal" }, { "topic-unknown", "national" }, { "body-unknown", "" }, { "partner-unknown", "" },
        { "body-wrong", "none" }, { "body-wrong", "two" }, { "need-unknown", "" }, { "question-unknown", "" }, { "term-unknown", "" },
        { "term-unreadable", "" }, { "term-wrong", "neither" }, { "term-wrong", "both" }, { "start-unknown", "word" }, { "start-unknown", "not-needed" },
        { "target-is-law", "" }, { "date-missing", "" }, { "key-missing", "" }, { "title-too-long", "" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_step_that_is_wrong_is_named(string code, string how)
    {
        var sound = Step("a", Legal("report"));
        var step = (code, how) switch
        {
            ("text-missing", "title") => sound with { Title = new("", "x") },
            ("text-missing", "citizen") => sound with { Citizen = null! },
            ("text-missing", _) => sound with { Professional = new("x", "") },
            ("product-unknown", _) => sound with { Product = "paspport" },
            ("topic-unknown", "municipal") => sound with { Body = new(Municipal: "benefits") },
            ("topic-unknown", _) => sound with { Body = new(National: "zb1", Topic: "general") },
            ("body-unknown", _) => sound with { Body = new(National: "zb2", Topic: "benefits") },
            ("partner-unknown", _) => sound with { Body = new(Partner: "baker") },
            ("body-wrong", "none") => sound with { Body = null! },
            ("body-wrong", _) => sound with { Body = new(Municipal: "general", Partner: "bank") },
            ("need-unknown", _) => sound with { Needs = ["c"] },
            ("question-unknown", _) => sound with { When = ["!q"] },
            ("term-unknown", _) => sound with { Term = Legal("nothing"), Target = Aim("P1D") },
            ("term-unreadable", _) => sound with { Target = Aim("soon") },
            ("term-wrong", "neither") => sound with { Target = new(null, null, "event") },
            ("term-wrong", _) => sound with { Opens = new("report", "P1D", "event") },
            ("start-unknown", "word") => sound with { Term = Legal("report", "birth") },
            ("start-unknown", _) => sound with { Term = Legal("report", "step:b") },
            ("target-is-law", _) => sound with { Target = Legal("report") },
            ("title-too-long", _) => sound with { Title = Text(new string('x', 121)) },
            ("key-missing", _) => sound with { Key = " " },
            _ => sound with { Term = Legal("change") },
        };

        var findings = LifeEventRules.Check(Event(step, Step("b")) with { Questions = [] }, Known);

        Assert.Equal((step.Key, code), (Assert.Single(findings) is var f ? f.Step : "", findings[0].Code));
    }

    [Fact]
    public void Steps_that_wait_for_each_other_are_one_finding()
    {
        var finding = Assert.Single(LifeEventRules.Check(Event(Step("a", needs: ["c"]), Step("b", needs: ["a"]), Step("c", needs: ["b"]), Step("free")), Known));

        Assert.Equal(("loop", "a, b, c"), (finding.Code, finding.Detail));
    }
}
