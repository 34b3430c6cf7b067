using System.Globalization;
using Loket.Domain;
using Loket.Domain.Proactive;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Proactive;

public sealed record PeopleFound(int Added);

/// <summary>
/// Runs a rule over the cases that the own organisation opened, when somebody asks for it; nobody is looked for by itself.
/// A person is found once: not again by the same rule, and not after an objection.
/// </summary>
public sealed class FindPeople(Db db, ProactiveBook book)
{
    public Task<Outcome<PeopleFound>> RunAsync(Actor actor, string ruleId, string? key) =>
        db.WriteAsync<PeopleFound>(Command.Of(actor.Id, "proactive-find", key, new { ruleId }), unit =>
        {
            var rule = FoundPerson.Running(book, actor, ruleId);
            actor.RequireHere(unit);
            var today = AmsterdamTime.DateOf(unit.Now);
            var destroyOn = today.AddDays(book.DecisionOf(rule, actor)!.RetentionDays!.Value);
            var found = rule.Finds.LifeEvent is null ? ByBirthDate(unit, actor, rule, today) : ByLifeEvent(unit, actor, rule, today);
            var added = found.DistinctBy(f => f.Key, StringComparer.Ordinal).Sum(f => Add(unit, actor, rule, f, destroyOn));
            ProactiveLog.Write(unit, actor, rule, "find", added);
            return new PeopleFound(added);
        });

    private IEnumerable<Found> ByBirthDate(Unit unit, Actor actor, ProactiveRule rule, DateOnly today)
    {
        var days = ProactiveRules.BirthDates(rule, today, book.Ages).Select(Dates.Machine).ToList();
        return unit.Query<Row>(
            """
            SELECT p.id AS party_id, p.number_index, p.birth_date, MAX(c.id) AS case_id FROM party p JOIN case_file c ON c.party_id = p.id
            WHERE p.birth_date IN @days AND p.kind = 'person' AND c.organisation_code = @OrganisationCode GROUP BY p.id, p.number_index, p.birth_date ORDER BY p.id
            """,
            new { days, actor.OrganisationCode })
            .Select(r => new Found(r.Key, r.PartyId, r.CaseId, ProactiveRules.DayOf(rule, DateOnly.ParseExact(r.BirthDate!, "yyyy-MM-dd", CultureInfo.InvariantCulture), book.Ages)!.Value));
    }

    // Recorded: a case was opened with it, or its journey was started in a case.
    private static IEnumerable<Found> ByLifeEvent(Unit unit, Actor actor, ProactiveRule rule, DateOnly today)
    {
        var (first, last) = ProactiveRules.RecordedDays(rule, today);
        return unit.Query<Row>(
            """
            SELECT c.party_id, p.number_index, c.id AS case_id, c.opened_at AS recorded_at FROM case_file c JOIN party p ON p.id = c.party_id
            WHERE c.organisation_code = @OrganisationCode AND c.life_event = @LifeEvent AND c.opened_at >= @since AND p.kind = 'person'
            UNION ALL
            SELECT c.party_id, p.number_index, c.id AS case_id, MIN(s.added_at) AS recorded_at FROM chain_step s JOIN case_file c ON c.id = s.case_id JOIN party p ON p.id = c.party_id
            WHERE s.life_event = @LifeEvent AND s.added_at >= @since AND s.state <> 'cancelled' AND c.organisation_code = @OrganisationCode AND p.kind = 'person'
            GROUP BY c.party_id, p.number_index, c.id
            """,
            new { actor.OrganisationCode, rule.Finds.LifeEvent, since = AmsterdamTime.StartOfDay(first) })
            .Select(r => new Found(r.Key, r.PartyId, r.CaseId, AmsterdamTime.DateOf(r.RecordedAt!.Value)))
            .Where(f => f.Day <= last)
            .OrderBy(f => f.Day).ThenBy(f => f.CaseId);
    }

    private static int Add(Unit unit, Actor actor, ProactiveRule rule, Found found, DateOnly destroyOn) => unit.Execute(
        """
        INSERT INTO proactive_person (id, organisation_code, rule_id, rule_version, person_key, party_id, case_id, day, found_at, destroy_on, state, version)
        SELECT @id, @OrganisationCode, @ruleId, @ruleVersion, @Key, @PartyId, @CaseId, @day, @Now, @destroyOn, 'found', 1
        WHERE NOT EXISTS (SELECT 1 FROM proactive_person f WHERE f.organisation_code = @OrganisationCode AND f.rule_id = @ruleId AND f.person_key = @Key)
          AND NOT EXISTS (SELECT 1 FROM proactive_objection b WHERE b.organisation_code = @OrganisationCode AND b.person_key = @Key)
        """,
        new
        {
            id = unit.NewId(), actor.OrganisationCode, ruleId = rule.Id, ruleVersion = rule.Version, found.Key, found.PartyId, found.CaseId, day = Dates.Machine(found.Day), unit.Now,
            destroyOn = Dates.Machine(destroyOn),
        });

    private sealed record Found(string Key, long PartyId, long CaseId, DateOnly Day);

    private sealed class Row
    {
        public long PartyId { get; init; }

        public string? NumberIndex { get; init; }

        public string? BirthDate { get; init; }

        public long CaseId { get; init; }

        public DateTime? RecordedAt { get; init; }

        // The same person has one number over all their cases; without a number each case knows its own.
        public string Key => NumberIndex ?? $"party:{PartyId}";
    }
}
