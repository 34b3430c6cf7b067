using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;

namespace Loket.Web.Features.Theme;

/// <summary>The sign of an organisation in the top bar: a small SVG or PNG out of a file beside the configuration.</summary>
/// <param name="Type">The media type it is served as, by what is in the file and not by its name.</param>
public sealed record Logo(byte[] Bytes, string Type)
{
    /// <summary>In bytes. The page of the desk has to stay under 150 kB with a logo too.</summary>
    public const int Largest = 6 * 1024;

    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Changes with the logo, so that a browser may keep it.</summary>
    public string Mark { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes))[..12];

    /// <param name="path">Of the file; not absolute: beside the program.</param>
    /// <returns>The logo, or why it is none.</returns>
    public static (Logo? Logo, string? Fault) Read(string path)
    {
        var file = new FileInfo(Path.GetFullPath(path, AppContext.BaseDirectory));
        if (!file.Exists)
        {
            return (null, $"the logo {path} is not there");
        }

        if (file.Length > Largest)
        {
            return (null, $"the logo {path} is {file.Length} bytes, at most {Largest} may be");
        }

        var bytes = File.ReadAllBytes(file.FullName);
        return bytes.AsSpan().StartsWith(Png) ? (new Logo(bytes, "image/png"), null)
            : IsStill(bytes) ? (new Logo(bytes, "image/svg+xml"), null)
            : (null, $"the logo {path} is no PNG, and no SVG without scripts and without parts from elsewhere");
    }

    // In an <img> a script does not run; opened by its own address it would.
    private static bool IsStill(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Root is { Name: { LocalName: "svg", NamespaceName: "http://www.w3.org/2000/svg" } } svg
                && svg.DescendantsAndSelf().All(e => e.Name.LocalName is not ("script" or "foreignObject" or "style"))
                && svg.DescendantsAndSelf().Attributes().All(a => !a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                    && (a.Name.LocalName != "href" || a.Value.StartsWith('#')));
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
