using Loket.Domain;
using Loket.Domain.Journeys;
using Loket.Domain.Proactive;
using Loket.Web.Security;

namespace Loket.Web.Features.Proactive;

/// <summary>The rules, and what each organisation decided about them.</summary>
public sealed class ProactiveBook(IReadOnlyList<ProactiveRule> rules, IReadOnlyList<ProactiveDecision> decisions, PensionAges ages, LegalTerms law)
{
    public IReadOnlyList<ProactiveRule> Rules => rules;

    public PensionAges Ages => ages;

    public LegalTerms Law => law;

    public ProactiveRule? Find(string id) => rules.FirstOrDefault(r => r.Id == id);

    public ProactiveDecision? DecisionOf(ProactiveRule rule, Actor actor) => decisions.FirstOrDefault(d => d.RuleId == rule.Id && d.Organisation == actor.OrganisationCode);

    /// <summary>Every reason why the rule does not run for this person's organisation; empty when it runs.</summary>
    public IReadOnlyList<Refusal> WhyNot(ProactiveRule rule, Actor actor) => ProactiveRules.WhyNot(rule, DecisionOf(rule, actor), law, ages);
}
