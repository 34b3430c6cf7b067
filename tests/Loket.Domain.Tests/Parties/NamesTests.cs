using Loket.Domain.Parties;

namespace Loket.Domain.Tests.Parties;

/// <summary>A name that was told beside the one in the register.</summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData("Jansen", "Erebos Bultenaar", false)]
    [InlineData("Wilma", "Wilma van Zon", true)]
    [InlineData("mevrouw VAN ZON", "Wilma van Zon", true)]
    [InlineData("Sukru Ozturk", "Şükrü Öztürk", true)]
    [InlineData("Anna Jansen-de Vries", "A. de Vries", true)]
    [InlineData("Piet van Dam", "Jan van Vliet", false)]
    [InlineData("Jo de Wit", "Ali de Boer", false)]
    public void Two_names_may_be_one_person_when_a_part_is_the_same(string told, string registered, bool one) => Assert.Equal(one, Names.MayBeOne(told, registered));
}
