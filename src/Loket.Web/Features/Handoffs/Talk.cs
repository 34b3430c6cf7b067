using Loket.Domain.Handoffs;
using Loket.Web.Data;
using Loket.Web.Live;

namespace Loket.Web.Features.Handoffs;

/// <summary>The questions that share one talk: the one that began it and those that ask more lines into it, in order.</summary>
public sealed record Talk(IReadOnlyList<StoredHandoff> Handoffs)
{
    private const string Select = $"""
        SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.id = @talk
        UNION ALL SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.talk_id = @talk
        """;

    private readonly IReadOnlyList<TalkPart> parts = [.. Handoffs.Select(h => h.Part)];

    public long Id => Handoffs[0].Id;

    public StoredHandoff First => Handoffs[0];

    public static Talk Of(Unit unit, StoredHandoff handoff) => In(unit.Query<StoredHandoff>(Select, new { talk = handoff.Talk }));

    public static async Task<Talk> OfAsync(Reader r, StoredHandoff handoff) => In(await r.QueryAsync<StoredHandoff>(Select, new { talk = handoff.Talk }));

    public IReadOnlyList<long> People => TalkRules.People(parts);

    public bool MayWrite(long person) => TalkRules.MayWrite(parts, person);

    public Domain.Refusal? CheckAsk(long person) => TalkRules.CheckAsk(parts, person);

    public bool IsDeserted => TalkRules.IsDeserted(parts);

    /// <summary>The questions whose line is being asked into the talk now: the one asked last, and any that was given back.</summary>
    public IEnumerable<StoredHandoff> Ringing => Handoffs.Where(h => h.TalkId is not null && HandoffRules.IsRinging(h.HandoffState));

    /// <summary>
    /// What was said while this person took part: the first sender from the question on, also reading along after being
    /// released; a specialist from acceptance until their question is closed.
    /// </summary>
    public bool Hears(long person, DateTime at) =>
        (First.SenderId == person && at >= First.QueuedAt)
        || Handoffs.Any(h => h.SpecialistId == person && at >= h.AcceptedAt && (h.ClosedAt is null || at <= h.ClosedAt));

    /// <summary>Everybody to whom something in the talk matters: who is or was in it, and who asked.</summary>
    public static string[] Everybody(Unit unit, StoredHandoff handoff) => Notify.Ids(
    [
        handoff.SenderId, handoff.SpecialistId,
        .. unit.Query<long?>(
            """
            SELECT h.sender_id FROM handoff h WHERE h.id = @talk UNION ALL SELECT h.specialist_id FROM handoff h WHERE h.id = @talk
            UNION ALL SELECT h.sender_id FROM handoff h WHERE h.talk_id = @talk UNION ALL SELECT h.specialist_id FROM handoff h WHERE h.talk_id = @talk
            """,
            new { talk = handoff.Talk }),
    ]);

    private static Talk In(List<StoredHandoff> rows) => new([.. rows.OrderBy(h => h.Id)]);
}
