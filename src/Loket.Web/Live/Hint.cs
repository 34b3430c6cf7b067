using System.Globalization;
using Loket.Web.Features.Voice;

namespace Loket.Web.Live;

/// <summary>
/// What a push carries: what changed and its id (a string: ids are above 2^53), never a personal value. The page asks
/// for the new state itself, where rights are checked.
/// </summary>
public sealed record Hint(string Kind, string? Id, string? CaseId, int? Version)
{
    public Hint(string kind, long? id, long? caseId, int? version)
        : this(kind, id?.ToString(CultureInfo.InvariantCulture), caseId?.ToString(CultureInfo.InvariantCulture), version)
    {
    }
}

/// <summary>What the server sends over the hub.</summary>
public interface ILiveClient
{
    Task Hint(Hint hint);

    /// <summary>Somebody in this conversation is typing.</summary>
    Task Typing(Typing typing);

    /// <summary>Another browser in the talk wants to be heard, or is reached.</summary>
    Task Voice(VoiceSignal signal);
}

/// <param name="Who">The name of the one who types.</param>
public sealed record Typing(string HandoffId, string Who);
