using Loket.Web.Features.Lines;

namespace Loket.Web.Features.Joining;

/// <summary>A file of people that was read: nothing is stored yet. Part of <c>Joining/People.cshtml</c>.</summary>
public sealed class PeopleImportView
{
    /// <summary>The text that was read, to be confirmed.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is wrong, by row of the file; then nothing can be confirmed.</summary>
    public IReadOnlyList<ImportError> Errors { get; init; } = [];

    /// <summary>Who would be added.</summary>
    public IReadOnlyList<ImportedPerson> People { get; init; } = [];

    /// <summary>Names of the teams that would be made.</summary>
    public IReadOnlyList<string> NewTeams { get; init; } = [];

    /// <summary>How many rows name somebody who is there already: they stay as they are.</summary>
    public int AlreadyThere { get; init; }
}

public sealed record ImportedPerson(string Name, string Team, IReadOnlyList<string> Roles, IReadOnlyList<string> Lines);

/// <summary>GET /people/imports/{id}: what taking an import back would do. View <c>Joining/Undo.cshtml</c>.</summary>
public sealed class UndoView
{
    public long Id { get; init; }

    public DateTime At { get; init; }

    /// <summary>Until when (UTC) it can be taken back.</summary>
    public DateTime Until { get; init; }

    public bool IsUndone { get; init; }

    /// <summary>Names of who would go.</summary>
    public IReadOnlyList<string> Goes { get; init; } = [];

    /// <summary>Names of who stays, because they have signed in or hold something.</summary>
    public IReadOnlyList<string> Stays { get; init; } = [];
}
