using Loket.Domain.Documents;

namespace Loket.Domain.Tests.Documents;

public sealed class DocumentNameTests
{
    [Theory]
    [InlineData("Loonstrook januari.pdf", "Loonstrook januari.pdf")]
    [InlineData(@"C:\Users\jan\Documents\brief.PDF", "brief.pdf")]
    [InlineData("/etc/passwd", "passwd.pdf")]
    [InlineData("../../../brief.pdf", "brief.pdf")]
    [InlineData("..", "Document.pdf")]
    [InlineData(".htaccess", "Document.pdf")]
    [InlineData("brief.pdf.exe", "brief pdf.pdf")]
    [InlineData("brief.tar.gz", "brief tar.pdf")]
    [InlineData("  brief\u0000\u0007\r\n.pdf", "brief.pdf")]
    [InlineData("\u202Efdp.exe", "fdp.pdf")]
    [InlineData("a<script>\"|?*:b.pdf", "a script b.pdf")]
    [InlineData("CON.pdf", "Document.pdf")]
    [InlineData("lpt1", "Document.pdf")]
    [InlineData("--.pdf", "Document.pdf")]
    [InlineData("naïveté ünd Łódź.pdf", "naïveté ünd Łódź.pdf")]
    [InlineData("合同.pdf", "合同.pdf")]
    [InlineData("", "Document.pdf")]
    [InlineData(null, "Document.pdf")]
    public void A_name_is_only_a_name_under_the_ending_of_its_content(string? sent, string name) => Assert.Equal(name, DocumentName.Safe(sent, "pdf", "Document"));

    [Fact]
    public void Whatever_is_sent_the_name_is_short_and_plain()
    {
        var random = new Random(1);
        for (var n = 0; n < 20_000; n++)
        {
            var name = DocumentName.Safe(string.Concat(Enumerable.Range(0, random.Next(300)).Select(_ => (char)random.Next(1, random.Next(2) == 0 ? 128 : 0xD7FF))), "docx", "Document");
            Assert.True(name.Length <= DocumentName.Longest && name.Length > 5 && name.EndsWith(".docx", StringComparison.Ordinal), name);
            Assert.True(name[..^5].All(c => char.IsLetterOrDigit(c) || " -_()',+&".Contains(c)), name);
            Assert.Equal(name.Trim(), name);
        }
    }

    [Theory]
    [InlineData("brief.PDF ", "pdf")]
    [InlineData(@"c:\x.y\brief", "")]
    [InlineData("a.b.html", "html")]
    [InlineData(null, "")]
    public void The_ending_is_what_stands_after_the_last_dot(string? sent, string ending) => Assert.Equal(ending, DocumentName.EndingOf(sent));
}
