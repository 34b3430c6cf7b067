namespace Loket.Web.Features.Handoffs;

/// <summary>GET /cases/{id}/preview: exactly what the other side sees. View <c>Handoffs/Preview.cshtml</c>.</summary>
public sealed class PreviewView
{
    public long CaseId { get; init; }

    public string LineName { get; init; } = "";

    /// <summary>The line question as it will go out, masked.</summary>
    public string Question { get; init; } = "";

    public string? Topic { get; init; }

    public string Urgency { get; init; } = "normal";

    /// <summary>Purpose from the sharing rules; null: no row, so no disclosure.</summary>
    public string? Purpose { get; init; }

    public string? Article { get; init; }

    /// <summary>True for a rule that nobody has checked yet: shown as "to be checked".</summary>
    public bool ToBeChecked { get; init; }

    /// <summary>A consult: no fact goes, whatever is ticked.</summary>
    public bool IsConsult { get; init; }

    /// <summary>What goes after acceptance (name, address and BSN are facts of their own).</summary>
    public IReadOnlyList<PreviewFact> After { get; init; } = [];

    /// <summary>Labels of what stays here.</summary>
    public IReadOnlyList<string> Stays { get; init; } = [];
}

public sealed record PreviewFact(string Label, string Value, bool IsNecessary, string? Article = null, bool IsSecret = false);
