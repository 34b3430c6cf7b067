using System.Text.Json;
using Loket.Web.Features.Drafts;
using Loket.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Loket.Web.Features.Shared;

/// <summary>
/// <c>&lt;form post="/path"&gt;</c>: a form that changes something. Adds the antiforgery token and an idempotency key,
/// so that a form sent twice is done once. <c>draft</c> or <c>draft-part</c>: what is typed in it is kept until it is sent and put back by
/// itself. Only a page that shows by itself what was typed, because more on it depends on that, names its draft in
/// <c>data-draft</c>.
/// </summary>
[HtmlTargetElement("form", Attributes = "post")]
public sealed class PostFormTagHelper(IAntiforgery antiforgery, Say say) : TagHelper
{
    public string Post { get; set; } = "";

    /// <summary>What is typed in it is kept, under its address.</summary>
    public bool Draft { get; set; }

    /// <summary>The same, with what tells it from the other forms with that address on the page.</summary>
    public string? DraftPart { get; set; }

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
        var http = ViewContext.HttpContext;
        var byItself = Draft || DraftPart is not null;
        var name = !byItself ? context.AllAttributes["data-draft"]?.Value.ToString() : DraftPart is null ? Post : $"{Post} {DraftPart}";
        if (name is null || http.FindActor() is null)
        {
            return;
        }

        output.PreContent.AppendHtml(Hidden(KeptDrafts.Field, name));
        if (!byItself)
        {
            return;
        }

        output.Attributes.SetAttribute("data-draft", name);
        // It came back with a "no": what it shows now was typed, all of it. The other forms of the page get theirs back.
        var isRefused = KeptDrafts.SentBy(http.Request) == name;
        var kept = isRefused ? null : (http.Items[typeof(OpenDrafts)] as OpenDrafts)?.Find(name);
        output.Attributes.SetAttribute("data-restore", kept is null ? "" : JsonSerializer.Serialize(kept.Fields));
        if (kept is not null)
        {
            output.Attributes.SetAttribute("data-restored-line", say.Text("form.draft-back", say.At(kept.SavedAt)));
        }

        if (isRefused)
        {
            output.Attributes.SetAttribute("data-refused", "");
        }
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
