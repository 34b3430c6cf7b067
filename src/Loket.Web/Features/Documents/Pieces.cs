using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Documents;

/// <summary>
/// The bytes of a document in sealed pieces, each bound to its document, its place and how many there are: a piece that is
/// moved, changed or missing is found when it is opened.
/// </summary>
public static class Pieces
{
    private const int Longest = 256 * 1024;

    /// <summary>Seals a file, outside any unit.</summary>
    public static IReadOnlyList<byte[]> Seal(KeyRing keys, long document, ReadOnlyMemory<byte> file)
    {
        var count = Math.Max(1, (file.Length + Longest - 1) / Longest);
        return [.. Enumerable.Range(0, count).Select(n => keys.Seal(file.Span.Slice(n * Longest, Math.Min(Longest, file.Length - (n * Longest))), Context(document, n, count)))];
    }

    public static void Add(Unit unit, long document, IReadOnlyList<byte[]> pieces)
    {
        for (var n = 0; n < pieces.Count; n++)
        {
            unit.Execute("INSERT INTO document_piece (document_id, n, bytes) VALUES (@document, @n, @bytes)", new { document, n, bytes = pieces[n] });
        }
    }

    /// <summary>The file as it was; throws when a piece is not what was sealed, null when it was destroyed.</summary>
    public static async Task<byte[]?> FindAsync(Reader r, KeyRing keys, long document, long size, int count)
    {
        var (file, at) = (new byte[size], 0);
        for (var n = 0; n < count; n++)
        {
            if (await r.FindAsync<byte[]>("SELECT bytes FROM document_piece WHERE document_id = @document AND n = @n", new { document, n }) is not { } piece)
            {
                return null;
            }

            var plain = keys.Open(piece, Context(document, n, count));
            plain.CopyTo(file, at);
            at += plain.Length;
        }

        return file;
    }

    private static string Context(long document, int n, int count) => string.Create(CultureInfo.InvariantCulture, $"document:{document}:{n}:{count}");
}
