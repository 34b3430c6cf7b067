using Loket.Domain.Handoffs;
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
    /// <summary>Null when the talk does not exist for this person.</summary>
    public Task<VoiceView?> LoadAsync(Actor actor, long handoffId) => db.ReadAsync<VoiceView?>(async r =>
    {
        if (await FindAsync(r, handoffId) is not { } talk || (talk.SenderId != actor.Id && talk.SpecialistId != actor.Id))
        {
            return null;
        }

        var people = PeopleOf(talk);
        var mayJoin = people.Contains(actor.Id);
        return new VoiceView(
            mayJoin, mayJoin ? [.. people.Select(Text)] : [], mayJoin ? options.ServersFor(actor.Id, clock.GetUtcNow()) : [],
            await r.FindAsync<string>("SELECT COALESCE(l.phone, o.phone) FROM line l JOIN organisation o ON o.code = l.organisation_code WHERE l.code = @LineCode", new { talk.LineCode }));
    });

    public Task<bool> MayJoinAsync(Actor actor, long handoffId) => db.ReadAsync(async r =>
        await FindAsync(r, handoffId) is { } talk && PeopleOf(talk).Contains(actor.Id));

    internal static bool MayJoin(Unit unit, Actor actor, long handoffId) =>
        StoredHandoff.Find(unit, handoffId) is { } talk && PeopleOf(talk).Contains(actor.Id);

    private static Task<StoredHandoff?> FindAsync(Reader r, long handoffId) =>
        r.FindAsync<StoredHandoff>($"SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.id = @handoffId", new { handoffId });

    // A sender who was released has left the talk; who only listens along is not in it.
    private static List<long> PeopleOf(StoredHandoff talk) => talk.HandoffState is not (HandoffState.Accepted or HandoffState.Connected)
        ? []
        : [.. new[] { talk.SenderId, talk.SpecialistId ?? 0 }.Where(id => id != 0 && talk.PartOf(id) != HandoffPart.None)];

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
