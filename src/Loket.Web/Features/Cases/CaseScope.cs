using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>
/// How much of a chain somebody sees: all of it for who decides about the case and for the organisation that opened it; else
/// what belongs to their own line and purpose (DOMAIN 5): its talks, its steps and those shown to it, its people's promises and
/// callbacks. Every screen of a case reads through this.
/// </summary>
public sealed class CaseScope
{
    private static readonly CaseScope All = new([], [], []);

    private const string Parts = """
        SELECT cp.professional_id, cp.line_code FROM case_participant cp JOIN professional w ON w.id = cp.professional_id
        WHERE cp.case_id = @CaseId AND cp.until IS NULL
          AND (cp.professional_id = @Id OR EXISTS (SELECT 1 FROM line_member m WHERE m.line_code = cp.line_code AND m.professional_id = @Id)
               OR EXISTS (SELECT 1 FROM team_supervisor s WHERE s.team_code = w.team_code AND s.professional_id = @Id))
        UNION SELECT d.professional_id, NULL FROM escalation e JOIN deadline d ON d.id = e.deadline_id
              WHERE e.case_id = @CaseId AND e.to_id = @Id AND (d.state = 'running' OR e.acknowledged_at IS NULL)
        """;

    private const string Things = """
        SELECT h.id, 'handoff' AS kind FROM handoff h WHERE h.case_id = @CaseId AND (h.line_code IN @lines OR h.specialist_id IN @people OR h.sender_id IN @people)
        UNION SELECT s.id, 'step' FROM chain_step s WHERE s.case_id = @CaseId AND (
            s.professional_id IN @people OR s.added_by IN @people
            OR (s.organisation_code = @OrganisationCode AND s.accepted_at IS NULL AND NOT EXISTS (SELECT 1 FROM step_request o WHERE o.step_id = s.id AND o.state = 'asked' AND o.line_code IS NOT NULL))
            OR EXISTS (SELECT 1 FROM step_request q WHERE q.step_id = s.id AND q.state IN ('asked', 'accepted') AND (q.line_code IN @lines OR q.to_id IN @people))
            OR EXISTS (SELECT 1 FROM step_disclosure x WHERE x.step_id = s.id AND x.until IS NULL AND x.line_code IN @lines))
        UNION SELECT p.id, 'promise' FROM promise p WHERE p.case_id = @CaseId AND (
            p.professional_id IN @people OR p.handoff_id IN (SELECT t.id FROM handoff t WHERE t.case_id = @CaseId AND (t.line_code IN @lines OR t.specialist_id IN @people)))
        UNION SELECT b.id, 'callback' FROM callback b WHERE b.case_id = @CaseId AND (b.professional_id IN @people OR b.line_code IN @lines)
        """;

    private readonly HashSet<string> lines;
    private readonly HashSet<long> people;
    private readonly HashSet<long> things;

    private CaseScope(IEnumerable<string> lines, IEnumerable<long> people, IEnumerable<Thing> things)
    {
        (this.lines, this.people, this.things) = ([.. lines], [.. people], []);
        foreach (var thing in things)
        {
            this.things.Add(thing.Id);
            (thing.Kind switch { "handoff" => Handoffs, "step" => Steps, _ => [] }).Add(thing.Id);
        }
    }

    /// <summary>Nothing of the chain is kept from this person.</summary>
    public bool IsWhole => ReferenceEquals(this, All);

    /// <summary>Of a part: the talks and steps in it.</summary>
    public List<long> Handoffs { get; } = [];

    public List<long> Steps { get; } = [];

    /// <summary>Of a part: whose doings are in it.</summary>
    public IReadOnlyCollection<long> People => people;

    /// <summary>Whether this talk, step, promise or callback is to be seen.</summary>
    public bool Has(long id) => IsWhole || things.Contains(id);

    public bool HasLine(string? line) => IsWhole || (line is not null && lines.Contains(line));

    public bool HasPerson(long? person) => IsWhole || (person is { } id && people.Contains(id));

    public static CaseScope Load(Unit unit, Actor actor, CaseAccess access)
    {
        if (access.SeesWhole)
        {
            return All;
        }

        var parts = unit.Query<Part>(Parts, new { access.CaseId, actor.Id });
        var (lines, people) = Of(parts, actor);
        return new CaseScope(lines, people, unit.Query<Thing>(Things, new { access.CaseId, actor.OrganisationCode, lines, people }));
    }

    public static async Task<CaseScope> LoadAsync(Reader r, Actor actor, CaseAccess access)
    {
        if (access.SeesWhole)
        {
            return All;
        }

        var parts = await r.QueryAsync<Part>(Parts, new { access.CaseId, actor.Id });
        var (lines, people) = Of(parts, actor);
        return new CaseScope(lines, people, await r.QueryAsync<Thing>(Things, new { access.CaseId, actor.OrganisationCode, lines, people }));
    }

    private static (List<string> Lines, List<long> People) Of(List<Part> parts, Actor actor) =>
        ([.. parts.Select(p => p.LineCode).OfType<string>().Distinct()], [.. parts.Select(p => p.ProfessionalId).Append(actor.Id).Distinct()]);

    private sealed class Part
    {
        public long ProfessionalId { get; init; }

        public string? LineCode { get; init; }
    }

    private sealed class Thing
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";
    }
}
