using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Specialist;

/// <summary>Whether somebody is there, and which of their lines take questions.</summary>
public static class PresenceQuery
{
    public static async Task<PresenceView> LoadAsync(Reader r, Say say, Actor actor, DateTime now)
    {
        var row = await r.FindAsync<StateRow>("SELECT state, since, until FROM presence WHERE professional_id = @Id", new { actor.Id });
        var lines = await r.QueryAsync<OwnLineRow>(
            "SELECT m.line_code, m.is_on, l.capacity FROM line_member m JOIN line l ON l.code = m.line_code WHERE m.professional_id = @Id ORDER BY m.tier, m.line_code", new { actor.Id });
        var names = await LineNames.OfAsync(r, say, lines.ConvertAll(l => l.LineCode));
        return new PresenceView
        {
            State = row?.State ?? "offline", Since = row?.Since ?? now, Until = row?.Until, Capacity = lines.Select(l => l.Capacity).DefaultIfEmpty(1).Max(),
            Lines = lines.ConvertAll(l => new OwnLine(l.LineCode, names[l.LineCode], l.IsOn == 1)),
        };
    }

    private sealed class StateRow
    {
        public string State { get; init; } = "";

        public DateTime Since { get; init; }

        public DateTime? Until { get; init; }
    }

    private sealed class OwnLineRow
    {
        public string LineCode { get; init; } = "";

        public int IsOn { get; init; }

        public int Capacity { get; init; }
    }
}
