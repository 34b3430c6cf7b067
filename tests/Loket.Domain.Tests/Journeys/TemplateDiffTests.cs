using Loket.Domain.Journeys;
using static Loket.Domain.Tests.Journeys.Templates;

namespace Loket.Domain.Tests.Journeys;

/// <summary>What a supervisor is told about a new version of a template.</summary>
public class TemplateDiffTests
{
    [Fact]
    public void The_same_text_has_no_differences() =>
        Assert.Empty(TemplateDiff.Between(Event(Step("a", when: ["q"])), Event(Step("a", when: ["q"])) with { Version = 2 }));

    [Fact]
    public void What_is_new_changed_and_gone_is_named_by_key_and_field()
    {
        var before = Event(Step("a"), Step("b", when: ["q"]));
        var after = Event(Step("c"), Step("a", Legal("report"), needs: ["c"]) with { Product = null }) with { Topic = "civil_affairs" };

        Assert.Equal(
            [
                new TemplateChange("", "topic", "general", "civil_affairs"),
                new("q", "question", "q / q", null),
                new("c", "step", null, "c / c"),
                new("a", "product", "paspoort", ""),
                new("a", "term", "", "report, event"),
                new("a", "target", "P5D, start", ""),
                new("a", "needs", "", "c"),
                new("b", "step", "b / b", null),
            ],
            TemplateDiff.Between(before, after));
    }

    public static TheoryData<string> Fields { get; } = new("title", "body", "opens", "when", "citizen", "professional");

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_of_a_step_counts(string field)
    {
        var step = Step("a", when: ["q"]);
        var changed = field switch
        {
            "title" => step with { Title = Text("anders") },
            "body" => step with { Body = new(Partner: "bank") },
            "opens" => step with { Opens = Legal("window") },
            "when" => step with { When = ["!q"] },
            "citizen" => step with { Citizen = Text("anders") },
            _ => step with { Professional = Text("anders") },
        };

        Assert.Equal(("a", field), TemplateDiff.Between(Event(step), Event(changed)).Select(c => (c.Key, c.Part)).Single());
    }
}
