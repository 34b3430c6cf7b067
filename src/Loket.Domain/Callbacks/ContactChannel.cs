namespace Loket.Domain.Callbacks;

/// <summary>How a citizen wants to be reached. An e-mail never says what it is about.</summary>
public enum ContactChannel
{
    Phone,
    TextRelay,
    Email,
    Desk,
}

/// <summary>What a channel needs to be known of the citizen.</summary>
public static class ContactChannels
{
    /// <summary>Null when the channel can be used, else <c>channel-needs-phone</c> or <c>channel-needs-email</c>.</summary>
    public static Refusal? Check(ContactChannel channel, bool knowsPhone, bool knowsEmail) => channel switch
    {
        ContactChannel.Phone or ContactChannel.TextRelay when !knowsPhone => new Refusal("channel-needs-phone"),
        ContactChannel.Email when !knowsEmail => new Refusal("channel-needs-email"),
        _ => null,
    };
}
