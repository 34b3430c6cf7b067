using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Loket.Web.Features.Shared;

/// <summary>
/// <c>&lt;button press="alt+s"&gt;Bewaar&lt;/button&gt;</c>: the key that does it (see keys.ts), for the script, for the eye
/// and for a screen reader. Empty: no key.
/// </summary>
[HtmlTargetElement("button", Attributes = "press")]
[HtmlTargetElement("a", Attributes = "press")]
[HtmlTargetElement("summary", Attributes = "press")]
public sealed class PressTagHelper : TagHelper
{
    public string? Press { get; set; }

    /// <summary>What the eye sees instead, where a shorter key does it too: Enter on what has the focus.</summary>
    public string? PressShown { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (string.IsNullOrEmpty(Press))
        {
            return;
        }

        output.Attributes.SetAttribute("data-key", Press);
        output.Attributes.SetAttribute("aria-keyshortcuts", string.Join('+', Names(Press)));
        output.PostContent.AppendHtml(" ");
        foreach (var cap in Names(PressShown ?? Press))
        {
            output.PostContent.AppendHtml(Press.Contains('+', StringComparison.Ordinal) ? "<kbd aria-hidden=\"true\">" : "<kbd class=\"single\" aria-hidden=\"true\">").Append(cap == "Escape" ? "Esc" : cap).AppendHtml("</kbd>");
        }
    }

    private static IEnumerable<string> Names(string keys) => keys.Split('+').Select(key => $"{char.ToUpperInvariant(key[0])}{key[1..]}");
}
