using Loket.Domain.Parties;

namespace Loket.Domain.Tests.Parties;

/// <summary>What people type freely: any script and sign, no BSN, and nothing that is read otherwise than it was written.</summary>
public sealed class FreeTextTests
{
    [Theory]
    [InlineData("Ik kan de huur niet betalen.\r\n\tWat nu?", null)]
    [InlineData("Şükrü Öztürk, محمد, 👩‍👧 €", null)]
    [InlineData("een\u0000nul", "text-unreadable")]
    [InlineData("een\u0007bel", "text-unreadable")]
    [InlineData("omge\u202Ekeerd", "text-unreadable")]
    [InlineData("een\u0085regel", "text-unreadable")]
    [InlineData("zijn nummer is 999993112", "text-has-bsn")]
    [InlineData("langer dan veertig tekens is deze tekst wel zeker", "text-too-long")]
    public void Each_text_is_kept_or_refused_with_its_reason(string text, string? refusal) =>
        Assert.Equal(refusal, FreeText.Check(40, null, "", text)?.Code);
}
