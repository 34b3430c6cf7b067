using System.Globalization;
using Loket.Domain;
using Loket.Domain.Proactive;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Proactive;

/// <summary>Somebody on a list, with what a letter to them needs.</summary>
internal sealed class FoundPerson
{
    public long Id { get; init; }

    public string RuleId { get; init; } = "";

    public string PersonKey { get; init; } = "";

    public long CaseId { get; init; }

    public string Number { get; init; } = "";

    public string? Name { get; init; }

    public string Day { get; init; } = "";

    public string State { get; init; } = "";

    public DateTime? SentAt { get; init; }

    public int Version { get; init; }

    public string Organisation { get; init; } = "";

    public string? Phone { get; init; }

    public int Secret { get; init; }

    public int Objected { get; init; }

    public const string Select = """
        SELECT f.id, f.rule_id, f.person_key, f.case_id, c.number, (SELECT pn.value FROM personal_value pn WHERE pn.id = p.name_id) AS name, f.day, f.state, f.sent_at, f.version, p.secret, o.display_name AS organisation, o.phone,
               CASE WHEN EXISTS (SELECT 1 FROM proactive_objection b WHERE b.organisation_code = f.organisation_code AND b.person_key = f.person_key) THEN 1 ELSE 0 END AS objected
        FROM proactive_person f JOIN party p ON p.id = f.party_id JOIN case_file c ON c.id = f.case_id JOIN organisation o ON o.code = f.organisation_code
        """;

    public DateOnly On => DateOnly.ParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Somebody on a list of the actor's organisation, with the rule that found them; for anybody else they are not there.</summary>
    public static (FoundPerson Person, ProactiveRule Rule) Get(Unit unit, ProactiveBook book, Actor actor, long id)
    {
        var person = unit.Find<FoundPerson>($"{Select} WHERE f.id = @id AND f.organisation_code = @OrganisationCode", new { id, actor.OrganisationCode })
            ?? throw new RefusedException(new Refusal("proactive-person-unknown"));
        return (person, Running(book, actor, person.RuleId));
    }

    /// <summary>The rule, when it runs for this person's organisation; else the first reason why not.</summary>
    public static Outcome<ProactiveRule> RuleOf(ProactiveBook book, Actor actor, string ruleId) =>
        book.Find(ruleId) is not { } rule ? new Refusal("proactive-rule-unknown") : book.WhyNot(rule, actor) is [{ } no, ..] ? no : rule;

    private static ProactiveRule Running(ProactiveBook book, Actor actor, string ruleId)
    {
        var rule = RuleOf(book, actor, ruleId);
        return rule.Refusal is { } no ? throw new RefusedException(no) : rule.Value;
    }

    /// <summary>Where a letter goes: the address that the own organisation recorded last in the case; null when it knows none.</summary>
    public string? Address(Unit unit, Actor actor) => unit.Find<string>(
        $"""
        SELECT v.value FROM fact f JOIN personal_value v ON v.id = f.personal_id
        WHERE f.case_id = @CaseId AND f.kind = 'address' AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes}) AND v.value IS NOT NULL ORDER BY f.id DESC {unit.Dialect.First(1)}
        """,
        new { CaseId, actor.OrganisationCode });

    /// <summary>Why no letter can go now; null when it can.</summary>
    public Refusal? WhyNotSend(ProactiveRule rule, string? address, DateTime now) =>
        State == "sent" ? new Refusal("proactive-already-sent")
        : Objected == 1 ? new Refusal("proactive-objected")
        : !rule.Fits(On, AmsterdamTime.DateOf(now)) ? new Refusal("proactive-too-late")
        : address is null ? new Refusal("proactive-no-address")
        : null;

    /// <summary>The letter in one language, with how to object under it.</summary>
    public (string Subject, string Text) Letter(ProactiveRule rule, bool english, DateTime now)
    {
        var dates = new Dates(now, CultureInfo.GetCultureInfo(english ? "en-GB" : "nl-NL"));
        var name = string.IsNullOrWhiteSpace(Name) ? english ? "resident" : "inwoner" : Name;
        return (rule.Subject.In(english), ProactiveRules.Fill($"{rule.Text.In(english)}\n\n{rule.OptOut.In(english)}", name, dates.Birth(On), Organisation, Phone ?? ""));
    }
}
