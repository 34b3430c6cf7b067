using Loket.Domain;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Architecture;

public sealed class HouseRulesTests
{
    private static readonly string[] SourceKinds = [".cs", ".cshtml", ".ts", ".mjs", ".css"];

    private static List<(string Path, string Text)> Domain => [.. Repository.Files("src/Loket.Domain", ".cs")];

    private static List<(string Path, string Text)> Web => [.. Repository.Files("src/Loket.Web", ".cs")];

    [Fact]
    public void The_rules_reference_nothing_but_the_framework()
    {
        var references = typeof(Outcome<>).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();
        var project = Repository.Files("src/Loket.Domain", ".csproj").Single().Text;

        Assert.NotEmpty(references);
        Assert.All(references, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
        Assert.DoesNotContain("Reference Include", project, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_know_no_clock_no_chance_and_no_outside_world()
    {
        Assert.NotEmpty(Domain);
        Found.Nothing(Domain.SelectMany(f => HouseRules.ImpureDomain(f.Path, f.Text)));
    }

    [Fact]
    public void Only_Data_knows_which_engine_is_below()
    {
        Assert.NotEmpty(Web);
        Found.Nothing(Web.Concat(Domain).SelectMany(f => HouseRules.EngineBranches(f.Path, f.Text)));
    }

    [Fact]
    public void Time_comes_from_the_clock_that_was_handed_in()
    {
        Found.Nothing(Web.Concat(Domain).SelectMany(f => HouseRules.OtherClocks(f.Path, f.Text)));
    }

    [Fact]
    public void No_file_is_longer_than_three_hundred_lines()
    {
        var files = Repository.Files("src", SourceKinds).Concat(Repository.Files("tests", SourceKinds)).ToList();

        Assert.True(files.Count > 150, $"Only {files.Count} files were found");
        Found.Nothing(files.SelectMany(f => HouseRules.TooLong(f.Path, f.Text)));
    }

    [Fact]
    public void What_a_file_uses_stands_in_one_order() =>
        Found.Nothing(Repository.Files("src", ".cs").Concat(Repository.Files("tests", ".cs")).SelectMany(f => HouseRules.UnsortedUsings(f.Path, f.Text)));

    [Theory]
    [InlineData("using Loket.A;\nusing Loket.B;", false)]
    [InlineData("using System.Text;\nusing Dapper;\nusing Loket.A;\nusing Loket.A.B;\nusing static Loket.A.C;\nusing A = Loket.A;", false)]
    [InlineData("using Loket.B;\nusing Loket.A;", true)]
    [InlineData("using Loket.A;\nusing System.Text;", true)]
    [InlineData("using A = Loket.A;\nusing Loket.A;", true)]
    public void Another_order_is_found(string code, bool found) => Assert.Equal(found, HouseRules.UnsortedUsings("x.cs", code).Any());

    [Fact]
    public void What_is_typed_in_a_form_is_kept_while_it_is_typed()
    {
        // Who searches or signs in has typed nothing that is lost; a partner with a link has no drafts, for there is nobody to keep them for; a number of a citizen is never kept.
        string[] none = ["Search/Search", "Shared/_Dialogs", "SignIn/SignIn", "Partners/Link", "Desk/_Question", "Desk/_Number"];
        var pages = Repository.Files("src/Loket.Web/Features", ".cshtml").ToList();

        Assert.NotEmpty(pages);
        Found.Nothing(pages.SelectMany(f => HouseRules.UnkeptForms(f.Path, f.Text)).Where(f => !none.Any(n => f.Contains($"/{n}.cshtml", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("<form post=\"/x\" class=\"y\"><textarea name=\"a\"></textarea></form>", true)]
    [InlineData("<form post=\"/x\"><input name=\"a\" /></form>", true)]
    [InlineData("<form post=\"/x\" draft><input name=\"a\" /></form>", false)]
    [InlineData("<form post=\"/x\" id=\"z\" draft-part=\"1\"><select name=\"a\"></select></form>", false)]
    [InlineData("<form post=\"/x\"><input type=\"hidden\" name=\"a\" /><button>B</button></form>", false)]
    public void A_form_that_keeps_nothing_is_found(string page, bool found) =>
        Assert.Equal(found, HouseRules.UnkeptForms("src/Loket.Web/Features/X/Y.cshtml", page).Any());

    [Theory]
    [InlineData("if (db.Dialect == Dialect.Sqlite) { }")]
    [InlineData("if (unit.Dialect.Name.Length > 6) { }")]
    [InlineData("using Microsoft.Data.SqlClient;")]
    [InlineData("catch (SqliteException) { }")]
    [InlineData("_ = engine is SqlServerEngine;")]
    public void An_engine_branch_in_a_feature_is_found_and_one_in_Data_is_not(string code)
    {
        Assert.NotEmpty(HouseRules.EngineBranches("src/Loket.Web/Features/X/Y.cs", code));
        Assert.Empty(HouseRules.EngineBranches("src/Loket.Web/Data/Y.cs", code));
        Assert.Empty(HouseRules.EngineBranches("src/Loket.Web/Features/X/Y.cs", $"// {code}\nunit.Query<long>($\"SELECT {{unit.Dialect.First(1)}}\");"));
    }

    [Theory]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var now = DateTimeOffset . Now;")]
    [InlineData("var today = System.DateTime.Today;")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("var watch = Stopwatch.StartNew();")]
    [InlineData("var db = new Db(TimeProvider.System);")]
    public void Another_clock_is_found(string code)
    {
        Assert.NotEmpty(HouseRules.OtherClocks("src/Loket.Web/Features/X/Y.cs", code));
        Assert.Empty(HouseRules.OtherClocks("src/Loket.Web/Features/X/Y.cs", $"// {code}"));
    }

    [Theory]
    [InlineData("var text = File.ReadAllText(\"x\");")]
    [InlineData("public void Ring(TimeProvider clock) { }")]
    [InlineData("using System.Net.Http;")]
    [InlineData("public async Task Run() { }")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("var n = Random.Shared.Next();")]
    public void A_rule_that_looks_outside_is_found(string code)
    {
        Assert.NotEmpty(HouseRules.ImpureDomain("src/Loket.Domain/X.cs", code));
    }

    [Fact]
    public void A_file_of_three_hundred_and_one_lines_is_found()
    {
        Assert.Empty(HouseRules.TooLong("a.cs", string.Concat(Enumerable.Repeat("x\n", 300))));
        Assert.Equal(["a.cs: 301 lines"], HouseRules.TooLong("a.cs", string.Concat(Enumerable.Repeat("x\n", 301))));
    }
}
