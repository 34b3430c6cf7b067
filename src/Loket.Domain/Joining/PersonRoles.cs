namespace Loket.Domain.Joining;

/// <summary>What hangs on somebody's roles in the organisation at the moment they would change.</summary>
/// <param name="IsLastAdministrator">Nobody else administers the people of the organisation.</param>
/// <param name="IsOnDuty">Answers for the organisation now as duty supervisor.</param>
/// <param name="IsOnLines">Is a member of a line.</param>
/// <param name="HasOpenWork">Owns a chain, holds a date that runs, or is in a talk.</param>
/// <param name="OnlyLeads">Names of the teams that nobody else leads and that this person would not lead any more.</param>
public sealed record Standing(bool IsLastAdministrator, bool IsOnDuty, bool IsOnLines, bool HasOpenWork, IReadOnlyList<string> OnlyLeads);

/// <summary>The roles an organisation gives its people (DOMAIN 1), and which of them may not be taken while something hangs on them.</summary>
public static class PersonRoles
{
    public const string FrontOffice = "front_office";
    public const string Specialist = "specialist";
    public const string Supervisor = "supervisor";
    public const string Administrator = "organisation_administrator";

    /// <summary>A library or volunteer who asks for a citizen (DOMAIN 1); goes with no other role.</summary>
    public const string InformationPoint = "information_point";

    /// <summary>In the order of the screen. The national administrator is not given by an organisation.</summary>
    public static readonly IReadOnlyList<string> All = [FrontOffice, Specialist, Supervisor, "line_manager", Administrator, "privacy_officer", InformationPoint];

    /// <summary>Those a rule gives at sign-on; an information point is named by hand, person by person.</summary>
    public static readonly IReadOnlyList<string> ByRule = [.. All.Where(role => role != InformationPoint)];

    private static readonly string[] CaseWork = [FrontOffice, Specialist, Supervisor];

    /// <summary>Whether these roles may be held by one person.</summary>
    public static Refusal? CheckTogether(IReadOnlyCollection<string> roles) =>
        roles.Contains(InformationPoint) && roles.Any(role => role != InformationPoint) ? new Refusal("information-point-alone") : null;

    /// <summary>Why these roles cannot become those now; null when they can.</summary>
    public static Refusal? Check(IReadOnlyCollection<string> before, IReadOnlyCollection<string> after, Standing standing)
    {
        bool Loses(string role) => before.Contains(role) && !after.Contains(role);
        return after.FirstOrDefault(role => !All.Contains(role)) is { } unknown ? new Refusal("role-unknown", unknown)
            : after.Count == 0 ? new Refusal("role-missing")
            : CheckTogether(after) is { } together ? together
            : Loses(Administrator) && standing.IsLastAdministrator ? new Refusal("last-administrator")
            : Loses(Supervisor) && standing.IsOnDuty ? new Refusal("person-on-duty")
            : standing.OnlyLeads.Count > 0 ? new Refusal("team-without-supervisor", standing.OnlyLeads[0])
            : Loses(Specialist) && standing.IsOnLines ? new Refusal("person-on-lines")
            : standing.HasOpenWork && before.Any(CaseWork.Contains) && !after.Any(CaseWork.Contains) ? new Refusal("person-has-open")
            : null;
    }
}
