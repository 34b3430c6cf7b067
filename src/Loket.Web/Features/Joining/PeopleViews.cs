using Loket.Web.Features.Lines;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Joining;

/// <summary>GET /people: everybody of the organisation, without anything of a case. View <c>Joining/People.cshtml</c>.</summary>
public sealed class PeopleView
{
    public string OrganisationName { get; init; } = "";

    public IReadOnlyList<PersonRow> People { get; init; } = [];

    /// <summary>There are more than the page shows.</summary>
    public bool More { get; init; }

    public IReadOnlyList<Option> Teams { get; init; } = [];

    /// <summary>Who owns what information points ask; null outside municipalities.</summary>
    public IntakeView? Intake { get; init; }

    /// <summary>How far the organisation is with joining.</summary>
    public JoiningProgress Progress { get; init; } = new();

    /// <summary>Files that were read in, newest first.</summary>
    public IReadOnlyList<ImportRow> Imports { get; init; } = [];

    /// <summary>What a file would do, or what is wrong with it; null when none was sent.</summary>
    public PeopleImportView? Import { get; init; }

    public bool NeedsSubject { get; init; }

    /// <summary>How many people the last file added; null when none was read just now.</summary>
    public int? Imported { get; init; }

    /// <summary>Refused form <c>person</c> (new colleague) or <c>team</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

/// <param name="Current">The one who was named; null when nobody was, or who was has left or another role now.</param>
/// <param name="Choices">Who may be named.</param>
public sealed record IntakeView(string? Current, IReadOnlyList<Option> Choices);

public sealed class JoiningProgress
{
    public int People { get; init; }

    public int Supervisors { get; init; }

    /// <summary>Weekdays and dates on which somebody was named to answer for the organisation.</summary>
    public int DutyDays { get; init; }

    public int Lines { get; init; }

    public int LinesWithPeople { get; init; }

    public int LinesLive { get; init; }
}

public sealed record PersonRow(long Id, string Name, string Team, IReadOnlyList<string> Roles, int Lines, bool HasSignedOn);

public sealed class ImportRow
{
    public long Id { get; init; }

    public DateTime At { get; init; }

    public string ByName { get; init; } = "";

    public int People { get; init; }

    public DateTime? UndoneAt { get; init; }
}

/// <summary>GET /people/{id}: one colleague to change. View <c>Joining/Person.cshtml</c>.</summary>
public sealed class PersonView
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string? Subject { get; init; }

    public string Team { get; init; } = "";

    public int Version { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    public IReadOnlyList<string> Leads { get; init; } = [];

    public string LanguagesText { get; init; } = "";

    public string TopicsText { get; init; } = "";

    /// <summary>The person's lines, resolved; who is on a line is the line manager's.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    public IReadOnlyList<Option> Teams { get; init; } = [];

    /// <summary>The organisation has rules, so that roles are set anew at each sign-on.</summary>
    public bool HasRules { get; init; }

    public bool IsYou { get; init; }

    public bool Saved { get; init; }

    public IReadOnlyList<LineChangeRow> Changes { get; init; } = [];

    /// <summary>Refused form <c>person</c>, or <c>leave</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}
