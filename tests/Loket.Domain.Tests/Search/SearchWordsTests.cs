using Loket.Domain.Search;

namespace Loket.Domain.Tests.Search;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Huren", "huur")]
    [InlineData("verlenging", "verlengen")]
    [InlineData("crèches", "creche")]
    [InlineData("brieven", "brief")]
    [InlineData("huizen", "huis")]
    [InlineData("trappen", "trap")]
    [InlineData("arbeidsongeschiktheid", "arbeidsongeschikt")]
    [InlineData("benefits", "benefit")]
    public void Forms_of_a_word_are_one_word(string form, string word) => Assert.Equal(SearchWords.Of(word), SearchWords.Of(form));

    [Theory]
    [InlineData("WW", "WIA")]
    [InlineData("AOW", "AIO")]
    [InlineData("boete", "bodem")]
    public void Other_words_stay_other_words(string one, string other) => Assert.NotEqual(SearchWords.Of(one), SearchWords.Of(other));

    [Theory]
    [InlineData("o'brien AND wmo- \"C#\"", new[] { "obrien", "and", "wmo", "c" })]
    [InlineData("  ", new string[0])]
    [InlineData(null, new string[0])]
    public void What_is_typed_becomes_words(string? typed, string[] words) => Assert.Equal(words, SearchWords.Raw(typed));

    [Fact]
    public void Words_that_say_nothing_fall_away_unless_nothing_is_left()
    {
        Assert.Equal(["schulden"], SearchWords.Telling("Ik heb schulden"));
        Assert.Equal(["ik", "heb"], SearchWords.Telling("Ik heb"));
    }

    [Theory]
    [InlineData("toeslag", "toeslag", 1)]
    [InlineData("tosla", "toesla", 0.78)] // one slip
    [InlineData("xoesla", "toesla", 0.68)] // also the first letter
    [InlineData("aow", "awo", 0)] // too short to forgive
    [InlineData("schuld", "zebra", 0)]
    public void Likeness_is_between_nothing_and_the_same(string typed, string word, double like) =>
        Assert.Equal(like, WordLikeness.Of(typed, word, forgive: true), 2);

    [Fact]
    public void A_slip_is_only_forgiven_when_asked() => Assert.Equal(0, WordLikeness.Of("tosla", "toesla", forgive: false));

    [Fact]
    public void A_part_of_a_word_is_less_than_its_beginning_and_that_less_than_itself()
    {
        var part = WordLikeness.Of("kart", "parkerkart", forgive: false);
        var beginning = WordLikeness.Of("parker", "parkerkart", forgive: false);

        Assert.True(part > 0.5 && beginning > part && beginning < 1);
    }

    [Theory]
    [InlineData("abcd", "abdc", 1)] // swapped
    [InlineData("abcd", "abc", 1)]
    [InlineData("abcd", "abxd", 1)]
    [InlineData("abcd", "dcba", 3)] // more than two is not counted
    [InlineData("", "ab", 2)]
    public void Distance_counts_slips_up_to_the_most(string a, string b, int slips) => Assert.Equal(slips, WordLikeness.Distance(a, b, 2));
}
