using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>
/// What one professional may see and do in one case: the only place that decides it. No part in the case means that it
/// does not exist for them.
/// </summary>
public sealed class CaseAccess
{
    public long CaseId { get; init; }

    public long OwnerId { get; init; }

    public string OwnerOrganisation { get; init; } = "";

    public string State { get; init; } = "";

    public int Owner { get; init; }

    public int OwnerTeam { get; init; }

    public int SupervisesOwner { get; init; }

    public int Takes { get; init; }

    public int OnLine { get; init; }

    public int SupervisesTaker { get; init; }

    public int Told { get; init; }

    public int Glass { get; init; }

    public int OwnCase { get; init; }

    public bool IsOwner => Owner == 1;

    /// <summary>The case was opened by the person's own organisation: its words and its citizen are known here.</summary>
    public bool IsOwnOrganisation => OwnCase == 1;

    /// <summary>Decides about the case: the owner, or a desk colleague in the owner's team. Takes up identity, asks lines.</summary>
    public bool MayEdit => IsOwner || OwnerTeam == 1;

    /// <summary>Supervises the team of the owner: may ask a new owner and review the chain.</summary>
    public bool IsSupervisor => SupervisesOwner == 1;

    /// <summary>Works on the case: who decides about it, or takes part in it; adds what they know and promise.</summary>
    public bool MayWork => MayEdit || Takes == 1;

    /// <summary>
    /// Sees the chain whole: decides about it or supervises who does, is of the organisation that opened it, or broke the glass.
    /// Anybody else sees what <see cref="CaseScope"/> says.
    /// </summary>
    public bool SeesWhole => MayEdit || IsSupervisor || IsOwnOrganisation || Part == "broken_glass";

    /// <summary>
    /// May look: who works it, a colleague on a line that has it, the supervisors of either, and whom a late date of it
    /// was escalated to, for as long as that runs; not for a consult or a step nobody accepted, which give nobody the case.
    /// And who broke the glass, for as long as that lasts. Nobody sees what was destroyed.
    /// </summary>
    public bool MaySee => MayWork || IsSupervisor || OnLine == 1 || SupervisesTaker == 1 || Told == 1 || BrokeGlass;

    /// <summary>Looks without a part in the case, for a reason and a time (<c>Features/Glass</c>); any other right is stronger.</summary>
    public bool BrokeGlass => Glass == 1;

    /// <summary>What the person sees without the case itself: a talk they were consulted in, a date they owe.</summary>
    public const string AskedOnly = "asked";

    /// <summary>By which part the person sees it: the strongest, as a code for the access log.</summary>
    public string Part => IsOwner ? "owner" : Takes == 1 ? "participant" : OwnerTeam == 1 ? "team" : IsSupervisor || SupervisesTaker == 1 ? "supervisor"
        : OnLine == 1 ? "line" : Told == 1 ? "escalation" : "broken_glass";

    // The owner decides, whatever other part they have: those are asked only of who does not own the case.
    private const string Select = $"""
        SELECT c.id AS case_id, c.owner_id, c.owner_organisation, c.state,
               CASE WHEN c.owner_id = @actor THEN 1 ELSE 0 END AS owner,
               CASE WHEN c.organisation_code = @OrganisationCode OR c.organisation_code IN {Actor.PastCodes} THEN 1 ELSE 0 END AS own_case,
               CASE WHEN c.owner_team = @team AND @frontOffice = 1 THEN 1 ELSE 0 END AS owner_team,
               CASE WHEN EXISTS (SELECT 1 FROM team_supervisor s WHERE s.team_code = c.owner_team AND s.professional_id = @actor) THEN 1 ELSE 0 END AS supervises_owner,
               CASE WHEN c.owner_id <> @actor AND EXISTS (SELECT 1 FROM case_participant cp WHERE cp.case_id = c.id AND cp.professional_id = @actor AND cp.until IS NULL) THEN 1 ELSE 0 END AS takes,
               CASE WHEN c.owner_id <> @actor AND EXISTS (SELECT 1 FROM case_participant cp JOIN line_member m ON m.line_code = cp.line_code
                                 WHERE cp.case_id = c.id AND cp.until IS NULL AND m.professional_id = @actor) THEN 1 ELSE 0 END AS on_line,
               CASE WHEN c.owner_id <> @actor AND EXISTS (SELECT 1 FROM case_participant cp JOIN professional w ON w.id = cp.professional_id
                                 JOIN team_supervisor s ON s.team_code = w.team_code
                                 WHERE cp.case_id = c.id AND cp.until IS NULL AND s.professional_id = @actor) THEN 1 ELSE 0 END AS supervises_taker,
               CASE WHEN c.owner_id <> @actor AND EXISTS (SELECT 1 FROM escalation e JOIN deadline d ON d.id = e.deadline_id
                                 LEFT JOIN promise q ON d.subject_kind = 'promise' AND q.id = d.subject_id
                                 LEFT JOIN handoff h ON h.id = CASE WHEN d.subject_kind = 'handoff' THEN d.subject_id ELSE q.handoff_id END
                                 WHERE e.case_id = c.id AND e.to_id = @actor AND COALESCE(h.mode, '-') <> 'consult' AND d.subject_kind <> 'step_ask' AND (d.state = 'running' OR e.acknowledged_at IS NULL)) THEN 1 ELSE 0 END AS told,
               CASE WHEN c.owner_id <> @actor AND EXISTS (SELECT 1 FROM broken_glass g WHERE g.professional_id = @actor AND g.case_id = c.id AND g.until > @now) THEN 1 ELSE 0 END AS glass
        FROM case_file c
        """;

    private const string One = $"{Select} WHERE c.id = @caseId AND c.destroyed_at IS NULL";

    /// <summary>The access of this person to this case, or null when the case does not exist for them.</summary>
    public static CaseAccess? Find(Unit unit, Actor actor, long caseId) => actor.WorksCases ? Visible(unit.Find<CaseAccess>(One, Args(actor, caseId, unit.Now))) : null;

    public static async Task<CaseAccess?> FindAsync(Reader reader, Actor actor, long caseId) =>
        actor.WorksCases ? Visible(await reader.FindAsync<CaseAccess>(One, Args(actor, caseId, reader.Now))) : null;

    /// <summary>Of those cases the ones this person may see, with the part by which.</summary>
    public static async Task<Dictionary<long, string>> PartsAsync(Reader reader, Actor actor, IReadOnlyCollection<long> cases)
    {
        var parts = new Dictionary<long, string>();
        foreach (var some in actor.WorksCases ? cases.Chunk(1000) : [])
        {
            foreach (var access in await reader.QueryAsync<CaseAccess>(
                $"{Select} WHERE c.id IN @some AND c.destroyed_at IS NULL",
                new { some, actor = actor.Id, actor.OrganisationCode, team = actor.TeamCode, frontOffice = actor.FrontOffice ? 1 : 0, now = reader.Now }))
            {
                if (access.MaySee)
                {
                    parts[access.CaseId] = access.Part;
                }
            }
        }

        return parts;
    }

    /// <summary>Who works the case may change it; anyone else gets <c>case-unknown</c> or <c>case-read-only</c>.</summary>
    public static CaseAccess RequireWork(Unit unit, Actor actor, long caseId)
    {
        var access = Find(unit, actor, caseId) ?? throw new RefusedException(new Refusal("case-unknown"));
        if (!access.MayWork)
        {
            throw new RefusedException(new Refusal("case-read-only"));
        }

        return access.State == "open" ? access : throw new RefusedException(new Refusal("case-closed"));
    }

    /// <summary>Only who decides about the case; who merely takes part gets <c>case-read-only</c>.</summary>
    public static CaseAccess RequireEdit(Unit unit, Actor actor, long caseId)
    {
        var access = RequireWork(unit, actor, caseId);
        return access.MayEdit ? access : throw new RefusedException(new Refusal("case-read-only"));
    }

    private static CaseAccess? Visible(CaseAccess? access) => access?.MaySee == true ? access : null;

    private static object Args(Actor actor, long caseId, DateTime now) =>
        new { actor = actor.Id, actor.OrganisationCode, team = actor.TeamCode, frontOffice = actor.FrontOffice ? 1 : 0, caseId, now };
}
