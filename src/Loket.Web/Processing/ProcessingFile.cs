using System.Globalization;
using System.Text;

namespace Loket.Web.Processing;

/// <summary>
/// Where the processing log goes: a file of JSON lines a day, in the folder <c>ProcessingLog:Path</c>, for a collector to
/// take along. <paramref name="Register"/> is the address of the register of processing activities
/// (<c>ProcessingLog:Register</c>).
/// </summary>
public sealed record ProcessingFile(string Folder, string Register)
{
    /// <summary>On disk when this returns.</summary>
    public void Append(DateTime now, IEnumerable<ProcessingLine> lines)
    {
        Directory.CreateDirectory(Folder);
        using var file = new FileStream(
            Path.Combine(Folder, $"processing-{now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.jsonl"), FileMode.Append, FileAccess.Write, FileShare.Read);
        foreach (var line in lines)
        {
            file.Write(Encoding.UTF8.GetBytes(line.Json + "\n"));
        }

        file.Flush(flushToDisk: true);
    }
}
