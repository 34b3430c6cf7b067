using Loket.Web.Data;
using Loket.Web.Features.Handoffs;
using Loket.Web.Security;

namespace Loket.Web.Features.Voice;

/// <summary>Speech in a talk, as one of its people sees it: GET /api/v1/handoffs/{id}/voice.</summary>
/// <param name="MayJoin">The talk is live and this person is in it now.</param>
/// <param name="People">The ids of everybody who may be heard now; a page lets go of anybody else.</param>
/// <param name="Phone">The number of the line, for when speech cannot be set up.</param>
public sealed record VoiceView(bool MayJoin, IReadOnlyList<string> People, IReadOnlyList<IceServer> IceServers, string? Phone);

/// <summary>Who may speak with whom: the people of a live talk, until they leave it. Nothing is recorded.</summary>
public sealed class VoiceQuery(Db db, VoiceOptions options, TimeProvider clock)
{
    /// <summary>Null when the talk does not exist for this person. A talk goes by the id of the handoff that began it.</summary>
    public Task<VoiceView?> LoadAsync(Actor actor, long talkId) => db.ReadAsync<VoiceView?>(async r =>
    {
        if (await FindAsync(r, talkId) is not { } talk || !talk.Handoffs.Any(h => h.SenderId == actor.Id || h.SpecialistId == actor.Id))
        {
            return null;
        }

        var people = talk.People;
        var mayJoin = people.Contains(actor.Id);
        return new VoiceView(
            mayJoin, mayJoin ? [.. people.Select(Text)] : [], mayJoin ? options.ServersFor(actor.Id, clock.GetUtcNow()) : [],
            await r.FindAsync<string>("SELECT COALESCE(l.phone, o.phone) FROM line l JOIN organisation o ON o.code = l.organisation_code WHERE l.code = @LineCode", new { talk.First.LineCode }));
    });

    public Task<bool> MayJoinAsync(Actor actor, long talkId) => db.ReadAsync(async r => await FindAsync(r, talkId) is { } talk && talk.People.Contains(actor.Id));

    internal static bool MayJoin(Unit unit, Actor actor, long talkId) =>
        StoredHandoff.Find(unit, talkId) is { TalkId: null } first && Talk.Of(unit, first).People.Contains(actor.Id);

    private static async Task<Talk?> FindAsync(Reader r, long talkId) =>
        await r.FindAsync<StoredHandoff>($"SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.id = @talkId AND h.talk_id IS NULL", new { talkId }) is { } first
            ? await Talk.OfAsync(r, first)
            : null;

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
