using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Shared;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Steps;

public sealed record StepsAdded(IReadOnlyList<string> StepIds);

/// <summary>
/// A step: of an organisation or a partner, with a term (P8W, from a day) or a day that was agreed; without either it gets
/// the first sign of life. <paramref name="Line"/> asks that line at once; <paramref name="Take"/> takes it oneself.
/// Days are yyyy-MM-dd.
/// </summary>
/// <param name="Product">The UPL name of what it gives.</param>
/// <param name="Needs">What it waits for: ids of steps of the case, or the template step of one earlier in the same call.</param>
public sealed record StepForm(
    string? Title, string? Organisation = null, long? Partner = null, string? Product = null, string? TermStart = null, string? Term = null,
    string? Basis = null, string? Article = null, string? DueDay = null, IReadOnlyList<string>? Needs = null, string? Line = null, bool Take = false);

/// <summary>Where a planned step comes from: a life event's template in a version, and whether its article was checked against the law.</summary>
public sealed record StepTemplate(string LifeEvent, int Version, string Step, bool ArticleVerified);

/// <summary>A step to add, with its template when it has one.</summary>
public sealed record PlannedStep(StepForm Form, StepTemplate? Template = null);

/// <summary>
/// Puts steps into a chain. Each starts with a person who answers for it, the chain owner until somebody accepts it, and
/// a date that runs.
/// </summary>
public sealed class AddSteps(Db db, StepDates dates, AskStep asks)
{
    public const int LongestTitle = 120;

    /// <summary>What a specialist took on at the end of a talk, as it is stored; pages say it in their language.</summary>
    public const string AfterTalk = "Verder na het gesprek";

    public Task<Outcome<StepsAdded>> RunAsync(Actor actor, long caseId, StepForm form, string? key) =>
        Check(form).FirstOrDefault() is { } error
            ? Task.FromResult<Outcome<StepsAdded>>(error.Refusal)
            : db.WriteAsync<StepsAdded>(Command.Of(actor.Id, "steps-add", key, new { caseId, form }), unit =>
            {
                CaseAccess.RequireWork(unit, actor, caseId);
                return new StepsAdded(Add(unit, actor, caseId, [new(form)]).ConvertAll(StoredStep.Text));
            });

    /// <summary>Adds steps inside another unit, in their order; who may do so is decided there. Refuses by <see cref="RefusedException"/>.</summary>
    internal List<long> Add(Unit unit, Actor actor, long caseId, IReadOnlyList<PlannedStep> planned)
    {
        actor.RequireHere(unit);
        Participants.TakePart(unit, caseId, actor);
        var owner = unit.Scalar<long>("SELECT owner_id FROM case_file WHERE id = @caseId", new { caseId });
        var position = unit.Scalar<int>("SELECT COALESCE(MAX(position), 0) FROM chain_step WHERE case_id = @caseId", new { caseId });
        var byTemplate = new Dictionary<string, long>(StringComparer.Ordinal);
        var added = new List<long>();
        foreach (var step in planned)
        {
            RequireWho(unit, step.Form);
            var id = Insert(unit, actor, caseId, owner, ++position, step);
            foreach (var need in (step.Form.Needs ?? []).Distinct(StringComparer.Ordinal))
            {
                unit.Execute(
                    "INSERT INTO chain_step_need (step_id, needs_step_id) VALUES (@id, @needs)",
                    new { id, needs = byTemplate.TryGetValue(need, out var earlier) ? earlier : Existing(unit, caseId, need) });
            }

            if (step.Template is { } template)
            {
                byTemplate[template.Step] = id;
            }

            added.Add(id);
            if (step.Form.Take)
            {
                asks.Take(unit, actor, id);
            }
            else if (!string.IsNullOrWhiteSpace(step.Form.Line))
            {
                asks.Ask(unit, actor, id, new AskStepForm(step.Form.Line));
            }
        }

        return added;
    }

    private long Insert(Unit unit, Actor actor, long caseId, long owner, int position, PlannedStep step)
    {
        var form = step.Form;
        var id = unit.NewId();
        var (start, term) = (Blank(form.TermStart), Blank(form.Term) is { } said ? Term.Parse(said).Value.ToString() : null);
        var due = start is not null && term is not null ? dates.Due(StoredStep.Of(start, term, Blank(form.Basis), null, []), unit.Now)
            // A template may lead to a day that is over: the step is late then, and that is what has to be seen.
            : Blank(form.DueDay) is { } day ? step.Template is null ? StepDates.Ahead(unit.Now, StoredStep.Day(day)) : StepDates.Agreed(StoredStep.Day(day))
            : dates.FirstSign(unit.Now);
        unit.Execute(
            """
            INSERT INTO chain_step (id, case_id, position, title, product_code, organisation_code, partner_id, professional_id, state, term_start, term, basis,
                                    article, article_verified, due_at, life_event, template_version, template_step, added_by, added_at, version)
            VALUES (@id, @caseId, @position, @title, @product, @organisation, @partner, @owner, 'open', @start, @term, @basis,
                    @article, @verified, @due, @LifeEvent, @templateVersion, @templateStep, @actor, @Now, 1)
            """,
            new
            {
                id, caseId, position, title = form.Title!.Trim(), product = Blank(form.Product), organisation = Blank(form.Organisation), partner = form.Partner, owner, start, term,
                basis = term is null ? null : Blank(form.Basis) ?? "service", article = Blank(form.Article), verified = step.Template?.ArticleVerified == true ? 1 : 0, due,
                step.Template?.LifeEvent, templateVersion = step.Template?.Version, templateStep = step.Template?.Step, actor = actor.Id, unit.Now,
            });
        Deadlines.Start(unit, "step", id, caseId, owner, due);
        unit.Append(new Entry(caseId, "step_added", id, actor.Id, actor.OrganisationCode, new StepEvent(Due: due, Notify: Notify.Ids(owner, actor.Id))));
        return id;
    }

    private static void RequireWho(Unit unit, StepForm form)
    {
        var known = form.Partner is { } partner
            ? unit.Scalar<long>("SELECT COUNT(*) FROM partner WHERE id = @partner AND active = 1", new { partner })
            : unit.Scalar<long>("SELECT COUNT(*) FROM organisation WHERE code = @Organisation", new { form.Organisation });
        if (known == 0)
        {
            throw new RefusedException(new Refusal(form.Partner is null ? "step-organisation-unknown" : "step-partner-unknown"));
        }
    }

    private static long Existing(Unit unit, long caseId, string need) =>
        long.TryParse(need, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && unit.Scalar<long>("SELECT COUNT(*) FROM chain_step WHERE id = @id AND case_id = @caseId", new { id, caseId }) == 1
            ? id
            : throw new RefusedException(new Refusal("step-need-unknown"));

    /// <summary>Every mistake that needs no database, by field; empty when the form is right.</summary>
    public static IEnumerable<FieldError> Check(StepForm form)
    {
        if (string.IsNullOrWhiteSpace(form.Title))
        {
            yield return new("title", new Refusal("step-title-missing"));
        }
        else if ((FreeText.Check(LongestTitle, form.Title) ?? OpenCase.CheckTitle(form.Title)) is { } title)
        {
            yield return new("title", title);
        }

        if (string.IsNullOrWhiteSpace(form.Organisation) == form.Partner is null)
        {
            yield return new("organisation", new Refusal("step-who-missing"));
        }

        if (FreeText.Check(80, form.Product) is { } product)
        {
            yield return new("product", product);
        }

        if (FreeText.Check(LongestTitle, form.Article) is { } article)
        {
            yield return new("article", article);
        }

        if (Blank(form.Term) is { } term && (Term.Parse(term) is not { IsOk: true, Value: { Backwards: false } parsed } || parsed.ToString().Length > 12))
        {
            yield return new("term", new Refusal("term-unreadable"));
        }

        if (Blank(form.Basis) is { } basis && !Code.TryParse<TermBasis>(basis, out _))
        {
            yield return new("basis", new Refusal("term-basis-wrong"));
        }

        if (CheckDay(form.TermStart) is { } start)
        {
            yield return new("termStart", start);
        }
        else if (Blank(form.TermStart) is not null && Blank(form.Term) is null)
        {
            yield return new("term", new Refusal("term-missing"));
        }

        if (CheckDay(form.DueDay) is { } due)
        {
            yield return new("dueDay", due);
        }
    }

    /// <summary>A day of a step: readable, and not absurdly far away; null when it is right or empty.</summary>
    internal static Refusal? CheckDay(string? text) => Blank(text) is not { } day ? null
        : !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? new Refusal("term-day-unreadable")
        : read.Year is < 2014 or > 2099 ? new Refusal("term-day-outside", "2014", "2099")
        : null;

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
