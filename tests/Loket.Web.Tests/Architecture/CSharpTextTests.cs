namespace Loket.Web.Tests.Architecture;

/// <summary>What the architecture tests read is really what stands there.</summary>
public sealed class CSharpTextTests
{
    private const string Source = """"
        // "not this"
        /* "nor this" */
        class A(char c = '"', char d = '\'')
        {
            string a = "plain \" one";
            string b = @"verbatim ""two"" \";
            string c = $"hole {x.Of("inner")} and {{no}} hole {y}";
            string d = """
                raw "quoted" {braces}
                """;
            string e = $"""
                SELECT {Columns} FROM a {Dialect.First(n switch { 1 => 2, _ => 3 })}
                """;
            string f = $$"""{"json": {{value}}}""";
            string g = "";
        }
        """";

    [Fact]
    public void Every_kind_of_string_is_found_with_its_holes_and_nothing_else()
    {
        var literals = CSharpText.Read(Source).Literals.Select(l => l.Text.Trim());

        Assert.Equal(
            [
                "plain \\\" one",
                "verbatim \"\"two\"\" \\",
                "inner",
                "hole ⟦x.Of(\"inner\")⟧ and {{no}} hole ⟦y⟧",
                "raw \"quoted\" {braces}",
                "SELECT ⟦Columns⟧ FROM a ⟦Dialect.First(n switch { 1 => 2, _ => 3 })⟧",
                "{\"json\": ⟦value⟧}",
                "",
            ],
            literals);
    }

    [Fact]
    public void The_code_is_left_without_comments_and_texts()
    {
        var code = CSharpText.Read(Source).Code;

        Assert.Contains("class A(char c = ", code, StringComparison.Ordinal);
        Assert.Contains("Dialect.First", code, StringComparison.Ordinal);
        Assert.DoesNotContain("this", code, StringComparison.Ordinal);
        Assert.DoesNotContain("braces", code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_literal_knows_its_line()
    {
        Assert.Equal(3, CSharpText.Read("a\nb\n\"c\"").Literals.Single().Line);
    }
}
