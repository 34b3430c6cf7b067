using Loket.Domain.Journeys;
using Loket.Domain.Parties;

namespace Loket.Domain.Representation;

/// <summary>The right of one to act for another, as it was recorded. Days are those of Europe/Amsterdam.</summary>
public sealed record Authority
{
    /// <summary>From this birthday on nobody is a minor (BW 1:233).</summary>
    public const int OfAge = 18;

    public required AuthorityKind Kind { get; init; }

    /// <summary>What was seen of it.</summary>
    public required AuthorityEvidence Evidence { get; init; }

    /// <summary>The first day on which it holds.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day on which it holds; null when none was set.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>It was ended before its time: nothing may be done by it any more, from that moment.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>The topics it was given for; empty for all that its kind covers.</summary>
    public IReadOnlyCollection<string> Topics { get; init; } = [];

    /// <summary>What may be done by it; empty for all that its kind covers.</summary>
    public IReadOnlyCollection<ActOnBehalf> Acts { get; init; } = [];

    /// <summary>Whether it can be recorded at all for such a party; the reason when not.</summary>
    public Refusal? CheckRecord(PartyKind party, DateOnly? born) =>
        !Fits(party) ? new Refusal("authority-wrong-party")
        : !AuthorityRules.Proves(Evidence, Kind) ? new Refusal("authority-evidence-wrong")
        : Until < From ? new Refusal("authority-until-before-from")
        : Kind == AuthorityKind.ParentalAuthority && born is null ? new Refusal("authority-birth-unknown")
        : null;

    /// <summary>
    /// Whether this act about this topic may be done by it on this day: null, or the first reason why not, in the order in
    /// which a person would want to hear it. <paramref name="born"/>: the day of birth of who is represented, when known.
    /// </summary>
    public Refusal? Check(ActOnBehalf act, string topic, DateOnly today, PartyKind party, DateOnly? born) =>
        IsRevoked ? new Refusal("authority-revoked")
        : today < From ? new Refusal("authority-not-yet", Day(From))
        : Until < today ? new Refusal("authority-expired", Day(Until!.Value))
        : CheckRecord(party, born)
        ?? (LastDay(born) < today ? new Refusal("authority-of-age")
        : !AuthorityRules.Covers(Kind, Matters.Of(topic)) ? new Refusal("authority-other-matter", $"authority:{Code.Of(Kind)}", $"topic:{topic}")
        : Topics.Count > 0 && !Topics.Contains(topic) ? new Refusal("authority-other-topic", $"topic:{topic}")
        : !AuthorityRules.Allows(Kind, act) || (Acts.Count > 0 && !Acts.Contains(act)) ? new Refusal("authority-other-act", $"authority-act:{Code.Of(act)}")
        : null);

    /// <summary>The last day on which it can hold, whatever it is used for; null without an end. A parent's is the day before the 18th birthday.</summary>
    public DateOnly? LastDay(DateOnly? born) =>
        Kind != AuthorityKind.ParentalAuthority || born is not { } day ? Until
        : Birthday.Reaching(OfAge, day).AddDays(-1) is var last && Until < last ? Until : last;

    /// <summary>It has ended: by its date, by a birthday, or because it was revoked. What was still to be sent by it is held.</summary>
    public bool HasLapsed(DateOnly today, DateOnly? born) => IsRevoked || LastDay(born) < today;

    // A business is represented by who signs for it, or by mandate; a person by nobody's signature.
    private bool Fits(PartyKind party) => Kind switch
    {
        AuthorityKind.Mandate or AuthorityKind.Intermediary => true,
        AuthorityKind.AuthorisedSignatory => party == PartyKind.Business,
        _ => party != PartyKind.Business,
    };

    private static string Day(DateOnly day) => day.ToString("d-M-yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
