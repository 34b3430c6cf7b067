using Loket.Web.Features.Directory;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Proactive;
using Loket.Web.Security;
using Loket.Web.Tests.Directory;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Proactive;

/// <summary>The rules of <c>db/reference</c>: sound, and none runs before its organisation decided.</summary>
public sealed class ProactiveFilesTests(ITestOutputHelper output) : IDisposable
{
    private static readonly LifeEvents Events = LifeEventFiles.Read(ReferenceFolder.Real, ReferenceFiles.Read(ReferenceFolder.Real));

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void As_delivered_every_rule_is_refused_for_want_of_register_article_and_retention()
    {
        var book = ProactiveFiles.Read(ReferenceFolder.Real, demo: false, Events);

        Assert.Equal(["turning-18", "pension-age", "child-born", "death-reported", "moved"], book.Rules.Select(r => r.Id));
        foreach (var rule in book.Rules)
        {
            var codes = book.WhyNot(rule, new Actor { OrganisationCode = "gm0344" }).Select(no => no.Code).ToList();
            output.WriteLine($"{rule.Id}: {string.Join(", ", codes)}");
            Assert.Equal(["proactive-no-register", "proactive-no-article", "proactive-no-retention"], codes.Take(3));
        }
    }

    [Fact]
    public void In_the_demo_three_rules_run_and_two_say_what_they_lack()
    {
        var book = ProactiveFiles.Read(ReferenceFolder.Real, demo: true, Events);
        var actor = new Actor { OrganisationCode = "gm0344" };

        Assert.Equal(["turning-18", "child-born", "moved"], book.Rules.Where(r => book.WhyNot(r, actor).Count == 0).Select(r => r.Id));
        Assert.Equal(["proactive-ages-unchecked"], book.WhyNot(book.Find("pension-age")!, actor).Select(no => no.Code));
        Assert.Equal(["proactive-no-retention"], book.WhyNot(book.Find("death-reported")!, actor).Select(no => no.Code));
    }

    [Theory]
    [InlineData("\"life_event\": \"birth\"", "\"life_event\": \"lottery\"", "'child-born': levensgebeurtenis 'lottery' is onbekend")]
    [InlineData("\"law\": \"brp-move\"", "\"law\": \"nothing\"", "'moved': termijn 'nothing' is onbekend")]
    [InlineData("\"finds\": {\"age\": 18}", "\"finds\": {\"age\": 18, \"pension_age\": true}", "'turning-18': finds noemt precies een van age, pension_age en life_event")]
    [InlineData("\"from\": -60", "\"from\": 60", "'turning-18': from ligt na until")]
    [InlineData("\"en\": \"Has moved or is moving\"", "\"en\": \"\"", "'moved': een tekst ontbreekt in een van beide talen")]
    [InlineData("\"id\": \"moved\"", "\"id\": \"child-born\"", "'child-born' staat er meer dan een keer in")]
    public void What_is_wrong_is_named_and_nothing_is_loaded(string from, string to, string reason)
    {
        File.Copy(Path.Combine(ReferenceFolder.Real, "proactive-decisions.json"), folder.In("proactive-decisions.json"));
        var text = File.ReadAllText(Path.Combine(ReferenceFolder.Real, "proactive-rules.json"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(folder.In("proactive-rules.json"), text.Replace(from, to, StringComparison.Ordinal));

        var errors = Assert.Throws<ReferenceErrors>(() => ProactiveFiles.Read(folder.Path, demo: false, Events)).Errors;

        Assert.Equal([reason], errors.Select(e => e.Reason));
    }
}
