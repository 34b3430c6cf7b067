using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Steps;
using Loket.Web.Security;

namespace Loket.Web.Features.Letters;

/// <summary>How the letter is made. Nothing is retyped: it follows from what the case holds.</summary>
/// <param name="Size"><c>large</c>, or anything else for the ordinary size.</param>
/// <param name="Name">"no" leaves the citizen's name out.</param>
public sealed record LetterChoice(string? Size, string? Name);

/// <summary>The letter about what was agreed, for who works the case; nobody else speaks to the citizen about it. A line writes of its own part.</summary>
public sealed class AgreedLetterQuery(Db db, Say say, StepQuery steps)
{
    public Task<Outcome<AgreedLetter>> LoadAsync(Actor actor, long caseId, LetterChoice choice) => db.ReadAsync<Outcome<AgreedLetter>>(async r =>
    {
        if (await CaseAccess.FindAsync(r, actor, caseId) is not { } access)
        {
            return new Refusal("case-unknown");
        }

        if (!access.MayWork)
        {
            return new Refusal("case-read-only");
        }

        var row = (await r.FindAsync<Row>(
            """
            SELECT c.number, w.name AS owner_name, o.display_name AS owner_organisation, o.phone AS owner_phone
            FROM case_file c JOIN professional w ON w.id = c.owner_id JOIN organisation o ON o.code = c.owner_organisation WHERE c.id = @caseId
            """,
            new { caseId }))!;
        var scope = await CaseScope.LoadAsync(r, actor, access);
        var name = (await PartyQuery.LoadAsync(r, actor, caseId, await VisibleFacts.LoadAsync(r, actor, caseId))).Name;
        var chain = (await steps.LoadAsync(r, actor, access, withOptions: false)).Steps.Where(s => !s.IsOver).ToList();
        var rows = (await PromiseQuery.OfCaseAsync(r, actor, caseId, scope)).Where(p => p.State == "open").Select(Of)
            .Concat(chain.Where(s => s.TermToStart is null).Select(Of))
            .Concat((await CallbackQuery.OfCaseAsync(r, say, actor, caseId, scope)).Where(b => b.State is "scheduled" or "attempting").Select(Of));
        return new AgreedLetter
        {
            CaseId = caseId, CaseNumber = row.Number, Organisation = actor.OrganisationName, Professional = actor.Name, MadeAt = r.Now,
            Name = choice.Name == "no" ? null : name, HasName = name is not null, Large = choice.Size == "large",
            Rows = [.. rows.OrderBy(x => x.At)],
            Own = [.. chain.Where(s => s.AskedText is not null).Select(s => new OwnTask(s.AskedText!, s.AskedUntil))],
            OwnerName = row.OwnerName, OwnerOrganisation = row.OwnerOrganisation, OwnerPhone = row.OwnerPhone,
        };
    });

    private static AgreedRow Of(PromiseRow promise) => new("promise", promise.Text, promise.WhoName, promise.WhoOrganisation, promise.DueAt, null, promise.HasTime);

    // Nobody promises on behalf of a body that has not said yes (DOMAIN.md section 2): then who answers for the step asks them.
    private AgreedRow Of(StepRow step) => new(step.IsAccepted ? "step" : "asked", say.Step(step.Title), step.AnswerableName, step.Who, step.DueAt, null, step.HasTime);

    private static AgreedRow Of(CallbackRow callback) => new(callback.IsOurs ? "callback" : "callback_asked", "", callback.LineName, null, callback.From, callback.Until, true);

    private sealed class Row
    {
        public string Number { get; init; } = "";

        public string OwnerName { get; init; } = "";

        public string OwnerOrganisation { get; init; } = "";

        public string? OwnerPhone { get; init; }
    }
}
