using Loket.Web.Features.Drafts;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Desk;

/// <summary>What stands in the form of a case: what was refused, else what was typed after the case was last saved.</summary>
public static class CaseForm
{
    /// <param name="about">The case as it stands.</param>
    /// <param name="sent">A refused form of this page; with another name than <c>case</c> it says nothing here.</param>
    /// <param name="draft">What was typed and not saved; null when nothing.</param>
    /// <param name="named">The name of a field's stored value, as shown.</param>
    public static FormState Of(DeskCase about, FormState sent, Draft? draft, Func<string, string?, string> named)
    {
        var stored = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["question"] = about.Question, ["lifeEvent"] = about.LifeEvent, ["topic"] = about.Topic, ["municipality"] = about.Municipality, ["title"] = about.Title,
        };
        bool Differs(IReadOnlyDictionary<string, string> typed, string field) => typed.TryGetValue(field, out var value) && Plain(value) != Plain(stored[field]);

        if (sent.IsFor("case"))
        {
            return !sent.IsStale ? sent : new FormState
            {
                Form = sent.Form, Values = sent.Values, Errors = sent.Errors,
                Stored = stored.Where(f => Differs(sent.Values, f.Key)).ToDictionary(f => f.Key, f => named(f.Key, f.Value), StringComparer.Ordinal),
            };
        }

        var typedSince = draft is not null && (about.SavedAt is not { } saved || draft.SavedAt > saved) && stored.Keys.Any(f => Differs(draft.Fields, f));
        return about is { MayEdit: true, IsOwnOrganisation: true } && typedSince
            ? new FormState { Form = "case", Values = draft!.Fields, DraftSavedAt = draft.SavedAt }
            : FormState.Empty;
    }

    private static string Plain(string? text) => text?.Trim().ReplaceLineEndings("\n") ?? "";
}
