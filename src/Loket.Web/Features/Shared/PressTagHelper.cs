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

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (string.IsNullOrEmpty(Press))
        {
            return;
        }

        var caps = Press.Split('+').Select(key => $"{char.ToUpperInvariant(key[0])}{key[1..]}").ToList();
        output.Attributes.SetAttribute("data-key", Press);
        output.Attributes.SetAttribute("aria-keyshortcuts", string.Join('+', caps));
        output.PostContent.AppendHtml(" ");
        foreach (var cap in caps)
        {
            output.PostContent.AppendHtml(caps.Count == 1 ? "<kbd class=\"single\" aria-hidden=\"true\">" : "<kbd aria-hidden=\"true\">").Append(cap).AppendHtml("</kbd>");
        }
    }
}
