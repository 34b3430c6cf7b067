using Loket.Web.Data;

namespace Loket.Web.Features.Handoffs;

/// <summary>What the wait on a line usually was: the middle of its last twenty acceptances; nothing when there were fewer than five.</summary>
public static class UsualWait
{
    private const int Sample = 20;
    private const int Fewest = 5;

    public static async Task<int?> OfAsync(Reader reader, string line)
    {
        var waits = (await reader.QueryAsync<Row>(
            $"SELECT queued_at, accepted_at FROM handoff WHERE line_code = @line AND accepted_at IS NOT NULL ORDER BY id DESC {reader.Dialect.First(Sample)}",
            new { line })).ConvertAll(r => (int)(r.AcceptedAt - r.QueuedAt).TotalSeconds);
        waits.Sort();
        return waits.Count < Fewest ? null : waits[waits.Count / 2];
    }

    private sealed class Row
    {
        public DateTime QueuedAt { get; init; }

        public DateTime AcceptedAt { get; init; }
    }
}
