using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Loket.Web.Features.Documents;

/// <summary>
/// What a file is by its content, of the few kinds that are taken: nothing that runs, and nothing a browser would show as a
/// page. The name has to agree, so that nobody who saves it is told another thing than what it is.
/// </summary>
public sealed record FileType(string Code, params string[] Endings)
{
    private const int MostEntries = 5000;

    private static readonly FileType Pdf = new("pdf", "pdf");
    private static readonly FileType Jpeg = new("jpg", "jpg", "jpeg");
    private static readonly FileType Png = new("png", "png");
    private static readonly FileType Word = new("docx", "docx");
    private static readonly FileType Sheet = new("xlsx", "xlsx");
    private static readonly FileType OpenText = new("odt", "odt");
    private static readonly FileType Text = new("txt", "txt");

    public static readonly IReadOnlyList<FileType> All = [Pdf, Jpeg, Png, Word, Sheet, OpenText, Text];

    /// <summary>The kind of file these bytes are; null for any that is not taken, also when something in it could run.</summary>
    public static FileType? Of(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        return bytes.StartsWith("%PDF-"u8) ? HasActive(bytes) ? null : Pdf
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) && IsHeader(bytes) ? Png
            : bytes.StartsWith("PK\u0003\u0004"u8) ? OfArchive(file)
            : IsPlainText(bytes) ? Text
            : null;
    }

    // What a reader would run by itself. It may lie packed inside too: finding that is a scanner's work.
    private static bool HasActive(ReadOnlySpan<byte> pdf) => pdf.IndexOf("/JavaScript"u8) >= 0 || pdf.IndexOf("/JS "u8) >= 0 || pdf.IndexOf("/JS("u8) >= 0 || pdf.IndexOf("/Launch"u8) >= 0;

    private static bool IsHeader(ReadOnlySpan<byte> png) => png.Length > 24 && BinaryPrimitives.ReadUInt32BigEndian(png[8..]) == 13 && png[12..16].SequenceEqual("IHDR"u8);

    private static FileType? OfArchive(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file.ToArray(), writable: false), ZipArchiveMode.Read);
            var names = zip.Entries.Count > MostEntries ? [] : zip.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return names.Any(MayRun) ? null
                : names.Contains("[Content_Types].xml") && !Says(zip.GetEntry("[Content_Types].xml"), "macroEnabled")
                    ? names.Contains("word/document.xml") ? Word : names.Contains("xl/workbook.xml") ? Sheet : null
                : names.Contains("content.xml") && Says(zip.GetEntry("mimetype"), "application/vnd.oasis.opendocument.text") ? OpenText
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // Macros, controls, scripts, and what was packed into it.
    private static bool MayRun(string entry) => entry.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)
        || ((string[])["basic/", "scripts/"]).Any(folder => entry.StartsWith(folder, StringComparison.OrdinalIgnoreCase))
        || ((string[])["/activex/", "/embeddings/", "/macrosheets/"]).Any(folder => entry.Contains(folder, StringComparison.OrdinalIgnoreCase));

    // The start is enough, and all that is unpacked: an entry may say that it is small and be endless.
    private static bool Says(ZipArchiveEntry? entry, string word)
    {
        if (entry is null)
        {
            return false;
        }

        using var stream = entry.Open();
        var start = new byte[64 * 1024];
        return Encoding.UTF8.GetString(start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false))).Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    // Words and line ends; a text that begins as markup is a page or a drawing under another name.
    private static bool IsPlainText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        return bytes.Length > 0 && System.Text.Unicode.Utf8.IsValid(bytes) && !bytes.ContainsAny(Unprintable) && bytes.TrimStart(" \t\r\n"u8) is not [(byte)'<', ..];
    }

    private static readonly System.Buffers.SearchValues<byte> Unprintable = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(b => b is not ('\t' or '\n' or '\r' or '\f')).Select(b => (byte)b), 127]);
}
