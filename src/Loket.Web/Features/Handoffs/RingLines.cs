using System.Globalization;
using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Domain.Terms;
using Loket.Web.Data;

namespace Loket.Web.Features.Handoffs;

/// <summary>One line of a handoff's route, as ringing needs it.</summary>
public sealed class RingStop
{
    public int Position { get; init; }

    public string LineCode { get; init; } = "";

    public string TopicCode { get; init; } = "";

    public string Strategy { get; init; } = "";

    public int OfferSeconds { get; init; }

    public int Capacity { get; init; }

    public string? Hours { get; init; }

    public DateTime? EnteredAt { get; init; }

    /// <summary>A line without hours of its own is open whenever somebody is there.</summary>
    public bool IsOpen(DateTime utc, DutchCalendar calendar) => Hours is null || OpeningHours.Parse(Hours).Value.IsOpenAt(utc, calendar);
}

/// <summary>Reads what <see cref="Ring"/> decides on: the lines still to ask, their tiers, and their members at this moment.</summary>
public static class RingLines
{
    public static List<RingStop> Stops(Unit unit, StoredHandoff handoff) => unit.Query<RingStop>(
        """
        SELECT hl.position, hl.line_code, l.topic_code, l.strategy, l.offer_seconds, l.capacity, l.hours, hl.entered_at
        FROM handoff_line hl JOIN line l ON l.code = hl.line_code
        WHERE hl.handoff_id = @Id AND hl.position >= @RoutePosition ORDER BY hl.position
        """,
        new { handoff.Id, handoff.RoutePosition });

    /// <summary>The line that a handoff rings at or waits for.</summary>
    public static string? Current(Unit unit, StoredHandoff handoff) => unit.Find<string>(
        "SELECT line_code FROM handoff_line WHERE handoff_id = @Id AND position = @RoutePosition", new { handoff.Id, handoff.RoutePosition });

    public static LinePlan Plan(Unit unit, RingStop stop, IEnumerable<Member> members)
    {
        var tiers = unit.Query<TierRow>(
            "SELECT tier, strategy, seconds, needs_language, needs_topic FROM line_tier WHERE line_code = @LineCode ORDER BY tier", new { stop.LineCode });
        return tiers.Count == 0
            ? LinePlan.Of(Code.Parse<RingStrategy>(stop.Strategy), members.Select(m => m.Tier), stop.Capacity)
            : new LinePlan([.. tiers.Select(t => t.ToTier())], stop.Capacity);
    }

    /// <summary>What is asked of who takes it on this line: nobody needs to know the line's own topic besides.</summary>
    public static Need NeedOf(StoredHandoff handoff, RingStop stop) => new(handoff.Language, handoff.TopicCode == stop.TopicCode ? null : handoff.TopicCode);

    public static List<Member> Members(Unit unit, string line, Need need) => unit.Query<MemberRow>(
        """
        SELECT m.professional_id, m.tier, m.position, m.weight, m.is_on, m.asked_at, CASE WHEN m.on_day = @day THEN m.asked ELSE 0 END AS asked,
               p.state, p.idle_since, p.is_full,
               CASE WHEN p.state = 'engaged' THEN (SELECT COUNT(*) FROM handoff h WHERE h.specialist_id = m.professional_id AND h.state IN ('accepted', 'connected')) ELSE 0 END AS talks,
               COALESCE((SELECT SUM(x.handled) FROM line_member x WHERE x.professional_id = m.professional_id AND x.on_day = @day), 0) AS handled,
               COALESCE((SELECT SUM(x.talk_seconds) FROM line_member x WHERE x.professional_id = m.professional_id AND x.on_day = @day), 0) AS talk_seconds,
               CASE WHEN EXISTS (SELECT 1 FROM professional_skill s WHERE s.professional_id = m.professional_id AND s.kind = 'language' AND s.code = @Language) THEN 1 ELSE 0 END AS speaks,
               CASE WHEN EXISTS (SELECT 1 FROM professional_skill s WHERE s.professional_id = m.professional_id AND s.kind = 'topic' AND s.code = @Topic) THEN 1 ELSE 0 END AS knows
        FROM line_member m
        JOIN professional w ON w.id = m.professional_id AND w.active = 1
        JOIN presence p ON p.professional_id = m.professional_id
        WHERE m.line_code = @line
          AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.professional_id = m.professional_id AND a.until_at > @Now AND a.from_at <= @Now)
        """,
        new { line, day = Day(unit.Now), need.Language, need.Topic, unit.Now }).ConvertAll(m => m.Member());

    /// <summary>
    /// Counts for the strategies, for one day in Amsterdam: yesterday's are overwritten. They decide who is asked next and
    /// are shown to nobody.
    /// </summary>
    public static void Count(Unit unit, string? line, long professionalId, int asked = 0, int handled = 0, int talkSeconds = 0) => unit.Execute(
        """
        UPDATE line_member SET asked = @asked + CASE WHEN on_day = @day THEN asked ELSE 0 END, handled = @handled + CASE WHEN on_day = @day THEN handled ELSE 0 END,
               talk_seconds = @talkSeconds + CASE WHEN on_day = @day THEN talk_seconds ELSE 0 END, on_day = @day,
               asked_at = CASE WHEN @asked > 0 THEN @Now ELSE asked_at END
        WHERE line_code = @line AND professional_id = @professionalId
        """,
        new { line, professionalId, asked, handled, talkSeconds, unit.Now, day = Day(unit.Now) });

    public static string Day(DateTime utc) => AmsterdamTime.DateOf(utc).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class TierRow
    {
        public int Tier { get; init; }

        public string Strategy { get; init; } = "";

        public int? Seconds { get; init; }

        public int NeedsLanguage { get; init; }

        public int NeedsTopic { get; init; }

        public Tier ToTier() => new(Tier, Code.Parse<RingStrategy>(Strategy), Seconds, NeedsLanguage == 1, NeedsTopic == 1);
    }

    private sealed class MemberRow
    {
        public long ProfessionalId { get; init; }

        public int Tier { get; init; }

        public int Position { get; init; }

        public int Weight { get; init; }

        public int IsOn { get; init; }

        public DateTime? AskedAt { get; init; }

        public int Asked { get; init; }

        public string State { get; init; } = "";

        public DateTime IdleSince { get; init; }

        public int IsFull { get; init; }

        public int Talks { get; init; }

        public int Handled { get; init; }

        public int TalkSeconds { get; init; }

        public int Speaks { get; init; }

        public int Knows { get; init; }

        public Member Member() => new(ProfessionalId, Tier, Code.Parse<PresenceState>(State), IdleSince)
        {
            IsOn = IsOn == 1, Talks = Talks, Full = IsFull == 1, Position = Position, Weight = Weight, AskedAt = AskedAt, AskedToday = Asked,
            HandledToday = Handled, TalkSecondsToday = TalkSeconds, Speaks = Speaks == 1, Knows = Knows == 1,
        };
    }
}
