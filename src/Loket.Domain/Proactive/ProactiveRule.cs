using Loket.Domain.Journeys;

namespace Loket.Domain.Proactive;

/// <summary>
/// Finds who should be told something that nobody asked for: what it looks at, when, on which article, and the message.
/// It runs for an organisation only with that organisation's own <see cref="ProactiveDecision"/>.
/// </summary>
/// <param name="From">First day of the message, in days from the day it is about; negative before it.</param>
/// <param name="Until">Last day of the message, counted the same way.</param>
/// <param name="Law">What the message is about: the id of a term of the law.</param>
/// <param name="Basis">The article on which people may be found at all.</param>
/// <param name="OptOut">How a person says that they do not want such messages; stands under every message.</param>
public sealed record ProactiveRule(
    string Id, int Version, Words Name, Finds Finds, int From, int Until, string Law, LegalBasis Basis, Words Subject, Words Text, Words OptOut)
{
    /// <summary>For how many days a person can be found.</summary>
    public int Window => Until - From;

    /// <summary>Whether today is a day for a message about <paramref name="day"/>.</summary>
    public bool Fits(DateOnly day, DateOnly today) => today >= day.AddDays(From) && today <= day.AddDays(Until);
}

/// <summary>What a rule looks at in the organisation's own cases: exactly one of an age, the state pension age, or a life event.</summary>
/// <param name="Age">Whole years that somebody reaches; their birth date is looked at.</param>
/// <param name="PensionAge">The age of AOW art. 7a; their birth date is looked at.</param>
/// <param name="LifeEvent">The id of a life event that was recorded: the case was opened with it, or its journey was started.</param>
public sealed record Finds(int? Age = null, bool PensionAge = false, string? LifeEvent = null);

/// <summary>An article, and in short what it says.</summary>
public sealed record LegalBasis(string Law, string Article, Words Says);

/// <summary>Who read a text of law against what is done with it, and when.</summary>
public sealed record Verified(string By, DateOnly On);

/// <summary>An entry of the organisation's register of processing activities (AVG art. 30).</summary>
public sealed record RegisterEntry(string Uri, string Name);

/// <summary>What one organisation, as controller, decided about one rule. What is null was not decided.</summary>
public sealed record ProactiveDecision(string RuleId, string Organisation, RegisterEntry? Register, Verified? Article, int? RetentionDays);
