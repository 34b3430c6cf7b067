using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Mergers;

/// <summary>What hangs on a line, in words.</summary>
public static class MergerWords
{
    public static string Open(this Say say, PlannedLine line)
    {
        var parts = new[]
        {
            ("mergers.members", line.Members), ("mergers.talks", line.Talks), ("mergers.callbacks", line.Callbacks), ("mergers.asks", line.Asks), ("mergers.fact-asks", line.FactAsks), ("mergers.given", line.Disclosures),
        }.Where(p => p.Item2 > 0).Select(p => say.Plural(p.Item1, p.Item2)).ToList();
        return parts.Count == 0 ? say.Text("mergers.nothing") : string.Join(", ", parts);
    }
}
