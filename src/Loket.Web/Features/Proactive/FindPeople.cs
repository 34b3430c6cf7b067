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
/// Runs a rule over the cases that the own organisation, or one before it, opened, when somebody asks for it; nobody is looked for by itself.
/// A person is found once: not again by the same rule, and not after an objection.
/// </summary>
public sealed class FindPeople(Db db, ProactiveBook book)
{
    public async Task<Outcome<PeopleFound>> RunAsync(Actor actor, string ruleId, string? key)
    {
        var runs = FoundPerson.RuleOf(book, actor, ruleId);
        if (runs.Refusal is { } no)
        {
            return no;
        }

        // Looked for outside the write: it reads a whole organisation's cases, and nobody should wait for that.
        var (rule, today) = (runs.Value, AmsterdamTime.DateOf(db.Now()));
        var found = await db.ReadAsync(r => rule.Finds.LifeEvent is null ? ByBirthDateAsync(r, actor, rule, today) : ByLifeEventAsync(r, actor, rule, today));
        return await db.WriteAsync<PeopleFound>(Command.Of(actor.Id, "proactive-find", key, new { ruleId }), unit =>
        {
            actor.RequireHere(unit);
            var destroyOn = today.AddDays(book.DecisionOf(rule, actor)!.RetentionDays!.Value);
            var added = found.DistinctBy(f => f.Key, StringComparer.Ordinal).Sum(f => Add(unit, actor, rule, f, destroyOn));
            ProactiveLog.Write(unit, actor, rule, "find", added);
            return new PeopleFound(added);
        });
    }

    private async Task<List<Found>> ByBirthDateAsync(Reader r, Actor actor, ProactiveRule rule, DateOnly today)
    {
        var days = ProactiveRules.BirthDates(rule, today, book.Ages).Select(Dates.Machine).ToHashSet(StringComparer.Ordinal);
        var known = await r.QueryAsync<Row>(
            $"""
            SELECT p.id AS party_id, p.number_index, v.value AS birth_date, c.id AS case_id
            FROM fact f JOIN personal_value v ON v.id = f.personal_id JOIN case_file c ON c.id = f.case_id JOIN party p ON p.id = c.party_id
            WHERE f.kind = 'birth_date' AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes})
              AND (c.organisation_code = @OrganisationCode OR c.organisation_code IN {Actor.PastCodes}) AND p.kind = 'person'
            ORDER BY f.case_id DESC
            """,
            new { actor.OrganisationCode });
        return [.. known.Where(r => r.BirthDate is not null && days.Contains(r.BirthDate))
            .Select(r => new Found(r.Key, r.PartyId, r.CaseId, ProactiveRules.DayOf(rule, DateOnly.ParseExact(r.BirthDate!, "yyyy-MM-dd", CultureInfo.InvariantCulture), book.Ages)!.Value))];
    }

    // Recorded: a case was opened with it, or its journey was started in a case.
    private static async Task<List<Found>> ByLifeEventAsync(Reader r, Actor actor, ProactiveRule rule, DateOnly today)
    {
        var (first, last) = ProactiveRules.RecordedDays(rule, today);
        var recorded = await r.QueryAsync<Row>(
            $"""
            SELECT c.party_id, p.number_index, c.id AS case_id, c.opened_at AS recorded_at FROM case_file c JOIN party p ON p.id = c.party_id
            WHERE (c.organisation_code = @OrganisationCode OR c.organisation_code IN {Actor.PastCodes}) AND c.life_event = @LifeEvent AND c.opened_at >= @since AND p.kind = 'person'
            UNION ALL
            SELECT c.party_id, p.number_index, c.id AS case_id, MIN(s.added_at) AS recorded_at FROM chain_step s JOIN case_file c ON c.id = s.case_id JOIN party p ON p.id = c.party_id
            WHERE s.life_event = @LifeEvent AND s.added_at >= @since AND s.state <> 'cancelled' AND (c.organisation_code = @OrganisationCode OR c.organisation_code IN {Actor.PastCodes}) AND p.kind = 'person'
            GROUP BY c.party_id, p.number_index, c.id
            """,
            new { actor.OrganisationCode, rule.Finds.LifeEvent, since = AmsterdamTime.StartOfDay(first) });
        return [.. recorded.Select(r => new Found(r.Key, r.PartyId, r.CaseId, AmsterdamTime.DateOf(r.RecordedAt!.Value)))
            .Where(f => f.Day <= last)
            .OrderBy(f => f.Day).ThenBy(f => f.CaseId)];
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
