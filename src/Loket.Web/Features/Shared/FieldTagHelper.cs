using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Loket.Web.Features.Shared;

/// <summary>
/// <c>&lt;field form="case" name="question" label="desk.question" state="Model.Form"&gt;control&lt;/field&gt;</c>:
/// label, control, error under it, and what is stored now when the form was stale. The control inside gets the id
/// <c>{form}-{name}</c> itself; on an error give it <c>aria-invalid</c> and <c>aria-describedby</c> with
/// <see cref="FieldExtensions"/>.
/// </summary>
[HtmlTargetElement("field", Attributes = "name")]
public sealed class FieldTagHelper(Say say) : TagHelper
{
    public string Form { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>Text key of the label.</summary>
    public string Label { get; set; } = "";

    /// <summary>Text key of a short remark behind the label.</summary>
    public string? Hint { get; set; }

    public bool LabelHidden { get; set; }

    /// <summary>The single key that goes to this field; null when none.</summary>
    public string? KeyHint { get; set; }

    public FormState State { get; set; } = FormState.Empty;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var id = $"{Form}-{Name}";
        var errors = State.ErrorsOf(Form, Name).ToList();
        output.TagName = "div";
        var invalid = errors.Count > 0 ? " field--invalid" : "";
        var more = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", $"utrecht-form-field field{invalid} {more}".TrimEnd());

        var content = await output.GetChildContentAsync().ConfigureAwait(false);
        output.Content.Clear();
        output.Content.AppendHtml($"<label class=\"field__label{(LabelHidden ? " visually-hidden" : "")}\" for=\"{id}\">");
        output.Content.Append(say.Text(Label));
        if (Hint is not null)
        {
            output.Content.AppendHtml(" <span class=\"support\">").Append(say.Text(Hint)).AppendHtml("</span>");
        }

        if (KeyHint is not null)
        {
            output.Content.AppendHtml(" <kbd class=\"single\" aria-hidden=\"true\">").Append(KeyHint).AppendHtml("</kbd>");
        }

        output.Content.AppendHtml("</label>").AppendHtml(content);
        if (State.IsFor(Form) && State.Stored.TryGetValue(Name, out var stored))
        {
            output.Content.AppendHtml("<p class=\"field__stored\">").Append(say.Text("form.stored-now", stored)).AppendHtml("</p>");
        }

        foreach (var error in errors)
        {
            output.Content.AppendHtml($"<p class=\"field__error\" id=\"{id}-error\">").Append(say.Refusal(error.Refusal)).AppendHtml("</p>");
        }
    }
}

/// <summary>The attributes of a control whose value was refused; null renders none.</summary>
public static class FieldExtensions
{
    public static string? Invalid(this FormState state, string form, string field) =>
        state.ErrorsOf(form, field).Any() ? "true" : null;

    public static string? DescribedBy(this FormState state, string form, string field) =>
        state.ErrorsOf(form, field).Any() ? $"{form}-{field}-error" : null;
}
