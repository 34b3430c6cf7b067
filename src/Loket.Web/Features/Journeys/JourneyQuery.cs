using System.Globalization;
using Loket.Domain;
using Loket.Domain.Journeys;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Terms;
using Loket.Web.Security;

namespace Loket.Web.Features.Journeys;

/// <summary>Reads what a life event means for one case, or for a municipality: every step with body, dates and reasons.</summary>
public sealed class JourneyQuery(Db db, Say say, LifeEvents events, TermCalculator calculator, DutchCalendar calendar)
{
    /// <summary>The journey as it would start now; null when the case does not exist for this person.</summary>
    public Task<JourneyView?> OfCaseAsync(Actor actor, long caseId, JourneyForm? form, params IReadOnlyList<FieldError> refused) => db.ReadAsync(async r =>
    {
        if (await CaseAccess.FindAsync(r, actor, caseId) is not { MayEdit: true, State: "open" })
        {
            return null;
        }

        var about = (await r.FindAsync<CaseRow>($"SELECT c.number, {CaseNames.AnyTitle} AS title, c.topic_code, c.municipality_code, c.life_event FROM case_file c WHERE c.id = @caseId", new { caseId }))!;
        var filled = form ?? new JourneyForm(about.LifeEvent);
        filled = filled with { Version = await StartJourney.VersionInCaseAsync(r, caseId, filled.Event) is { } kept && events.Find(filled.Event, kept) is not null ? kept : null };
        return new JourneyView
        {
            CaseId = caseId, Number = about.Number, Title = say.Title(about.Title, about.TopicCode), Events = events.Options(say), Form = filled,
            Errors = refused is [] && Missing(filled, form is { Version: not null } or { Day: not null }) is { } missing ? [missing] : refused,
            Event = Shown(filled),
            Steps = await StepsAsync(r, filled, about.MunicipalityCode, await StartJourney.InCaseAsync(r, caseId, filled.Event)),
        };
    });

    /// <summary>The same journey without a case, for upkeep: nothing is in it yet.</summary>
    public Task<(EventView? Event, IReadOnlyList<JourneyRow> Steps, FieldError? Error)> PreviewAsync(JourneyForm form, string? municipality) => db.ReadAsync(async r =>
        (Shown(form), await StepsAsync(r, form, municipality, new HashSet<string>()), form.Read(events).Error));

    // A day that was not asked for yet is no mistake: it stands beside the event once that was chosen.
    private FieldError? Missing(JourneyForm form, bool asked) =>
        form.Read(events).Error is { } error && (asked || error.Refusal.Code is not ("term-day-missing" or "life-event-missing")) ? error : null;

    private EventView? Shown(JourneyForm form)
    {
        var (about, day, _) = form.Read(events);
        return about is null ? null : new EventView
        {
            Id = about.Id, Version = about.Version, Seen = (form with { Version = about.Version }).Fingerprint, DayLabel = about.Day.In(say.IsEnglish), Age = about.Age, Reached = about.Age > 0 ? day : null,
            Questions = [.. about.Questions.Select(q => new Option(q.Key, q.Text.In(say.IsEnglish), form.Answers?.GetValueOrDefault(q.Key)))],
        };
    }

    private async Task<IReadOnlyList<JourneyRow>> StepsAsync(Reader r, JourneyForm form, string? municipality, IReadOnlySet<string> inCase)
    {
        if (form.Read(events) is not ({ } about, { } day, _))
        {
            return [];
        }

        var journey = Journey.Expand(about, form.Answered, day, say.Dates.Today, events.Law, calculator);
        var bodies = await Bodies.OfAsync(r, journey, municipality, say.Dates.NowUtc);
        var partners = await r.QueryAsync<PartnerRow>("SELECT id, name, kind FROM partner WHERE active = 1 ORDER BY sort_name, id");
        var titles = journey.Steps.ToDictionary(s => s.Step.Key, s => s.Step.Title.In(say.IsEnglish), StringComparer.Ordinal);
        return [.. journey.Steps.Select(s => Row(s, form, bodies, partners, titles, inCase.Contains(s.Step.Key)))];
    }

    private JourneyRow Row(JourneyStep s, JourneyForm form, Bodies bodies, List<PartnerRow> partners, Dictionary<string, string> titles, bool inCase)
    {
        var kind = s.Step.Body.Partner;
        return new JourneyRow
        {
            Key = s.Step.Key, Title = titles[s.Step.Key], Product = s.Step.Product,
            Who = kind is not null ? say.Code("journey.partner", kind) : bodies.NameOf(s.Step.Body) ?? say.Text("journey.no-municipality"),
            Organisation = bodies.CodeOf(s.Step.Body),
            Partners = kind is null ? null
                : [.. partners.Where(p => p.Kind == Bodies.RegisterKind(kind)).Select(p => new Option(p.Id.ToString(CultureInfo.InvariantCulture), p.Name))],
            Date = Date(s.Date), Target = s.Target is null ? null : Date(s.Target), Opens = s.Opens is null ? null : Date(s.Opens),
            Article = s.Law?.Article, ArticleVerified = s.Law?.Verified == true,
            Needs = [.. s.Needs.Select(key => titles[key])],
            Citizen = s.Step.Citizen.In(say.IsEnglish), Professional = s.Step.Professional.In(say.IsEnglish),
            IsUncertain = !s.Certain, IsInCase = inCase,
            IsChosen = !inCase && form.Chooses(s.Step.Key, s.Certain),
        };
    }

    private JourneyDate Date(StepDate date) => new()
    {
        Kind = Code.Of(date.Kind), Day = date.Day, IsAtOnce = date.IsAtOnce,
        Sum = [.. new TermWords(say, calendar).Lines(date.Sum).Where(l => l.Kind != "due").Select(l => l.ToDateStep())],
    };

    private sealed class CaseRow
    {
        public string Number { get; init; } = "";

        public string? Title { get; init; }

        public string? TopicCode { get; init; }

        public string? MunicipalityCode { get; init; }

        public string? LifeEvent { get; init; }
    }

    private sealed class PartnerRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Kind { get; init; } = "";
    }
}
