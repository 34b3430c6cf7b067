namespace Loket.Web.Journal;

/// <summary>Where the chain of a case ends: the number and the hash of its last entry.</summary>
public sealed class CaseHead
{
    public long CaseId { get; init; }

    public int N { get; init; }

    public string Hash { get; init; } = JournalChain.Start;
}
