using System.Globalization;
using Loket.Domain;
using Loket.Domain.Chain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Steps;

/// <summary>What the journal says about a step, beside its kind.</summary>
internal sealed record StepEvent(string? Line = null, string? To = null, string? What = null, DateTime? Due = null, string[]? Notify = null);

/// <summary>A chain step as it is stored, and what every change of one has in common.</summary>
internal sealed class StoredStep
{
    public const string Columns =
        "s.id, s.case_id, s.title, s.organisation_code, s.partner_id, s.professional_id, s.accepted_at, s.state, s.term_start, s.term, s.basis, s.article, s.due_at, s.version, c.owner_id";

    public long Id { get; init; }

    public long CaseId { get; init; }

    public string Title { get; init; } = "";

    public string? OrganisationCode { get; init; }

    public long? PartnerId { get; init; }

    public long ProfessionalId { get; init; }

    public DateTime? AcceptedAt { get; init; }

    public string State { get; init; } = "";

    public string? TermStart { get; init; }

    public string? Term { get; init; }

    public string? Basis { get; init; }

    public string? Article { get; init; }

    public DateTime DueAt { get; init; }

    public int Version { get; init; }

    public long OwnerId { get; init; }

    public StepState StepState => Code.Parse<StepState>(State);

    public bool IsOver => StepRules.IsOver(StepState);

    /// <summary>A term that runs and that Awb 4:15 can suspend.</summary>
    public bool HasLegalTerm => TermStart is not null && Term is not null && Basis is "act" or "bylaw";

    /// <summary>The step for who may see its case; for anybody else it does not exist.</summary>
    public static (StoredStep Step, CaseAccess Access) Get(Unit unit, Actor actor, long stepId)
    {
        var step = unit.Find<StoredStep>($"SELECT {Columns} FROM chain_step s JOIN case_file c ON c.id = s.case_id WHERE s.id = @stepId", new { stepId });
        var access = step is null ? null : CaseAccess.Find(unit, actor, step.CaseId);
        return step is null || access is null || !CaseScope.Load(unit, actor, access).Has(stepId) ? throw new RefusedException(new Refusal("step-unknown")) : (step, access);
    }

    /// <summary>What this person is to the step. While nobody accepted it, the owner's side answers for it together.</summary>
    public static StepPart PartOf(Actor actor, CaseAccess access, long professionalId, DateTime? acceptedAt) =>
        (access.MayEdit ? StepPart.Owner : StepPart.None)
        | (professionalId == actor.Id || (acceptedAt is null && access.MayEdit) ? StepPart.Handler : StepPart.None)
        | (access.IsSupervisor ? StepPart.Supervisor : StepPart.None);

    public StepPart PartOf(Actor actor, CaseAccess access) => PartOf(actor, access, ProfessionalId, AcceptedAt);

    /// <summary>Asks the rule and moves the step by its version; the state it has now.</summary>
    public StepState Move(Unit unit, Actor actor, CaseAccess access, StepAction action)
    {
        if (access.State != "open")
        {
            throw new RefusedException(new Refusal("case-closed"));
        }

        var next = StepRules.Next(StepState, action, PartOf(actor, access));
        if (next.Refusal is { } no)
        {
            throw new RefusedException(no);
        }

        unit.ExecuteGuarded(
            """
            UPDATE chain_step SET state = @state, version = version + 1, started_at = COALESCE(started_at, @started), ended_at = @ended
            WHERE id = @Id AND version = @Version
            """,
            new
            {
                state = Code.Of(next.Value), Id, Version,
                started = next.Value == StepState.InProgress ? unit.Now : (DateTime?)null,
                ended = StepRules.IsOver(next.Value) ? unit.Now : (DateTime?)null,
            });
        return next.Value;
    }

    /// <summary>The term with its suspensions, or null when none runs.</summary>
    public StepTerm? TermOf(Unit unit) => TermStart is null || Term is null
        ? null
        : Of(TermStart, Term, Basis, Article, Pauses(unit));

    public static StepTerm Of(string start, string term, string? basis, string? article, IEnumerable<StepPause> pauses) =>
        new(Day(start), Domain.Terms.Term.Parse(term).Value, Code.Parse<TermBasis>(basis ?? "service"), article, [.. pauses]);

    public List<StepPause> Pauses(Unit unit) => unit.Query<PauseRow>(
        "SELECT kind, from_day, until_day FROM chain_step_suspension WHERE step_id = @Id ORDER BY n", new { Id }).ConvertAll(p => p.ToPause());

    /// <summary>Journals what happened to the step; who answers for it and the chain owner hear of it, and <paramref name="notify"/>.</summary>
    public void Append(Unit unit, string kind, Actor? actor, StepEvent? what = null, long? personalId = null, params IEnumerable<long?> notify) =>
        unit.Append(new Entry(
            CaseId, kind, Id, actor?.Id, actor?.OrganisationCode, (what ?? new()) with { Notify = Live.Notify.Ids([ProfessionalId, OwnerId, .. notify]) }, personalId));

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    internal sealed class PauseRow
    {
        public long StepId { get; init; }

        public string Kind { get; init; } = "";

        public string FromDay { get; init; } = "";

        public string? UntilDay { get; init; }

        public StepPause ToPause() => new(Code.Parse<SuspensionKind>(Kind), Day(FromDay), UntilDay is null ? null : Day(UntilDay));
    }
}
