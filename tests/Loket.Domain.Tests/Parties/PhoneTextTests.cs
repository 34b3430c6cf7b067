using Loket.Domain.Parties;

namespace Loket.Domain.Tests.Parties;

/// <summary>Where a citizen can be called: digits enough to be called on, with what belongs to them.</summary>
public sealed class PhoneTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData("06 12 34 56 78", null)]
    [InlineData("+31 (0)30 286 00 00", null)]
    [InlineData("06-12345678 (na vijven)", null)]
    [InlineData("heeft geen telefoon", "phone-wrong")]
    [InlineData("030 2860", "phone-wrong")]
    [InlineData("w.van.zon12345678@example.nl", "phone-wrong")]
    [InlineData("999993112", "text-has-bsn")]
    [InlineData("06 12 34 56 78, maar niet voor vijf uur 's middags", "text-too-long")]
    public void Each_number_is_kept_or_refused_with_its_reason(string? typed, string? refusal) => Assert.Equal(refusal, PhoneText.Check(typed)?.Code);
}
