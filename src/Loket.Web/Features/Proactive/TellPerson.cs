using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Partners;
using Loket.Web.Security;

namespace Loket.Web.Features.Proactive;

public sealed record PersonTold(string RuleId);

/// <summary>Sends the letter to somebody on a list, once, or records that they do not want it.</summary>
public sealed class TellPerson(Db db, ProactiveBook book, Outgoing outgoing)
{
    /// <param name="english">The language of the letter.</param>
    public Task<Outcome<PersonTold>> SendAsync(Actor actor, long personId, bool english, string? key) =>
        db.WriteAsync<PersonTold>(Command.Of(actor.Id, "proactive-send", key, new { personId, english }), unit =>
        {
            var (person, rule) = FoundPerson.Get(unit, book, actor, personId);
            actor.RequireHere(unit);
            var address = person.Address(unit, actor);
            if (person.WhyNotSend(rule, address, unit.Now) is { } no)
            {
                return no;
            }

            unit.ExecuteGuarded(
                "UPDATE proactive_person SET state = 'sent', sent_by = @actor, sent_at = @Now, version = version + 1 WHERE id = @Id AND version = @Version AND state = 'found'",
                new { actor = actor.Id, unit.Now, person.Id, person.Version });
            var (subject, text) = person.Letter(rule, english, unit.Now);
            outgoing.Queue(unit, person.CaseId, actor.OrganisationCode, "post", address!, $"{subject}\n\n{text}");
            ProactiveLog.Write(unit, actor, rule, "send", 1, person.Id);
            return new PersonTold(rule.Id);
        });

    /// <summary>Ends every list of this organisation for this person, now and later. What was sent stays until the list is destroyed.</summary>
    public Task<Outcome<PersonTold>> ObjectAsync(Actor actor, long personId, string? key) =>
        db.WriteAsync<PersonTold>(Command.Of(actor.Id, "proactive-object", key, new { personId }), unit =>
        {
            var (person, rule) = FoundPerson.Get(unit, book, actor, personId);
            actor.RequireHere(unit);
            unit.Execute(
                """
                INSERT INTO proactive_objection (organisation_code, person_key, recorded_by, recorded_at)
                SELECT @OrganisationCode, @PersonKey, @actor, @Now
                WHERE NOT EXISTS (SELECT 1 FROM proactive_objection b WHERE b.organisation_code = @OrganisationCode AND b.person_key = @PersonKey)
                """,
                new { actor.OrganisationCode, person.PersonKey, actor = actor.Id, unit.Now });
            unit.Execute(
                "DELETE FROM proactive_person WHERE organisation_code = @OrganisationCode AND person_key = @PersonKey AND state = 'found'", new { actor.OrganisationCode, person.PersonKey });
            ProactiveLog.Write(unit, actor, rule, "object", 1, person.Id);
            return new PersonTold(rule.Id);
        });
}
