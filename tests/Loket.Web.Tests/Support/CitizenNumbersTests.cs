namespace Loket.Web.Tests.Support;

public sealed class CitizenNumbersTests
{
    [Theory]
    [InlineData("GET /cases?bsn=999991279 - 200")]
    [InlineData("BSN: 999991279.")]
    [InlineData("\"number\":\"999991279\"")]
    [InlineData("999991279")]
    [InlineData("GET /cases/999991279/steps")]
    public void A_citizens_number_is_found(string text) => Assert.Equal(["999991279"], CitizenNumbers.In(text));

    [Theory]
    [InlineData("id 910458999991279123")]
    [InlineData("999991270 does not pass")]
    [InlineData("0HN999991279:00000001")]
    public void Another_number_is_not(string text) => Assert.Empty(CitizenNumbers.In(text));
}
