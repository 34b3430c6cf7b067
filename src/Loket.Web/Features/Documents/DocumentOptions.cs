namespace Loket.Web.Features.Documents;

/// <summary>The settings <c>Documents</c>: how large a document may be, and who looks whether it is clean.</summary>
public sealed class DocumentOptions
{
    /// <summary>Most documents in one form.</summary>
    public const int MostAtOnce = 5;

    /// <summary>Most bytes in one form, as a request is counted: with everything around the files.</summary>
    public const long LargestRequest = 140L * 1024 * 1024;

    /// <summary>Most megabytes of one document; 20 unless set, at most 20.</summary>
    public int LargestMegabytes { get; init; } = 20;

    /// <summary>
    /// The scanner: an address (<c>http…</c>) that is sent the bytes and answers 200 or 204 for clean and 406 or 422 for not; or a
    /// command that reads them from its input and ends with 0 for clean and 1 for not, as <c>clamdscan --no-summary -</c> does.
    /// Any other answer is asked again later. Empty: nobody scans.
    /// </summary>
    public string Scanner { get; init; } = "";

    public long LargestBytes => Math.Clamp(LargestMegabytes, 1, 20) * 1024L * 1024;

    public bool IsScanned => Scanner.Length > 0;
}
