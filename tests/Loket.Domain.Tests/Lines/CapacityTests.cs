using Loket.Domain.Lines;

namespace Loket.Domain.Tests.Lines;

/// <summary>Presence of who may have several talks at once: what goes on besides decides what follows.</summary>
public sealed class CapacityTests
{
    [Theory]
    [InlineData(PresenceState.Reserved, PresenceAction.Release, 0, false, "available")]
    [InlineData(PresenceState.Reserved, PresenceAction.Release, 0, true, "wrap_up")]
    [InlineData(PresenceState.Reserved, PresenceAction.Release, 1, false, "engaged")]
    [InlineData(PresenceState.Reserved, PresenceAction.Release, 1, true, "engaged")]
    [InlineData(PresenceState.Reserved, PresenceAction.Miss, 0, false, "missed")]
    [InlineData(PresenceState.Reserved, PresenceAction.Miss, 2, false, "engaged")]
    [InlineData(PresenceState.Engaged, PresenceAction.EndTalk, 0, false, "wrap_up")]
    [InlineData(PresenceState.Engaged, PresenceAction.EndTalk, 1, false, "engaged")]
    [InlineData(PresenceState.Engaged, PresenceAction.LoseConnection, 2, false, "offline")]
    public void What_goes_on_besides_decides(PresenceState from, PresenceAction action, int talks, bool wrapping, string expected) =>
        Assert.Equal(expected, Code.Of(PresenceRules.Next(from, action, new Duties(talks, wrapping)).Value));

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, true)]
    [InlineData(2, 2, false)]
    [InlineData(2, 3, true)]
    [InlineData(0, 1, false)]
    public void Who_talks_is_reserved_for_one_more_only_below_the_capacity(int talks, int capacity, bool may) =>
        Assert.Equal(may, PresenceRules.Next(PresenceState.Engaged, PresenceAction.Reserve, new Duties(talks, Capacity: capacity)).IsOk);
}
