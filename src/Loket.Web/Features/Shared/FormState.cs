using Loket.Domain;

namespace Loket.Web.Features.Shared;

/// <summary>A "no" about one field of a form. <paramref name="Field"/> is the form field's name; "" is the form as a whole.</summary>
public sealed record FieldError(string Field, Refusal Refusal);

/// <summary>
/// What a form was sent with and why it was refused, so that what was typed stays on the page.
/// Without errors it may carry a kept draft.
/// </summary>
public sealed class FormState
{
    public static readonly FormState Empty = new();

    /// <summary>The form this is about: its <c>data-form</c> name, e.g. <c>case</c>, <c>fact</c>, <c>promise</c>.</summary>
    public string Form { get; init; } = "";

    /// <summary>What was typed, by form field name.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>When a kept draft was saved (UTC); null when the values are no draft.</summary>
    public DateTime? DraftSavedAt { get; init; }

    /// <summary>For a stale version: what stands in each field now, by form field name.</summary>
    public IReadOnlyDictionary<string, string> Stored { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Refused because somebody changed it meanwhile.</summary>
    public bool IsStale => Errors.Any(e => e.Refusal.Code == "stale");

    public bool IsFor(string form) => string.Equals(Form, form, StringComparison.Ordinal);

    /// <summary>What was typed in the field when this state is about that form, else what is stored.</summary>
    public string? Value(string form, string field, string? stored = null) =>
        IsFor(form) && Values.TryGetValue(field, out var typed) ? typed : stored;

    public IEnumerable<FieldError> ErrorsOf(string form, string field) =>
        IsFor(form) ? Errors.Where(e => string.Equals(e.Field, field, StringComparison.Ordinal)) : [];
}
