using Loket.Web.Features.Partners;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Steps;

/// <summary>The messages that wait, opened as a sender would.</summary>
internal static class OutgoingBodies
{
    /// <summary>Oldest first; empty where a message does not go any more.</summary>
    public static async Task<List<string>> BodiesAsync(this World world) =>
        (await world.QueryAsync<OutgoingRow>("SELECT id, kind, body, is_sealed FROM outgoing_message ORDER BY id")).ConvertAll(world.The<Outgoing>().Open);
}
