using Loket.Web.Features.Rota;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Lines;

/// <summary>GET /lines: the lines of the manager's organisation. View <c>Lines/List.cshtml</c>.</summary>
public sealed class LineListView
{
    public string OrganisationName { get; init; } = "";

    public IReadOnlyList<LineListRow> Lines { get; init; } = [];

    /// <summary>What an import would change, or why it cannot be done; null when none was sent.</summary>
    public ImportView? Import { get; init; }

    /// <summary>How many lines the last import changed; null when none was done just now.</summary>
    public int? Imported { get; init; }

    /// <summary>Where open lines are short of people in the coming days.</summary>
    public IReadOnlyList<ShortWarning> Short { get; init; } = [];
}

/// <summary>Whether a line rings, and what it needs to open.</summary>
public sealed record LineOpening(bool IsLive, IReadOnlyList<ChecklistItem> Checklist);

/// <param name="Item"><c>people</c>, <c>hours</c>, <c>overflow</c>, <c>phone</c>, <c>rota</c> or <c>duty</c>.</param>
public sealed record ChecklistItem(string Item, bool IsThere);

/// <param name="State"><c>free</c>, <c>busy</c>, <c>closed</c> (not open now), <c>nobody</c>, <c>not_connected</c> (no members) or <c>not_open</c> (not opened yet).</param>
/// <param name="OpensAt">When a closed line opens (UTC).</param>
public sealed record LineListRow(string Code, string Topic, string Name, string Strategy, int Members, int Free, string State, DateTime? OpensAt);

/// <summary>GET /lines/{code}: one line. View <c>Lines/Edit.cshtml</c>.</summary>
public sealed class LineEditView
{
    public string Code { get; init; } = "";

    public string Topic { get; init; } = "";

    public string Kind { get; init; } = "";

    public int Version { get; init; }

    public LineSettings Settings { get; init; } = null!;

    /// <summary>The municipalities of the area by name, parted by commas.</summary>
    public string AreaText { get; init; } = "";

    /// <summary>Per weekday code its hours (08:30); null when closed.</summary>
    public IReadOnlyList<(string Day, string? From, string? To)> Week { get; init; } = [];

    /// <summary>Days with their own hours, one a line: <c>2026-12-24 08:30-12:00</c>, <c>2026-12-28 closed</c>.</summary>
    public string Exceptions { get; init; } = "";

    /// <summary>The specialists of the organisation, members first.</summary>
    public IReadOnlyList<LineMemberRow> People { get; init; } = [];

    /// <summary>The organisation's other lines, to overflow to.</summary>
    public IReadOnlyList<Option> OtherLines { get; init; } = [];

    /// <summary>What was changed last, newest first.</summary>
    public IReadOnlyList<LineChangeRow> Changes { get; init; } = [];

    /// <summary>Refused form <c>line</c>, with what is stored now when somebody else was first.</summary>
    public FormState Form { get; init; } = FormState.Empty;

    public bool Saved { get; init; }

    /// <summary>It rings; false until its manager has opened it.</summary>
    public bool IsLive { get; init; }

    /// <summary>What the line needs to open, each with whether it is there.</summary>
    public IReadOnlyList<ChecklistItem> Checklist { get; init; } = [];

    /// <summary>Why it could not be opened just now.</summary>
    public Loket.Domain.Refusal? NotOpened { get; init; }
}

public sealed record LineMemberRow(long Id, string Name, bool On, int Tier, int Place, int Weight, string Languages, string Topics, bool Switched);

/// <param name="Field">A field of <see cref="LineText.Fields"/>, or <c>member</c>.</param>
/// <param name="Person">For a member: whose place it is.</param>
public sealed record LineChangeRow(DateTime At, string By, string Field, string? Person, string? Was, string? Became);

/// <summary>A file that was read: nothing is stored yet.</summary>
public sealed class ImportView
{
    /// <summary>The text that was read, to be confirmed.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is wrong, by row of the file; then nothing can be confirmed.</summary>
    public IReadOnlyList<ImportError> Errors { get; init; } = [];

    public IReadOnlyList<ImportChange> Changes { get; init; } = [];
}

/// <param name="Row">Row of the file, the header is 1; 0 is the file as a whole.</param>
public sealed record ImportError(int Row, string Field, Loket.Domain.Refusal Refusal);

public sealed record ImportChange(string Line, string Field, string? Person, string? Was, string? Became);
