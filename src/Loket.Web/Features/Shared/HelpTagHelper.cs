using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Loket.Web.Features.Shared;

/// <summary>
/// <c>&lt;help about="ownership" /&gt;</c>: a question that opens one or two plain sentences where somebody may hesitate: the
/// texts <c>help.{about}</c> and <c>help.{about}-text</c>. Not beside every field.
/// </summary>
[HtmlTargetElement("help", Attributes = "about", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class HelpTagHelper(Say say) : TagHelper
{
    public string About { get; set; } = "";

    /// <summary>Tells apart two on one page about the same; a part that is renewed finds it again by this.</summary>
    public string? Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "details";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "help");
        output.Attributes.SetAttribute("id", Of is null ? $"help-{About}" : $"help-{About}-{Of}");
        output.Content.AppendHtml("<summary><span class=\"help__mark\" aria-hidden=\"true\">?</span>");
        output.Content.Append(say.Text($"help.{About}")).AppendHtml("</summary><p class=\"help__text\">");
        output.Content.Append(say.Text($"help.{About}-text")).AppendHtml("</p>");
    }
}
