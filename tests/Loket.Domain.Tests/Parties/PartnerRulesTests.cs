using Loket.Domain.Parties;

namespace Loket.Domain.Tests.Parties;

public sealed class PartnerRulesTests
{
    [Theory]
    [InlineData("bank", "Bank Noordzee", "beheer@noordzee.example", null, null, null)]
    [InlineData("landlord", "De Linde", null, "06 12 34 56 78", null, null)]
    [InlineData("landlord", "De Linde", null, "+31612345678", "Lindelaan 1, 3500 AA Utrecht", null)]
    [InlineData("castle", "De Linde", null, null, "Lindelaan 1", "partner-kind-missing")]
    [InlineData(null, "De Linde", null, null, "Lindelaan 1", "partner-kind-missing")]
    [InlineData("bank", null, "beheer@noordzee.example", null, null, "partner-name-missing")]
    [InlineData("bank", "Bank Noordzee", null, null, null, "partner-address-missing")]
    [InlineData("bank", "Bank Noordzee", "noordzee.example", null, null, "partner-email-wrong")]
    [InlineData("bank", "Bank Noordzee", "@noordzee.example", null, null, "partner-email-wrong")]
    [InlineData("bank", "Bank Noordzee", "beheer@noordzee", null, null, "partner-email-wrong")]
    [InlineData("bank", "Bank Noordzee", "beheer@.nl", null, null, "partner-email-wrong")]
    [InlineData("bank", "Bank Noordzee", "be heer@noordzee.example", null, null, "partner-email-wrong")]
    [InlineData("bank", "Bank Noordzee", "a@b@noordzee.example", null, null, "partner-email-wrong")]
    [InlineData("bank", "Bank Noordzee", null, "0612", null, "partner-sms-wrong")]
    [InlineData("bank", "Bank Noordzee", null, "bel mij even", null, "partner-sms-wrong")]
    [InlineData("bank", "Bank 111222333", "beheer@noordzee.example", null, null, "text-has-bsn")]
    public void A_partner_has_a_kind_a_name_and_an_address_that_can_be_one(string? kind, string? name, string? email, string? sms, string? post, string? code) =>
        Assert.Equal(code, PartnerRules.Check(kind, name, email, sms, post)?.Code);

    [Fact]
    public void A_name_and_an_address_have_their_length()
    {
        Assert.Null(PartnerRules.Check("bank", new string('n', 120), null, null, new string('p', 300)));
        Assert.Equal("text-too-long", PartnerRules.Check("bank", new string('n', 121), null, null, "Kade 1")?.Code);
        Assert.Equal("text-too-long", PartnerRules.Check("bank", "Bank", null, null, new string('p', 301))?.Code);
    }
}
