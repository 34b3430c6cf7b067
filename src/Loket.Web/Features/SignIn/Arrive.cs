using System.Security.Claims;
using Loket.Domain;
using Loket.Domain.Joining;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Joining;
using Loket.Web.Security;

namespace Loket.Web.Features.SignIn;

/// <summary>Who arrives at the door, as the provider vouches for: issuer and subject name the person for good.</summary>
public sealed record Arrival(string Issuer, string Subject, string Name, string Oin, bool NationalAdministrator, IReadOnlyList<Claim> Claims);

/// <summary>
/// Turns who the provider vouches for into a professional of one organisation. The organisation is found by its OIN; roles
/// come from that organisation's own rules and are set anew at each sign-on, so who lost a group at home loses the role
/// here. Somebody whom no rule gives a role is not let in, and nothing of them is stored.
/// </summary>
public sealed class Arrive(Db db)
{
    private const int LongestName = 120;

    public Task<Outcome<Actor>> RunAsync(Arrival arrival) => db.WriteAsync<Actor>(unit =>
    {
        var known = unit.Find<Known>(
            """
            SELECT p.id, p.organisation_code, p.active, p.information_point FROM professional_identity i JOIN professional p ON p.id = i.professional_id
            WHERE i.issuer = @Issuer AND i.subject = @Subject
            """,
            new { Issuer = SignOnSetting.NameOf(arrival.Issuer), arrival.Subject });
        if (known is { Active: 0 })
        {
            return new Refusal("sign-on-left");
        }

        var oin = arrival.Oin.Trim();
        if (oin.Length == 0 || unit.Find<Home>("SELECT code, display_name FROM organisation WHERE oin = @oin ORDER BY code", new { oin }) is not { } home)
        {
            return new Refusal("sign-on-no-organisation");
        }

        home = Since(unit, home, known);
        if (known is not null && known.OrganisationCode != home.Code)
        {
            return new Refusal("sign-on-moved");
        }

        var all = StoredRules.Load(unit, home.Code);
        var rules = RoleRules.Met(all, arrival.Claims.Select(claim => (claim.Type, claim.Value)));
        // An information point is named by hand: no rule of the organisation gives or takes that. A rule that is met takes its place.
        if (rules.Count == 0 && !arrival.NationalAdministrator && (known is null || (all.Count > 0 && known.InformationPoint == 0)))
        {
            return new Refusal("sign-on-no-role");
        }

        var id = known?.Id ?? Add(unit, arrival, home, rules);
        if (rules.Count > 0 || arrival.NationalAdministrator)
        {
            SetRoles(unit, id, arrival, rules);
        }

        StoredRules.KeepClaims(unit, id, all, arrival.Claims);
        return Actor.Load(unit, id)!;
    });

    private static long Add(Unit unit, Arrival arrival, Home home, IReadOnlyList<RoleRule> rules)
    {
        var id = unit.NewId();
        unit.Execute(
            "INSERT INTO professional (id, organisation_code, team_code, name, active) VALUES (@id, @Code, @team, @name, 1)",
            new { id, home.Code, team = rules.FirstOrDefault(r => r.Team is not null)?.Team ?? Team(unit, home), name = NameOf(arrival) });
        unit.Execute(
            "INSERT INTO professional_identity (issuer, subject, professional_id, since) VALUES (@Issuer, @Subject, @id, @Now)",
            new { Issuer = SignOnSetting.NameOf(arrival.Issuer), arrival.Subject, id, unit.Now });
        return id;
    }

    private static void SetRoles(Unit unit, long id, Arrival arrival, IReadOnlyList<RoleRule> rules)
    {
        bool Has(string role) => rules.Any(r => r.Role == role);
        unit.Execute(
            """
            UPDATE professional SET name = @name, front_office = @frontOffice, specialist = @specialist, supervisor = @supervisor, line_manager = @lineManager,
                organisation_administrator = @organisationAdministrator, national_administrator = @nationalAdministrator, privacy_officer = @privacyOfficer,
                information_point = 0, version = version + 1
            WHERE id = @id
            """,
            new
            {
                id,
                name = NameOf(arrival),
                frontOffice = Has(Policies.FrontOffice),
                specialist = Has(Policies.Specialist),
                supervisor = Has(Policies.Supervisor),
                lineManager = Has(Policies.LineManager),
                organisationAdministrator = Has(Policies.OrganisationAdministrator),
                nationalAdministrator = arrival.NationalAdministrator,
                privacyOfficer = Has(Policies.PrivacyOfficer),
            });
    }

    // Who comes with the number of a body that has ended belongs to the one that goes on: in a split, where they went.
    private static Home Since(Unit unit, Home home, Known? known)
    {
        var code = known is not null && unit.Scalar<long>(
            """
            SELECT (SELECT COUNT(*) FROM past_organisation e WHERE e.organisation_code = @OrganisationCode AND e.past_code = @Code)
                 + (SELECT COUNT(*) FROM merger_body b JOIN merger g ON g.id = b.merger_id AND g.state = 'applied'
                    WHERE b.organisation_code = @Code AND b.successor_code = @OrganisationCode AND b.stays = 1)
            """,
            new { known.OrganisationCode, home.Code }) > 0
            ? known.OrganisationCode
            : Municipality.Now(unit, home.Code);
        return code == home.Code ? home : unit.Find<Home>("SELECT code, display_name FROM organisation WHERE code = @code", new { code })!;
    }

    /// <summary>The organisation's first team; the very first professional gets one made for all who come after.</summary>
    private static string Team(Unit unit, Home home)
    {
        if (unit.Find<string>("SELECT code FROM team WHERE organisation_code = @Code ORDER BY code", new { home.Code }) is { } first)
        {
            return first;
        }

        var code = $"{home.Code}-team";
        unit.Execute("INSERT INTO team (code, organisation_code, name) VALUES (@code, @organisation, @name)", new { code, organisation = home.Code, name = home.DisplayName });
        return code;
    }

    private static string NameOf(Arrival arrival)
    {
        var name = arrival.Name.Trim();
        name = name.Length > LongestName ? name[..LongestName] : name;
        return name.Length == 0 || FreeText.Check(LongestName, name) is not null ? "?" : name;
    }

    private sealed class Known
    {
        public long Id { get; init; }

        public string OrganisationCode { get; init; } = "";

        public int Active { get; init; }

        public int InformationPoint { get; init; }
    }

    private sealed class Home
    {
        public string Code { get; init; } = "";

        public string DisplayName { get; init; } = "";
    }
}
