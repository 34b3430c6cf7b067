using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Loket.Web.Features.Shared;

/// <summary>The choices of a long select, as one piece of the page: one by one, hundreds of them cost more than all the rest of it.</summary>
/// <param name="options">The choices, in the order in which they are shown.</param>
/// <param name="chosen">The value that is chosen; null for none.</param>
public sealed class Options(IEnumerable<Option> options, string? chosen) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var html = new StringBuilder();
        foreach (var option in options)
        {
            html.Append("<option value=\"").Append(encoder.Encode(option.Value)).Append(option.Value == chosen ? "\" selected=\"selected\">" : "\">")
                .Append(encoder.Encode(option.Name)).Append("</option>\n");
        }

        writer.Write(html.ToString());
    }
}
