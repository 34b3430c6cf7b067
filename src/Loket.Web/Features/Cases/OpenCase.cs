using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Domain.Representation;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Shared;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>
/// What the desk knows at the start. A number is only for a person (BSN) or a business (KVK, RSIN); none is fine too.
/// <paramref name="OnBehalf"/>: who is at the desk acts for somebody else, and by what right.
/// </summary>
public sealed record OpenCaseForm(
    string? Question, string? Kind, string? Topic, string? Municipality = null, string? Title = null, string? Name = null,
    string? Bsn = null, string? Kvk = null, string? Rsin = null, string? LifeEvent = null,
    AuthorityForm? OnBehalf = null);

public sealed record CaseOpened(string CaseId, string Number);

/// <summary>Opens a shared case. Who opens it owns its chain from the first moment.</summary>
public sealed class OpenCase(Db db, KeyRing keys, Deadlines deadlines, LifeEvents lifeEvents)
{
    /// <summary>Most characters of the citizen's own words.</summary>
    public const int LongestQuestion = 2000;
    public const int LongestTitle = 120;
    public const int LongestName = 200;

    public Task<Outcome<CaseOpened>> RunAsync(Actor actor, OpenCaseForm form, string? key)
    {
        if (Check(form).FirstOrDefault() is { } error)
        {
            return Task.FromResult<Outcome<CaseOpened>>(error.Refusal);
        }

        if (!lifeEvents.Knows(form.LifeEvent))
        {
            return Task.FromResult<Outcome<CaseOpened>>(new Refusal("life-event-unknown"));
        }

        // The body hash is kept; it must not be a way back to a number.
        var command = Command.Of(actor.Id, "case-open", key, new { form = form with { Bsn = null, Kvk = null, Rsin = null }, number = NumberOf(form)?.Mark(keys) });
        return db.WriteAsync<CaseOpened>(command, unit =>
        {
            if (!actor.FrontOffice)
            {
                return new Refusal("case-open-desk-only");
            }

            actor.RequireHere(unit);
            return Open(unit, actor, actor, form);
        });
    }

    /// <summary>Opens one inside another unit: <paramref name="by"/> does it, and <paramref name="owner"/>, of the same organisation, owns the chain.</summary>
    internal Outcome<CaseOpened> Open(Unit unit, Actor by, Actor owner, OpenCaseForm form)
    {
        if (CheckPlace(unit, form.Topic!, form.Municipality) is { } wrong)
        {
            return wrong;
        }

        var party = AddParty(unit, form);
        var id = unit.NewId();
        var number = NextNumber(unit);
        var texts = CaseTexts.Add(unit, id, owner.OrganisationCode, form.Title, form.Question!);
        unit.Execute(
            """
            INSERT INTO case_file (id, number, party_id, organisation_code, title, title_id, question, question_id, topic_code, municipality_code, life_event, state,
                                   owner_id, owner_organisation, owner_team, owned_by_office, opened_by, opened_at, version)
            VALUES (@id, @number, @party, @OrganisationCode, '', @TitleId, '', @QuestionId, @Topic, @municipality, @LifeEvent, 'open',
                    @owner, @OrganisationCode, @TeamCode, @byOffice, @by, @Now, 1)
            """,
            new
            {
                id, number, party, owner.OrganisationCode, texts.TitleId, texts.QuestionId, form.Topic, municipality = Blank(form.Municipality),
                LifeEvent = Blank(form.LifeEvent), owner = owner.Id, owner.TeamCode, byOffice = by.Id == owner.Id ? 0 : 1, by = by.Id, unit.Now,
            });
        Participants.Join(unit, id, owner, null, "owner");
        // Until something else is agreed: a first sign of life, so that no open case is without a date.
        Deadlines.Start(unit, "case", id, id, owner.Id, deadlines.OneWorkingDay(unit.Now));
        unit.Append(new Entry(id, "case_opened", id, by.Id, by.OrganisationCode, new { topic = form.Topic, notify = Notify.Ids(owner.Id) }, texts.QuestionId));
        CaseTexts.JournalTitle(unit, id, by, texts.TitleId);
        AddKnownFacts(unit, id, by, party, form);
        if (form.OnBehalf is { IsEmpty: false } authority)
        {
            if (Authorities.Record(unit, by, id, authority) is { } no)
            {
                return no;
            }

            OnBehalf.Require(unit, id, ActOnBehalf.OpenCase);
        }

        return new CaseOpened(id.ToString(CultureInfo.InvariantCulture), number);
    }

    /// <summary>Every mistake that needs no database, by field; empty when the form is right.</summary>
    public static IEnumerable<FieldError> Check(OpenCaseForm form)
    {
        if (string.IsNullOrWhiteSpace(form.Question))
        {
            yield return new("question", new Refusal("question-missing"));
        }
        else if (form.Question.Length > LongestQuestion)
        {
            yield return new("question", new Refusal("question-too-long"));
        }
        else if (FreeText.Check(LongestQuestion, form.Question) is { } question)
        {
            yield return new("question", question);
        }

        if (form.Title?.Length > LongestTitle)
        {
            yield return new("title", new Refusal("title-too-long"));
        }
        else if (CheckTitle(form.Title) is { } title)
        {
            yield return new("title", title);
        }

        if (form.Name?.Length > LongestName)
        {
            yield return new("name", new Refusal("name-too-long"));
        }
        else if (FreeText.Check(LongestName, form.Name) is { } name)
        {
            yield return new("name", name);
        }

        if (string.IsNullOrWhiteSpace(form.Topic))
        {
            yield return new("topic", new Refusal("topic-missing"));
        }

        if (!Code.TryParse<PartyKind>(form.Kind, out _))
        {
            yield return new("kind", new Refusal("kind-missing"));
        }

        foreach (var number in PartyNumber.Check(form.Kind, form.Bsn, form.Kvk, form.Rsin))
        {
            yield return number;
        }
    }

    /// <summary>The title stands in lists, on the board and in letters, so it names nobody.</summary>
    internal static Refusal? CheckTitle(string? title) =>
        title is not null && LineQuestion.Inspect(title, []).Marks.Count > 0 ? new Refusal("title-names-somebody") : null;

    /// <summary>Whether topic and municipality exist; the municipality may be left out for a national topic.</summary>
    internal static Refusal? CheckPlace(Unit unit, string topic, string? municipality)
    {
        var layer = unit.Find<string>("SELECT layer FROM topic WHERE code = @topic", new { topic });
        if (layer is null)
        {
            return new Refusal("topic-unknown");
        }

        if (string.IsNullOrWhiteSpace(municipality))
        {
            return layer == "municipal" ? new Refusal("municipality-missing") : null;
        }

        return unit.Scalar<long>("SELECT COUNT(*) FROM organisation WHERE code = @municipality AND kind = 'municipality'", new { municipality }) == 0
            ? new Refusal("municipality-unknown")
            : null;
    }

    private long AddParty(Unit unit, OpenCaseForm form)
    {
        var id = unit.NewId();
        var number = NumberOf(form);
        var kept = number?.Seal(keys, id);
        unit.Execute(
            """
            INSERT INTO party (id, kind, number_kind, number_sealed, number_index, number_key, number_tail)
            VALUES (@id, @partyKind, @Kind, @Sealed, @Index, @Version, @Tail)
            """,
            new { id, partyKind = form.Kind, number?.Kind, kept?.Sealed, kept?.Index, kept?.Version, number?.Tail });
        return id;
    }

    /// <summary>What a sealed number is bound to: its own row.</summary>
    internal static string PartyContext(long partyId) => $"party:{partyId}";

    private static PartyNumber? NumberOf(OpenCaseForm form) => PartyNumber.Of(form.Kind, form.Bsn, form.Kvk, form.Rsin);

    private static void AddKnownFacts(Unit unit, long caseId, Actor actor, long partyId, OpenCaseForm form)
    {
        if (Blank(form.Name) is { } name)
        {
            CaseTexts.CallParty(unit, partyId, Facts.Add(unit, caseId, actor, "name", "", name, "citizen"));
        }

        if (form.Kind == "business" && Blank(form.Kvk) is { } kvk)
        {
            Facts.Add(unit, caseId, actor, "kvk", "", KvkNumber.Parse(kvk).Value.Value, "citizen");
        }
    }

    private static string NextNumber(Unit unit)
    {
        var year = AmsterdamTime.DateOf(unit.Now).Year;
        var name = string.Create(CultureInfo.InvariantCulture, $"case-{year}");
        if (unit.Execute("UPDATE counter SET value = value + 1 WHERE name = @name", new { name }) == 0)
        {
            unit.Execute("INSERT INTO counter (name, value) VALUES (@name, 1)", new { name });
        }

        return string.Create(CultureInfo.InvariantCulture, $"Z-{year}-{unit.Scalar<long>("SELECT value FROM counter WHERE name = @name", new { name }):000000}");
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
