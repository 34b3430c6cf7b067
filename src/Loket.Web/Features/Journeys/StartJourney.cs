using Loket.Domain;
using Loket.Domain.Journeys;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Steps;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Journeys;

/// <summary>
/// Puts the chosen steps of a life event into a case, all or none, with the date each has and the version of the template
/// they come from: a case keeps the version it started with. A step of a partner whom nobody chose is the desk's own: it helps the citizen there.
/// </summary>
public sealed class StartJourney(Db db, LifeEvents events, TermCalculator calculator, AddSteps steps)
{
    // The version that the case's journey started with; null while none of its steps are there.
    private const string Kept = "SELECT MAX(template_version) FROM chain_step WHERE case_id = @caseId AND life_event = @lifeEvent AND state <> 'cancelled'";
    private const string Present = "SELECT template_step FROM chain_step WHERE case_id = @caseId AND life_event = @lifeEvent AND state <> 'cancelled' AND template_step IS NOT NULL";

    public Task<Outcome<StepsAdded>> RunAsync(Actor actor, long caseId, JourneyForm form, string? key)
    {
        if (form.Seen is { } seen && seen != form.Fingerprint)
        {
            return Task.FromResult<Outcome<StepsAdded>>(new Refusal("journey-changed"));
        }

        var (about, day, error) = form.Read(events);
        if (error is not null)
        {
            return Task.FromResult<Outcome<StepsAdded>>(error.Refusal);
        }

        return db.WriteAsync<StepsAdded>(Command.Of(actor.Id, "journey-start", key, new { caseId, form }), unit =>
        {
            CaseAccess.RequireEdit(unit, actor, caseId);
            // Two who start the same journey wait for each other here: the second sees what the first put in.
            unit.Execute(
                "UPDATE case_file SET version = version + CASE WHEN life_event IS NULL THEN 1 ELSE 0 END, life_event = COALESCE(life_event, @Id) WHERE id = @caseId",
                new { about!.Id, caseId });
            var template = about;
            if (unit.Find<int?>(Kept, new { caseId, lifeEvent = about.Id }) is { } kept && kept != about.Version && events.Find(about.Id, kept) is { } started)
            {
                if (form.Seen is not null)
                {
                    return new Refusal("journey-changed");
                }

                template = started;
            }

            var journey = Journey.Expand(template, form.Answered, day!.Value, AmsterdamTime.DateOf(unit.Now), events.Law, calculator);
            var present = unit.Query<string>(Present, new { caseId, lifeEvent = template.Id });
            var chosen = journey.Steps.Where(s => form.Steps?.Contains(s.Step.Key) == true && !present.Contains(s.Step.Key)).ToList();
            if (chosen.Count == 0)
            {
                return new Refusal("journey-nothing-chosen");
            }

            var municipality = unit.Find<string>("SELECT municipality_code FROM case_file WHERE id = @caseId", new { caseId });
            var bodies = Bodies.Of(unit, journey, municipality);
            if (chosen.Exists(s => s.Step.Body.Municipal is not null && bodies.CodeOf(s.Step.Body) is null))
            {
                return new Refusal("municipality-missing");
            }

            unit.Append(new Entry(caseId, "journey_started", caseId, actor.Id, actor.OrganisationCode, new { lifeEvent = template.Id, version = template.Version, steps = chosen.Count, notify = Notify.Ids(actor.Id) }));
            return new StepsAdded(steps.Add(unit, actor, caseId, chosen.ConvertAll(s => Planned(s, template, chosen, form, bodies, actor))).ConvertAll(StoredStep.Text));
        });
    }

    /// <summary>The steps of a life event that a case has already, by key.</summary>
    internal static async Task<IReadOnlySet<string>> InCaseAsync(Reader r, long caseId, string? lifeEvent) =>
        (await r.QueryAsync<string>(Present, new { caseId, lifeEvent })).ToHashSet(StringComparer.Ordinal);

    /// <summary>The version of a life event that a case started with and keeps; null while it has not started.</summary>
    internal static Task<int?> VersionInCaseAsync(Reader r, long caseId, string? lifeEvent) => r.FindAsync<int?>(Kept, new { caseId, lifeEvent });

    private static PlannedStep Planned(JourneyStep s, LifeEvent about, List<JourneyStep> chosen, JourneyForm form, Bodies bodies, Actor actor)
    {
        var partner = s.Step.Body.Partner is null ? null : form.Partners?.GetValueOrDefault(s.Step.Key);
        var lead = s.Leads;
        var stored = new StepForm(
            s.Step.Title.Nl,
            Organisation: partner is null ? bodies.CodeOf(s.Step.Body) ?? actor.OrganisationCode : null,
            Partner: partner,
            Product: s.Step.Product,
            Article: lead.Law?.Article,
            Needs: [.. s.Needs.Where(need => chosen.Exists(c => c.Step.Key == need))]);
        // A day that another step still decides, that has passed, or that counts back is a day agreed on, not a running term.
        stored = lead.Kind == DateKind.Expected || lead.IsAtOnce || lead.Sum.Term.Backwards
            ? stored with { DueDay = StoredStep.Text(lead.Day), Article = null }
            : stored with { TermStart = StoredStep.Text(lead.Sum.Start), Term = lead.Sum.Term.ToString(), Basis = Code.Of(lead.Sum.Basis) };
        return new PlannedStep(stored, new StepTemplate(about.Id, about.Version, s.Step.Key, lead.Kind == DateKind.Legal));
    }
}
