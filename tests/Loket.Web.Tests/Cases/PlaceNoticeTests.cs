using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;

namespace Loket.Web.Tests.Cases;

/// <summary>When the register's address is proposed as the municipality of the case.</summary>
public sealed class PlaceNoticeTests
{
    private static readonly Option[] Municipalities = [new("gm0599", "Rotterdam"), new("gm0518", "Den Haag"), new("gm0373", "Bergen"), new("gm0893", "Bergen")];

    [Theory]
    [InlineData("Coolsingel 40, 3011AD Rotterdam", "gm0518", "gm0599")]
    [InlineData("Javastraat 50, 2585 AE 's-Gravenhage", "gm0599", "gm0518")]
    [InlineData("Javastraat 50, 2585AE 's-Gravenhage", "gm0518", null)]
    [InlineData("Dorpsstraat 1, 1861AA Bergen", "gm0518", null)]
    [InlineData("Kerkstraat 2, 7846AB Noord-Sleen", "gm0518", null)]
    [InlineData("bij een vriend in Rotterdam", "gm0518", null)]
    public void Only_another_municipality_that_the_address_names_alone_is_proposed(string address, string municipality, string? proposed) =>
        Assert.Equal(proposed, PlaceNotice.Of(Case(address, municipality), Municipalities)?.Value);

    [Fact]
    public void What_the_citizen_told_and_who_may_not_edit_get_no_proposal()
    {
        Assert.Null(PlaceNotice.Of(Case("Coolsingel 40, 3011AD Rotterdam", "gm0518", source: "citizen"), Municipalities));
        Assert.Null(PlaceNotice.Of(Case("Coolsingel 40, 3011AD Rotterdam", "gm0518", mayEdit: false), Municipalities));
    }

    private static DeskCase Case(string address, string municipality, string source = "brp", bool mayEdit = true) => new()
    {
        MayEdit = mayEdit, IsOwnOrganisation = true, Municipality = municipality, Party = new PartyView { Address = address },
        Facts = [new FactRow { Label = "Adres", Value = address, Source = source }],
    };
}
