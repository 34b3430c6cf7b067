using Loket.Domain;

namespace Loket.Web.Features.Shared;

/// <summary>A page that could not be shown: not found, not allowed, or a fault of ours.</summary>
public sealed class ErrorView
{
    /// <summary>HTTP status: 400, 403, 404, 409 or 500.</summary>
    public int Status { get; init; }

    /// <summary>The reason when there is one; else a text by status.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Where the form stood that was refused; null: there is only the start.</summary>
    public string? Back { get; init; }

    /// <summary>What was written in that form, so that it can be taken along: without script the form is gone.</summary>
    public IReadOnlyList<string> Written { get; init; } = [];

    /// <summary>The trace id to tell the help desk; holds nothing personal.</summary>
    public string? TraceId { get; init; }
}
