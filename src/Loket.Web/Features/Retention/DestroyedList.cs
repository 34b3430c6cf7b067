using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Loket.Web.Security;

namespace Loket.Web.Features.Retention;

/// <summary>
/// The cases that were destroyed, outside the database and beside the anchors of the journal (<c>Retention:List</c>; in
/// production on another disk, in no backup of the database): "case mark" a line. A backup that is put back still has them;
/// it is held beside this list before anything opens. The mark, under a key outside the database, keeps anybody from
/// destroying a case by adding a line.
/// </summary>
public sealed class DestroyedList(string path, KeyRing keys)
{
    private readonly Lock gate = new();

    /// <summary>Writes these down for good; must have happened before the first value goes. Twice is no harm.</summary>
    public void Add(IEnumerable<long> cases)
    {
        var lines = string.Concat(cases.Select(id => $"\n{Text(id)} {Mark(id)}\n"));
        lock (gate)
        {
            // One write at the end of the file: two nodes do not write through each other, and a half line before this one ends here.
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write(Encoding.UTF8.GetBytes(lines));
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>The cases on it, and how many lines are not ours: cut off while they were written, or put there by somebody else.</summary>
    public async Task<(IReadOnlyList<long> Cases, int Strange)> ReadAsync()
    {
        if (!File.Exists(path))
        {
            return ([], 0);
        }

        var lines = (await File.ReadAllLinesAsync(path)).Where(line => line.Length > 0).ToList();
        var cases = lines.Select(Parse).OfType<long>().ToList();
        return ([.. cases.Distinct()], lines.Count - cases.Count);
    }

    private long? Parse(string line) => line.Split(' ') is [var id, var mark] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var caseId)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mark), Encoding.UTF8.GetBytes(Mark(caseId))) ? caseId : null;

    private string Mark(long caseId) => keys.Token("destroyed case", Text(caseId));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
