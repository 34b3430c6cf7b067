using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Loket.Web.Features.Shared;

/// <summary>
/// <c>&lt;form post="/path"&gt;</c>: a form that changes something. Adds the antiforgery token and an idempotency key,
/// so that a form sent twice is done once.
/// </summary>
[HtmlTargetElement("form", Attributes = "post")]
public sealed class PostFormTagHelper(IAntiforgery antiforgery) : TagHelper
{
    public string Post { get; set; } = "";

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("method", "post");
        output.Attributes.SetAttribute("action", Post);
        // What is wrong is said by us, in the language of the page, and what was typed stays.
        output.Attributes.SetAttribute("novalidate", null);
        var tokens = antiforgery.GetAndStoreTokens(ViewContext.HttpContext);
        output.PreContent.AppendHtml(Hidden(tokens.FormFieldName, tokens.RequestToken ?? ""));
        output.PreContent.AppendHtml(Hidden("key", Guid.NewGuid().ToString("N")));
    }

    private static IHtmlContent Hidden(string name, string value)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = "hidden";
        input.Attributes["name"] = name;
        input.Attributes["value"] = value;
        return input;
    }
}
