using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

/// <summary>What lines ask for and what was given to them, as the person decides about it or waits for it.</summary>
public sealed class SharingView
{
    public long CaseId { get; init; }

    /// <summary>Decides: gives, refuses, withdraws.</summary>
    public bool MayDecide { get; init; }

    /// <summary>The kinds this person's line may ask for; empty when they work for no line here.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Open requests: all for who decides, those of the own line for who asks.</summary>
    public IReadOnlyList<FactAskRow> Asks { get; init; } = [];

    /// <summary>What holds now of the facts of the own organisation.</summary>
    public IReadOnlyList<GivenFact> Given { get; init; } = [];

    /// <summary>What the citizen consented to, as the own organisation recorded it.</summary>
    public IReadOnlyList<ConsentRow> Consents { get; init; } = [];

    /// <summary>What the citizen can be asked to consent to.</summary>
    public IReadOnlyList<ConsentChoice> ConsentChoices { get; init; } = [];

    /// <summary>Takes back a consent, also when the case is closed.</summary>
    public bool MayRevoke { get; init; }
}

/// <summary>An open request; <see cref="Facts"/> are the facts of that kind that can answer it.</summary>
public sealed record FactAskRow(long Id, string Line, string LineName, string Kind, string Why, string ByName, IReadOnlyList<Option> Facts);

/// <summary>A fact of the own organisation that a line has. <see cref="RuleIsOff"/>: by a row that is switched off since; take it back.</summary>
public sealed record GivenFact(long FactId, string Label, string Line, string LineName, bool RuleIsOff);

/// <summary>Reads <see cref="SharingView"/> for a case and a person who may see it.</summary>
public static class FactAsksQuery
{
    public static async Task<SharingView> LoadAsync(Reader r, Say say, SharingRules sharing, Actor actor, CaseAccess access, IReadOnlyList<VisibleFact> facts, RulesOff off)
    {
        var open = access is { MayWork: true, State: "open" };
        var mine = await OwnLine.FindAsync(r, actor, access.CaseId);
        var decides = open && access.MayEdit;
        var asks = await r.QueryAsync<AskRow>(
            """
            SELECT q.id, q.line_code, q.kind, v.value AS why, w.name AS by_name FROM fact_ask q JOIN personal_value v ON v.id = q.why_id JOIN professional w ON w.id = q.asked_by
            WHERE q.case_id = @CaseId AND q.state = 'asked' AND (@decides = 1 OR q.line_code = @line) ORDER BY q.id
            """,
            new { access.CaseId, decides = decides ? 1 : 0, line = mine?.Code ?? "-" });
        var own = facts.Where(f => f.IsOwn).ToList();
        var given = open
            ? await r.QueryAsync<GivenRow>("SELECT DISTINCT fact_id, line_code, rule_id FROM disclosure WHERE case_id = @CaseId AND until IS NULL ORDER BY fact_id, line_code", new { access.CaseId })
            : [];
        var names = await LineNames.OfAsync(r, say, [.. asks.Select(a => a.LineCode).Concat(given.Select(g => g.LineCode)).Distinct()]);
        var (consents, choices) = await ConsentsQuery.LoadAsync(r, say, sharing, actor, access, facts, off);
        return new SharingView
        {
            Consents = consents, ConsentChoices = choices, MayRevoke = access.MayWork,
            CaseId = access.CaseId, MayDecide = decides,
            Kinds = open && !access.IsOwnOrganisation && mine is not null && sharing.ForTopic(mine.Topic, await RulesOff.OfAsync(r, access.OwnerOrganisation)) is { } rule
                ? [.. rule.Kinds.Keys.Where(k => asks.TrueForAll(a => a.Kind != k)).OrderBy(k => say.Code("fact-kind", k), StringComparer.CurrentCulture)] : [],
            Asks = asks.ConvertAll(a => new FactAskRow(a.Id, a.LineCode, names[a.LineCode], a.Kind, a.Why ?? "", a.ByName, [
                .. own.Where(f => decides && f.Kind == a.Kind).Select(f => new Option(f.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), FactWords.Choice(f, say)))])),
            Given = [.. given.Join(own, g => g.FactId, f => f.Id, (g, f) => new GivenFact(f.Id, FactWords.Label(f, say), g.LineCode, names[g.LineCode], off.Has(g.RuleId)))],
        };
    }

    private sealed class AskRow
    {
        public long Id { get; init; }

        public string LineCode { get; init; } = "";

        public string Kind { get; init; } = "";

        public string? Why { get; init; }

        public string ByName { get; init; } = "";
    }

    private sealed class GivenRow
    {
        public long FactId { get; init; }

        public string LineCode { get; init; } = "";

        public string RuleId { get; init; } = "";
    }
}
