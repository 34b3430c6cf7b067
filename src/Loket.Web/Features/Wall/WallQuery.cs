using System.Globalization;
using Loket.Domain.Reports;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Reports;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Wall;

/// <summary>
/// The wall, out of <c>wall_day</c>, the presence of the own people, and what rings at this moment: nothing that grows with
/// the number of cases.
/// </summary>
public sealed class WallQuery(Db db, KeepWall keep, Say say, DutchCalendar calendar)
{
    private static readonly string[] Order = ["available", "reserved", "engaged", "wrap_up", "break", "missed"];

    public async Task<WallView> LoadAsync(Actor actor)
    {
        await keep.CatchUpAsync();
        return await db.ReadAsync(async r =>
        {
            var day = CaseFold.Day(db.Now());
            var own = await OfOwnLinesAsync(r, actor, day);
            var asked = await OfOwnRequestsAsync(r, actor, day);
            var waiting = (await WaitingAsync(r, actor)).ToDictionary(w => w.LineCode, StringComparer.Ordinal);
            var lines = await LinesAsync(r, actor, [.. asked.Select(c => c.LineCode).Union(waiting.Values.Where(w => w.Ours > 0).Select(w => w.LineCode))]);
            var people = (await PeopleAsync(r, actor)).ToLookup(p => p.LineCode, StringComparer.Ordinal);
            var others = lines.FindAll(l => l.OrganisationCode != actor.OrganisationCode);
            var waits = (await WaitsAsync(r, others, day)).Concat(own.Where(c => c.Measure == "wait")).ToLookup(c => c.LineCode, StringComparer.Ordinal);
            var ofOwn = own.ToLookup(c => c.LineCode, StringComparer.Ordinal);
            var ofAsked = asked.ToLookup(c => c.LineCode, StringComparer.Ordinal);
            return new WallView
            {
                OrganisationName = actor.OrganisationName,
                Own = [.. lines.Where(l => l.OrganisationCode == actor.OrganisationCode && people.Contains(l.Code))
                    .Select(l => Line(l, ofOwn[l.Code], waits[l.Code], waiting.GetValueOrDefault(l.Code), [.. people[l.Code]])).OrderBy(l => l.Name, StringComparer.CurrentCulture)],
                Asked = [.. others.Select(l => Line(l, ofAsked[l.Code], waits[l.Code], waiting.GetValueOrDefault(l.Code), null))
                    .OrderBy(l => l.OrganisationName, StringComparer.CurrentCulture).ThenBy(l => l.Name, StringComparer.CurrentCulture)],
                Declines = await DeclinesAsync(r, actor, [.. own, .. asked], lines),
            };
        });
    }

    private WallLine Line(LineRow line, IEnumerable<Count> counts, IEnumerable<Count> waits, Waits? waiting, List<PersonRow>? people)
    {
        var today = counts.ToList();
        var taken = waits.ToList();
        var enough = taken.Sum(w => w.N) >= (people is null ? UsualWait.Fewest : 1);
        var there = people?.FindAll(p => p.State != "offline" && p.IsOn == 1);
        var opens = line.Hours is null ? (DateTime?)null : ServiceDates.HoursOf(line.Hours).NextOpen(db.Now(), calendar);
        var now = people is null ? (Count: waiting?.Ours ?? 0, Since: waiting?.OursSince) : (Count: waiting?.AllOfThem ?? 0, Since: waiting?.Since);
        return new WallLine
        {
            Code = line.Code, Name = say.Topic(line.TopicCode), OrganisationName = line.Organisation, Free = line.Free,
            People = there?.OrderBy(p => Array.IndexOf(Order, p.State)).ThenBy(p => p.Name, StringComparer.CurrentCulture).Select(p => new WallPerson(p.Name, p.State)).ToList(),
            Waiting = now.Count, WaitingSince = now.Since,
            Offered = Sum("offered"), Accepted = Sum("accepted"), Declined = Sum("declined"), Missed = Sum("missed"), Abandoned = Sum("abandoned"),
            P50 = enough ? Percentile(taken, 0.5) : null, P90 = enough ? Percentile(taken, 0.9) : null,
            Hours = people is null ? [] : [.. taken.GroupBy(w => w.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new WallHour(
                int.Parse(g.Key, CultureInfo.InvariantCulture), g.Sum(w => w.N), Percentile(g, 0.5)!.Value, Percentile(g, 0.9)!.Value))],
            OpensAt = opens > db.Now() ? opens : null,
            HasNobody = line.Free == 0 && !(opens > db.Now()) && (line.Busy > 0 || now.Count > 0 || there is { Count: > 0 }),
        };

        int Sum(string measure) => today.Where(c => c.Measure == measure).Sum(c => c.N);
    }

    private static int? Percentile(IEnumerable<Count> waits, double share) => Spread.Percentile(waits.Select(w => (w.Bucket, (long)w.N)), share);

    // Both sides of a pair may know why; of few it would tell who.
    private static async Task<IReadOnlyList<DeclinePair>> DeclinesAsync(Reader r, Actor actor, List<Count> counts, List<LineRow> lines)
    {
        var declined = counts.FindAll(c => c.Measure == "declined");
        if (declined.Count == 0)
        {
            return [];
        }

        var answerers = lines.ToDictionary(l => l.Code, l => l.Organisation, StringComparer.Ordinal);
        var codes = declined.Select(c => c.AskerCode).Distinct().ToList();
        var askers = (await r.QueryAsync<NameRow>("SELECT code, display_name AS name FROM organisation WHERE code IN @codes", new { codes })).ToDictionary(o => o.Code, o => o.Name);
        // A line of the own organisation that it asked itself is read both ways.
        return [.. declined.DistinctBy(c => (c.LineCode, c.AskerCode, c.Kind)).GroupBy(c => (Asker: askers.GetValueOrDefault(c.AskerCode, c.AskerCode), Answerer: answerers.GetValueOrDefault(c.LineCode, actor.OrganisationName)))
            .Select(g => new DeclinePair(g.Key.Asker, g.Key.Answerer, g.Sum(c => c.N), g.Sum(c => c.N) < SmallGroups.Least ? null
                : [.. g.GroupBy(c => c.Kind).Select(k => new DeclineCount(k.Key, k.Sum(c => c.N))).OrderByDescending(k => k.Count).ThenBy(k => k.Reason, StringComparer.Ordinal)]))
            .OrderByDescending(p => p.Count).ThenBy(p => p.Asker, StringComparer.CurrentCulture).ThenBy(p => p.Answerer, StringComparer.CurrentCulture)];
    }

    private static Task<List<Count>> OfOwnLinesAsync(Reader r, Actor actor, int day) => r.QueryAsync<Count>(
        """
        SELECT w.line_code, w.measure, w.asker_code, w.kind, w.bucket, w.n FROM wall_day w
        WHERE w.day = @day AND w.line_code IN (SELECT l.code FROM line l WHERE l.organisation_code = @OrganisationCode)
        """,
        new { actor.OrganisationCode, day });

    private static Task<List<Count>> OfOwnRequestsAsync(Reader r, Actor actor, int day) => r.QueryAsync<Count>(
        "SELECT w.line_code, w.measure, w.asker_code, w.kind, w.bucket, w.n FROM wall_day w WHERE w.asker_code = @OrganisationCode AND w.day = @day",
        new { actor.OrganisationCode, day });

    private static async Task<List<Count>> WaitsAsync(Reader r, List<LineRow> others, int day) => others.Count == 0 ? [] : await r.QueryAsync<Count>(
        "SELECT w.line_code, w.measure, w.asker_code, w.kind, w.bucket, w.n FROM wall_day w WHERE w.day = @day AND w.line_code IN @codes AND w.measure = 'wait'",
        new { day, codes = others.ConvertAll(l => l.Code) });

    // What rings at this moment, wherever: the condition is that of the index of what rings, which is short.
    private static Task<List<Waits>> WaitingAsync(Reader r, Actor actor) => r.QueryAsync<Waits>(
        """
        SELECT hl.line_code, COUNT(*) AS all_of_them, MIN(h.queued_at) AS since,
               SUM(CASE WHEN h.sender_organisation = @OrganisationCode THEN 1 ELSE 0 END) AS ours,
               MIN(CASE WHEN h.sender_organisation = @OrganisationCode THEN h.queued_at END) AS ours_since
        FROM handoff h JOIN handoff_line hl ON hl.handoff_id = h.id AND hl.position = h.route_position
        WHERE h.state IN ('queued', 'offered') GROUP BY hl.line_code
        """,
        new { actor.OrganisationCode });

    private static Task<List<LineRow>> LinesAsync(Reader r, Actor actor, List<string> asked) => r.QueryAsync<LineRow>(
        """
        SELECT l.code, l.organisation_code, o.display_name AS organisation, l.topic_code, l.hours,
               (SELECT COUNT(*) FROM line_member m JOIN presence p ON p.professional_id = m.professional_id WHERE m.line_code = l.code AND p.state = 'available' AND m.is_on = 1) AS free,
               (SELECT COUNT(*) FROM line_member m JOIN presence p ON p.professional_id = m.professional_id
                WHERE m.line_code = l.code AND p.state IN ('reserved', 'engaged', 'wrap_up') AND m.is_on = 1) AS busy
        FROM line l JOIN organisation o ON o.code = l.organisation_code
        WHERE l.code IN (SELECT k.code FROM line k WHERE k.organisation_code = @OrganisationCode) OR l.code IN @asked
        """,
        new { actor.OrganisationCode, asked = asked.Append("") });

    private static Task<List<PersonRow>> PeopleAsync(Reader r, Actor actor) => r.QueryAsync<PersonRow>(
        """
        SELECT m.line_code, w.name, COALESCE(p.state, 'offline') AS state, m.is_on
        FROM line l JOIN line_member m ON m.line_code = l.code JOIN professional w ON w.id = m.professional_id AND w.active = 1
        LEFT JOIN presence p ON p.professional_id = w.id WHERE l.organisation_code = @OrganisationCode
        """,
        new { actor.OrganisationCode });
}
