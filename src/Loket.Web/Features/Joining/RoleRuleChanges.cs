using Loket.Domain;
using Loket.Domain.Joining;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Joining;

public sealed record RulesChanged(int Rules);

/// <summary>
/// Adds or takes away a rule that gives roles at sign-on. What it would change is worked out from what the provider said
/// at everybody's last sign-on; a change by which the administrator would lose the own role is refused.
/// </summary>
public sealed class RoleRuleChanges(Db db)
{
    public const int MostRules = 200;

    /// <summary>What the change would do; nothing is stored. Null when there is no such rule.</summary>
    public async Task<RulePreview?> PreviewAsync(Actor actor, RuleChange change)
    {
        RulePreview? preview = null;
        // Refused on purpose: a look at one moment, in a unit that is taken back.
        await db.WriteAsync<bool>(unit =>
        {
            preview = Plan(unit, actor, change);
            return new Refusal("rule-preview");
        });
        return preview;
    }

    public Task<Outcome<RulesChanged>> RunAsync(Actor actor, RuleChange change, string? key) =>
        db.WriteAsync<RulesChanged>(Command.Of(actor.Id, "role-rule", key, change), unit =>
        {
            actor.RequireHere(unit);
            if (change.Rule is { } form && Errors(unit, actor, form).FirstOrDefault() is { } wrong)
            {
                return wrong.Refusal;
            }

            if (Plan(unit, actor, change) is not { } plan)
            {
                return new Refusal("rule-unknown");
            }

            if (plan.Refusal is { } no)
            {
                return no;
            }

            if (change.Rule is { } rule)
            {
                unit.Execute(
                    "INSERT INTO role_rule (id, organisation_code, claim, value, role, team_code) VALUES (@id, @OrganisationCode, @Claim, @Value, @Role, @Team)",
                    new { id = unit.NewId(), actor.OrganisationCode, rule.Claim, rule.Value, rule.Role, rule.Team });
            }
            else
            {
                unit.Execute("DELETE FROM role_rule WHERE id = @Remove AND organisation_code = @OrganisationCode", new { change.Remove, actor.OrganisationCode });
            }

            var rules = StoredRules.Load(unit, actor.OrganisationCode).Count;
            SavePerson.Record(unit, actor, actor.Id, change.Rule is null ? "rule-removed" : "rule-added", null, change.Rule is { } r ? $"{r.Claim} = {r.Value}: {r.Role}" : null);
            return new RulesChanged(rules);
        });

    /// <summary>What is wrong with a rule, by field.</summary>
    public async Task<IReadOnlyList<FieldError>> ErrorsAsync(Actor actor, RuleForm form)
    {
        IReadOnlyList<FieldError> errors = [];
        await db.WriteAsync<bool>(unit =>
        {
            errors = [.. Errors(unit, actor, form)];
            return new Refusal("rule-preview");
        });
        return errors;
    }

    private static IEnumerable<FieldError> Errors(Unit unit, Actor actor, RuleForm form)
    {
        if (form.Claim.Length is 0 or > 80 || form.Claim.Any(c => c is <= ' ' or > '~') || FreeText.Check(80, form.Claim) is not null)
        {
            yield return new("claim", new Refusal("rule-claim"));
        }

        if (form.Value.Length == 0)
        {
            yield return new("value", new Refusal("rule-value"));
        }
        else if (FreeText.Check(200, form.Value) is { } no)
        {
            yield return new("value", no);
        }

        if (!PersonRoles.ByRule.Contains(form.Role))
        {
            yield return new("role", new Refusal("role-unknown", form.Role));
        }

        if (form.Team is { } team && unit.Scalar<int>("SELECT COUNT(*) FROM team WHERE code = @team AND organisation_code = @OrganisationCode", new { team, actor.OrganisationCode }) == 0)
        {
            yield return new("team", new Refusal("team-unknown", team));
        }

        var rules = StoredRules.Load(unit, actor.OrganisationCode);
        if (rules.Count >= MostRules || rules.Exists(r => r.Claim == form.Claim && r.Value == form.Value && r.Role == form.Role))
        {
            yield return new("value", new Refusal(rules.Count >= MostRules ? "rule-too-many" : "rule-twice"));
        }
    }

    private static RulePreview? Plan(Unit unit, Actor actor, RuleChange change)
    {
        var before = StoredRules.Load(unit, actor.OrganisationCode);
        var after = before.ToList();
        if (change.Rule is { } rule)
        {
            after.Add(new RoleRule(rule.Claim, rule.Value, rule.Role, rule.Team));
        }
        else if (unit.Find<Row>("SELECT claim, value, role FROM role_rule WHERE id = @Remove AND organisation_code = @OrganisationCode", new { change.Remove, actor.OrganisationCode }) is { } gone)
        {
            after.RemoveAt(after.FindIndex(r => r.Claim == gone.Claim && r.Value == gone.Value && r.Role == gone.Role));
        }
        else
        {
            return null;
        }

        var people = unit.Query<PersonRow>(
            """
            SELECT p.id, p.name, p.front_office, p.specialist, p.supervisor, p.line_manager, p.organisation_administrator, p.privacy_officer, p.information_point
            FROM professional p WHERE p.organisation_code = @OrganisationCode AND p.active = 1 ORDER BY p.name, p.id
            """,
            new { actor.OrganisationCode });
        var claims = unit.Query<ClaimRow>(
            "SELECT c.professional_id, c.claim, c.value FROM professional p JOIN professional_claim c ON c.professional_id = p.id WHERE p.organisation_code = @OrganisationCode AND p.active = 1",
            new { actor.OrganisationCode }).ToLookup(c => c.ProfessionalId, c => (c.Claim, c.Value));
        // Without any rule, roles stay as they were set by hand.
        var changed = after.Count == 0 ? [] : people.Where(p => claims.Contains(p.Id))
            .Select(p => (Person: p, Became: RoleRules.Roles(after, claims[p.Id])))
            .Where(p => !p.Person.Roles.SequenceEqual(p.Became) && !(p.Person.InformationPoint && p.Became.Count == 0)).ToList();
        var locksOut = changed.Exists(p => p.Person.Id == actor.Id && p.Person.OrganisationAdministrator && !p.Became.Contains(PersonRoles.Administrator));
        return new RulePreview(
            change, changed.ConvertAll(p => new RuleEffect(p.Person.Name, p.Person.Roles, p.Became)), people.Count(p => !claims.Contains(p.Id)),
            locksOut ? new Refusal("rule-locks-you-out") : null);
    }

    private sealed class Row
    {
        public string Claim { get; init; } = "";

        public string Value { get; init; } = "";

        public string Role { get; init; } = "";
    }

    private sealed class PersonRow : RoleColumns
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed class ClaimRow
    {
        public long ProfessionalId { get; init; }

        public string Claim { get; init; } = "";

        public string Value { get; init; } = "";
    }
}
