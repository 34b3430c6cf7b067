using Loket.Domain;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// GET /handoffs/{id}/lines: which line may be asked into the talk, and, once one is chosen, exactly what it will see. View
/// <c>Handoffs/OneMoreLine.cshtml</c>.
/// </summary>
public sealed class OneMoreLineView
{
    public long HandoffId { get; init; }

    /// <summary>The talk is a consult: no fact goes along, whatever line it is.</summary>
    public bool IsConsult { get; init; }

    /// <summary>Lines to choose from; empty once one is chosen.</summary>
    public IReadOnlyList<LineChoice> Lines { get; init; } = [];

    /// <summary>The chosen line; null before.</summary>
    public string? Line { get; init; }

    public string LineName { get; init; } = "";

    public string Topic { get; init; } = "";

    /// <summary>Purpose and article by the sharing rules; null: no row, so nothing goes along.</summary>
    public string? Purpose { get; init; }

    /// <summary>True for a rule that nobody has checked yet.</summary>
    public bool ToBeChecked { get; init; }

    /// <summary>Facts of the asker's own organisation that may go to this line.</summary>
    public IReadOnlyList<FactChoice> Facts { get; init; } = [];

    /// <summary>Labels of the asker's facts that may not.</summary>
    public IReadOnlyList<string> Stays { get; init; } = [];

    /// <summary>What was said before, as the asker read it: each may be given along.</summary>
    public IReadOnlyList<MessageChoice> Messages { get; init; } = [];

    /// <summary>What in the typed question may say who it is about.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    public string? MaskedQuestion { get; init; }

    /// <summary>Why nobody can be asked now.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Refused form <c>line</c>: lineQuestion, facts, messages.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

/// <summary>A line to choose, with how many of it are free now.</summary>
public sealed record LineChoice(string Code, string Name, int Free);

public sealed record FactChoice(long Id, string Label, string Value, bool IsTicked, bool IsSecret);

public sealed record MessageChoice(long Id, DateTime At, string AuthorName, string AuthorOrganisation, string Text, bool IsTicked);
