namespace Loket.Web.Features.Shared;

/// <summary>One choice in a select whose names come from data (municipalities, lines, colleagues).</summary>
public sealed record Option(string Value, string Name, string? Detail = null, string? Group = null);
