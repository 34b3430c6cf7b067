namespace Loket.Domain.Journeys;

/// <summary>A text in both languages of the screen; both are always there (<see cref="LifeEventRules"/>).</summary>
public sealed record Words(string Nl, string En)
{
    public string In(bool english) => english ? En : Nl;
}

/// <summary>
/// What happens to a citizen or an entrepreneur, as a template of steps (DOMAIN 6). A template is never changed: another
/// text is another <paramref name="Version"/>, and a case keeps the one it started with.
/// </summary>
/// <param name="Id">Stable code, also kept with the case.</param>
/// <param name="Day">The day everything is counted from.</param>
/// <param name="Age">The day is asked as a date of birth, and is the day on which this age is reached; 0 when it is asked as it is.</param>
/// <param name="Topic">What the first question of this event is mostly about: a topic to start a case with.</param>
public sealed record LifeEvent(
    string Id,
    int Version,
    Words Name,
    IReadOnlyList<string> SynonymsNl,
    IReadOnlyList<string> SynonymsEn,
    Words Day,
    int Age,
    string Topic,
    IReadOnlyList<Question> Questions,
    IReadOnlyList<EventStep> Steps);

/// <summary>A branch of a journey: answered yes or no, or not yet.</summary>
public sealed record Question(string Key, Words Text);

/// <summary>One step of a template.</summary>
/// <param name="Key">Stable within the template and over its versions.</param>
/// <param name="Product">The name in the Uniforme Productnamenlijst; null when it is no product of the government.</param>
/// <param name="Term">The term that the law sets for this step.</param>
/// <param name="Target">The day we aim at ourselves: a service norm, never shown as law.</param>
/// <param name="Opens">The first day on which the law allows the step.</param>
/// <param name="Needs">Steps that come first.</param>
/// <param name="Citizen">What the citizen does.</param>
/// <param name="Professional">What the professional does.</param>
/// <param name="When">All that must hold: a question's key, or <c>!key</c> for "no".</param>
public sealed record EventStep(
    string Key,
    Words Title,
    Body Body,
    string? Product,
    TermRef? Term,
    TermRef? Target,
    TermRef? Opens,
    IReadOnlyList<string> Needs,
    Words Citizen,
    Words Professional,
    IReadOnlyList<string> When);

/// <summary>
/// Who carries a step: exactly one of a municipal topic (whoever does it for the citizen's municipality), a national body
/// by its code with the topic of its line, or a kind of partner outside government.
/// </summary>
public sealed record Body(string? Municipal = null, string? National = null, string? Topic = null, string? Partner = null);

/// <summary>A length counted from somewhere in the journey: a legal term by its id, or a service norm by its length.</summary>
/// <param name="From"><c>event</c>, <c>start</c> (the day the journey starts on the case), <c>year-end</c> (31 December of the event's year) or <c>step:key</c>.</param>
public sealed record TermRef(string? Law, string? Length, string From);
