using Loket.Web.Data;

namespace Loket.Web.Features.Lines;

/// <summary>A line of one organisation as stored, with its members.</summary>
public sealed record StoredLine(string Code, string Topic, string Kind, int Version, LineSettings Settings, IReadOnlyList<LineMember> Members)
{
    private const string Lines = """
        SELECT l.code, l.topic_code, l.kind, l.name_nl, l.name_en, l.phone, l.strategy, l.offer_seconds, l.live_seconds, l.wrap_up_seconds, l.capacity, l.callback_hours,
               l.callback_attempts, l.hours, l.overflow_line, l.version
        FROM line l WHERE l.organisation_code = @organisation AND l.successor_code IS NULL AND l.code IN @codes ORDER BY l.code
        """;

    private const string Tiers = "SELECT t.line_code, t.strategy, t.seconds, t.needs_language, t.needs_topic FROM line_tier t WHERE t.line_code IN @codes ORDER BY t.line_code, t.tier";

    private const string Areas = "SELECT a.line_code, a.municipality_code AS code FROM line_area a WHERE a.line_code IN @codes ORDER BY a.line_code, a.municipality_code";

    private const string Placed = """
        SELECT m.line_code, m.professional_id, m.tier, m.position, m.weight FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1
        WHERE m.line_code IN @codes ORDER BY m.line_code, m.tier, m.position, m.professional_id
        """;

    private const string Skills = """
        SELECT DISTINCT s.professional_id, s.kind, s.code FROM professional_skill s JOIN line_member m ON m.professional_id = s.professional_id
        WHERE m.line_code IN @codes ORDER BY s.professional_id, s.kind, s.code
        """;

    /// <summary>Those of these lines that the organisation has.</summary>
    public static async Task<List<StoredLine>> LoadAsync(Reader r, string organisation, IReadOnlyCollection<string> codes)
    {
        var args = new { organisation, codes };
        return codes.Count == 0 ? [] : Of(
            await r.QueryAsync<LineRow>(Lines, args), await r.QueryAsync<TierRow>(Tiers, args), await r.QueryAsync<AreaRow>(Areas, args),
            await r.QueryAsync<PlaceRow>(Placed, args), await r.QueryAsync<SkillRow>(Skills, args));
    }

    public static List<StoredLine> Load(Unit unit, string organisation, IReadOnlyCollection<string> codes)
    {
        var args = new { organisation, codes };
        return codes.Count == 0 ? [] : Of(
            unit.Query<LineRow>(Lines, args), unit.Query<TierRow>(Tiers, args), unit.Query<AreaRow>(Areas, args),
            unit.Query<PlaceRow>(Placed, args), unit.Query<SkillRow>(Skills, args));
    }

    private static List<StoredLine> Of(List<LineRow> lines, List<TierRow> tiers, List<AreaRow> areas, List<PlaceRow> places, List<SkillRow> skills)
    {
        string[] Skill(long person, string kind) => [.. skills.Where(s => s.ProfessionalId == person && s.Kind == kind).Select(s => s.Code)];
        return lines.ConvertAll(l => new StoredLine(
            l.Code, l.TopicCode, l.Kind, l.Version,
            new LineSettings(
                l.NameNl, l.NameEn, l.Phone, l.Strategy, tiers.FindAll(t => t.LineCode == l.Code).ConvertAll(t => new TierSettings(t.Strategy, t.Seconds, t.NeedsLanguage == 1, t.NeedsTopic == 1)),
                l.OfferSeconds, l.LiveSeconds, l.WrapUpSeconds, l.Capacity, l.CallbackHours, l.CallbackAttempts, l.Hours, l.OverflowLine,
                areas.FindAll(a => a.LineCode == l.Code).ConvertAll(a => a.Code)),
            places.FindAll(m => m.LineCode == l.Code).ConvertAll(m => new LineMember(
                m.ProfessionalId, m.Tier, m.Position, m.Weight, Skill(m.ProfessionalId, "language"), Skill(m.ProfessionalId, "topic")))));
    }

    private sealed class LineRow
    {
        public string Code { get; init; } = "";

        public string TopicCode { get; init; } = "";

        public string Kind { get; init; } = "";

        public string NameNl { get; init; } = "";

        public string NameEn { get; init; } = "";

        public string? Phone { get; init; }

        public string Strategy { get; init; } = "";

        public int OfferSeconds { get; init; }

        public int LiveSeconds { get; init; }

        public int WrapUpSeconds { get; init; }

        public int Capacity { get; init; }

        public int CallbackHours { get; init; }

        public int CallbackAttempts { get; init; }

        public string? Hours { get; init; }

        public string? OverflowLine { get; init; }

        public int Version { get; init; }
    }

    private sealed class TierRow
    {
        public string LineCode { get; init; } = "";

        public string Strategy { get; init; } = "";

        public int? Seconds { get; init; }

        public int NeedsLanguage { get; init; }

        public int NeedsTopic { get; init; }
    }

    private sealed class AreaRow
    {
        public string LineCode { get; init; } = "";

        public string Code { get; init; } = "";
    }

    private sealed class PlaceRow
    {
        public string LineCode { get; init; } = "";

        public long ProfessionalId { get; init; }

        public int Tier { get; init; }

        public int Position { get; init; }

        public int Weight { get; init; }
    }

    private sealed class SkillRow
    {
        public long ProfessionalId { get; init; }

        public string Kind { get; init; } = "";

        public string Code { get; init; } = "";
    }
}
