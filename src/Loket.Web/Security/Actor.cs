using System.Security.Claims;
using Loket.Domain;
using Loket.Web.Data;

namespace Loket.Web.Security;

/// <summary>The professional who acts, as the database knows them now: never from what a client sent.</summary>
public sealed class Actor
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string OrganisationCode { get; init; } = "";

    public string OrganisationName { get; init; } = "";

    public string OrganisationKind { get; init; } = "";

    public string TeamCode { get; init; } = "";

    public bool FrontOffice { get; init; }

    public bool Specialist { get; init; }

    public bool Supervisor { get; init; }

    public bool LineManager { get; init; }

    /// <summary>Has a part in cases at all: who only manages lines sees none, whatever else is known of them.</summary>
    public bool WorksCases => FrontOffice || Specialist || Supervisor;

    /// <summary>SQL: <see cref="WorksCases"/> of <c>professional w</c>. Nobody else can own, promise or be called for anything in a case (DOMAIN 1).</summary>
    internal const string CaseWork = "(w.front_office = 1 OR w.specialist = 1 OR w.supervisor = 1)";

    /// <summary>The people, roles and rules of the own organisation; by itself without any case (DOMAIN 1).</summary>
    public bool OrganisationAdministrator { get; init; }

    /// <summary>Organisations, mergers and legal facts of the country; by itself without any case (DOMAIN 1).</summary>
    public bool NationalAdministrator { get; init; }

    /// <summary>Access log, break-glass review, destruction, requests (DOMAIN 1).</summary>
    public bool PrivacyOfficer { get; init; }

    /// <summary>Asks for a citizen and sees what came of it (<c>Features/Questions</c>); has no other role.</summary>
    public bool InformationPoint { get; init; }

    /// <summary>The last own act of this sign-in, to the minute; unset when the actor was not loaded through one.</summary>
    public DateTime SeenAt { get; init; }

    /// <summary>Signed on at the provider of their organisation; false in the demo, where nobody can be asked again who they are.</summary>
    public bool BySignOn { get; init; }

    /// <summary>When they last proved at the provider who they are (UTC), as far as it says so.</summary>
    public DateTime? ProvedAt { get; init; }

    /// <summary>What is read of <c>professional p</c> joined with its <c>organisation o</c>.</summary>
    internal const string Columns = """
        p.id, p.name, p.organisation_code, o.display_name AS organisation_name, o.kind AS organisation_kind, p.team_code,
        p.front_office, p.specialist, p.supervisor, p.line_manager, p.organisation_administrator, p.national_administrator, p.privacy_officer, p.information_point
        """;

    /// <summary>
    /// SQL: the codes whose work the viewer's organisation (<c>@OrganisationCode</c>) goes on with since a merger. What those
    /// bodies knew is known here; beside <c>= @OrganisationCode</c>, never instead of it.
    /// </summary>
    internal const string PastCodes = "(SELECT e.past_code FROM past_organisation e WHERE e.organisation_code = @OrganisationCode)";

    private const string Select =
        $"SELECT {Columns} FROM professional p JOIN organisation o ON o.code = p.organisation_code WHERE p.id = @id AND p.active = 1";

    /// <summary>The active professional with this id, or null.</summary>
    public static Task<Actor?> LoadAsync(Db db, long id) => db.ReadAsync(r => r.FindAsync<Actor>(Select, new { id }));

    public static Actor? Load(Unit unit, long id) => unit.Find<Actor>(Select, new { id });

    /// <summary>
    /// Holds this person's row until the unit commits: nobody deactivates them meanwhile, so nothing is given to who has
    /// just left. False when they have left already.
    /// </summary>
    public static bool Hold(Unit unit, long id) =>
        unit.Execute("UPDATE professional SET version = version WHERE id = @id AND active = 1", new { id }) == 1;

    /// <summary>Holds the person who acts, or refuses with <c>signed-out</c>.</summary>
    public void RequireHere(Unit unit)
    {
        if (!Hold(unit, Id))
        {
            throw new RefusedException(new Refusal("signed-out"));
        }
    }

    public static long? IdOf(ClaimsPrincipal? user) =>
        long.TryParse(user?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
