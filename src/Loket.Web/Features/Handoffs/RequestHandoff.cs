using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Domain.Parties;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Sharing;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// What the front office asks for. <paramref name="FirstLine"/> starts the route at that line;
/// <paramref name="Facts"/> are the ids of the facts that go along after acceptance;
/// <paramref name="Language"/> is spoken by who takes it, when that can be (ISO 639-1; null or nl asks nothing);
/// <paramref name="Phone"/> is where the citizen can be called; <paramref name="CallbackOnly"/> fixes a callback without ringing.
/// </summary>
public sealed record RequestHandoffForm(
    string Mode, string CitizenAt, string LineQuestion, bool Urgent = false, string? FirstLine = null, IReadOnlyList<long>? Facts = null,
    string? Phone = null, bool CallbackOnly = false, string? Language = null);

public sealed record HandoffRequested(string HandoffId, string CaseId, string State);

/// <summary>
/// Starts a live handoff: fixes the route, masks the line question, and makes the first offer, all in one transaction.
/// </summary>
public sealed class RequestHandoff(Db db, Dispatch dispatch, ScheduleCallback callbacks, SharingRules sharing)
{
    public const int LongestQuestion = 1000;

    public Task<Outcome<HandoffRequested>> RunAsync(Actor actor, long caseId, RequestHandoffForm form, string? key)
    {
        if (Check(form) is { } refusal)
        {
            return Task.FromResult<Outcome<HandoffRequested>>(refusal);
        }

        var question = Read(form.LineQuestion);
        return db.WriteAsync<HandoffRequested>(Command.Of(actor.Id, "handoff-request", key, new { caseId, form }), unit =>
        {
            actor.RequireHere(unit);
            return Ask(unit, actor, actor, caseId, form, question);
        });
    }

    /// <summary>
    /// Asks inside another unit: <paramref name="by"/> does it, and <paramref name="sender"/>, who decides about the case, gets
    /// the answer. <paramref name="read"/> is the line question of the form, read before the unit.
    /// </summary>
    internal Outcome<HandoffRequested> Ask(Unit unit, Actor by, Actor sender, long caseId, RequestHandoffForm form, ReadQuestion read)
    {
        CaseAccess.RequireEdit(unit, sender, caseId);
        OnBehalf.Require(unit, caseId, form.CallbackOnly ? ActOnBehalf.Callback : ActOnBehalf.Ask);
        if (form is { Facts.Count: > 0, Mode: not "consult" })
        {
            OnBehalf.Require(unit, caseId, ActOnBehalf.Share);
        }

        // Two requests for one case meet at its head, so that the second one sees the first.
        unit.Execute("UPDATE case_head SET n = n WHERE case_id = @caseId", new { caseId });
        if (unit.Scalar<long>("SELECT COUNT(*) FROM handoff WHERE case_id = @caseId AND talk_id IS NULL AND state IN ('queued', 'offered')", new { caseId }) > 0)
        {
            return new Refusal("handoff-already-ringing");
        }

        var about = unit.Find<CaseRow>("SELECT topic_code, municipality_code FROM case_file WHERE id = @caseId", new { caseId })!;
        var question = Mask(unit, caseId, read);
        if (!question.IsOk)
        {
            return question.Refusal!;
        }

        if (form.CallbackOnly && !MayBeCalled(unit, caseId, sender, form.Phone))
        {
            return new Refusal("callback-phone-missing");
        }

        var plan = Routes.Plan(unit, about.TopicCode, about.MunicipalityCode);
        if (plan.Stops.Count == 0)
        {
            return new Refusal(about.MunicipalityCode is null ? "municipality-missing" : "route-empty");
        }

        var first = Math.Max(0, plan.Ringing.ToList().FindIndex(s => s.Line == form.FirstLine));
        var liveSeconds = unit.Scalar<int>("SELECT live_seconds FROM line WHERE code = @Line", new { (plan.CallbackAt ?? plan.Stops[0]).Line });
        var rule = form.Mode == "consult" ? null : sharing.ForTopic(about.TopicCode, RulesOff.Of(unit, sender.OrganisationCode));
        var id = unit.NewId();
        var liveUntil = unit.Now.AddSeconds(liveSeconds);
        unit.Execute(
            """
            INSERT INTO handoff (id, case_id, mode, citizen_at, urgent, topic_code, municipality_code, sharing_rule, line_question, state,
                                 sender_id, sender_organisation, round, route_position, queued_at, live_until, language, version)
            VALUES (@id, @caseId, @Mode, @CitizenAt, @urgent, @TopicCode, @MunicipalityCode, @rule, @question, 'queued',
                    @sender, @OrganisationCode, 1, @first, @Now, @liveUntil, @language, 1)
            """,
            new
            {
                id, caseId, form.Mode, form.CitizenAt, urgent = form.Urgent ? 1 : 0, about.TopicCode, about.MunicipalityCode, rule = rule?.Id,
                question = question.Value, sender = sender.Id, sender.OrganisationCode, first, unit.Now, liveUntil,
                language = Languages.IsAsked(form.Language) ? form.Language : null,
            });
        Participants.TakePart(unit, caseId, sender);
        Reroute.Save(unit, id, plan);
        ChooseFacts(unit, caseId, id, sender, rule, [.. form.Facts ?? [], .. PhoneFact(unit, caseId, sender, form.Phone)]);
        // The live time guards itself; this is the net under it, so it starts at the rung "due" and not at a reminder.
        Deadlines.Start(unit, "handoff", id, caseId, sender.Id, liveUntil.AddMinutes(1), firstStep: 1);
        var handoff = StoredHandoff.Get(unit, id);
        Dispatch.Journal(unit, handoff, "handoff_requested", id, by, new { form.Mode, topic = about.TopicCode, line = RingLines.Current(unit, handoff), notify = Notify.Ids(sender.Id) });
        if (form.CallbackOnly)
        {
            callbacks.Run(unit, handoff, HandoffPart.Sender);
        }
        else
        {
            dispatch.OfferNext(unit, handoff);
        }

        return new HandoffRequested(Text(id), Text(caseId), StoredHandoff.StateOf(unit, id));
    }

    /// <summary>
    /// Where the citizen can be called, as a fact of the case that goes along; nothing when it was not given. A number
    /// that this organisation knows already is not written down again.
    /// </summary>
    internal static long[] PhoneFact(Unit unit, long caseId, Actor actor, string? phone)
    {
        if (string.IsNullOrWhiteSpace(phone))
        {
            return [];
        }

        var number = phone.Trim();
        var known = unit.Find<long?>(
            $"""
            SELECT MAX(f.id) FROM fact f JOIN personal_value v ON v.id = f.personal_id
            WHERE f.case_id = @caseId AND f.kind = 'phone_email' AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes}) AND v.value = @number
            """,
            new { caseId, actor.OrganisationCode, number });
        return [known ?? Facts.Add(unit, caseId, actor, "phone_email", "", number, "citizen")];
    }

    /// <summary>One more fact goes along with a question that was asked before; twice changes nothing.</summary>
    internal static void TakeAlong(Unit unit, long handoffId, long factId) => unit.Execute(
        """
        INSERT INTO handoff_fact (handoff_id, fact_id)
        SELECT @handoffId, id FROM fact WHERE id = @factId AND NOT EXISTS (SELECT 1 FROM handoff_fact g WHERE g.handoff_id = @handoffId AND g.fact_id = @factId)
        """,
        new { handoffId, factId });

    // By hand there is no specialist who asks for the number: it is given now, known already, or the citizen is not called.
    private static bool MayBeCalled(Unit unit, long caseId, Actor actor, string? phone) => !string.IsNullOrWhiteSpace(phone)
        || unit.Find<string>("SELECT p.channel FROM case_file c JOIN party p ON p.id = c.party_id WHERE c.id = @caseId", new { caseId }) is "email" or "desk"
        || unit.Query<string>(
            $"""
            SELECT v.value FROM fact f JOIN personal_value v ON v.id = f.personal_id
            WHERE f.case_id = @caseId AND f.kind IN ('phone_email', 'representative_contact') AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes}) AND v.value IS NOT NULL
            """,
            new { caseId, actor.OrganisationCode }).Exists(PhoneText.CanBeCalled);

    /// <summary>What in a line question may say who it is about, for showing it before anything is sent.</summary>
    public Task<LineQuestionCheck> InspectAsync(long caseId, string? text) => db.ReadAsync(async r =>
        Inspect(Read(text ?? ""), await r.QueryAsync<Known>(KnownValues, new { caseId })));

    /// <summary>What the words of a line question say by themselves: outside the unit, where it keeps nobody waiting.</summary>
    internal static ReadQuestion Read(string text) => new(text.Trim());

    private const string KnownValues = """
        SELECT n.value, 'name' AS kind FROM case_file c JOIN party p ON p.id = c.party_id JOIN personal_value n ON n.id = p.name_id WHERE c.id = @caseId AND n.value IS NOT NULL
        UNION ALL SELECT v.value, f.kind FROM fact f JOIN personal_value v ON v.id = f.personal_id
              WHERE f.case_id = @caseId AND v.value IS NOT NULL AND f.kind IN ('name', 'address', 'birth_date', 'phone_email', 'capacity_representation', 'representative_contact')
        UNION ALL SELECT w.value, y.kind FROM fact_correction x JOIN fact y ON y.id = x.fact_id JOIN personal_value w ON w.id = x.was_id
              WHERE x.case_id = @caseId AND w.value IS NOT NULL AND y.kind IN ('name', 'address', 'birth_date', 'phone_email', 'capacity_representation', 'representative_contact')
        """;

    internal static LineQuestionCheck Inspect(Unit unit, long caseId, ReadQuestion question) => Inspect(question, unit.Query<Known>(KnownValues, new { caseId }));

    private static LineQuestionCheck Inspect(ReadQuestion question, IEnumerable<Known> known) =>
        question.Inspect(known.Select(k => new KnownValue(k.Kind is "name" or "capacity_representation" ? MarkKind.Name : MarkKind.Known, k.Value)));

    // The question with everything masked that may say who it is about; a BSN blocks ringing.
    internal static Outcome<string> Mask(Unit unit, long caseId, ReadQuestion question)
    {
        var found = Inspect(unit, caseId, question);
        return found.Refusal is { } blocked ? blocked : LineQuestion.Mask(question.Text, found.Marks);
    }

    // Only facts that this person's organisation may see, and only kinds that the rule allows: no row, no disclosure.
    internal static void ChooseFacts(Unit unit, long caseId, long handoffId, Actor actor, SharingRule? rule, IReadOnlyList<long> chosen)
    {
        if (rule is null || chosen.Count == 0)
        {
            return;
        }

        var facts = unit.Query<FactKind>(
            $"""
            SELECT f.id, f.kind FROM fact f JOIN personal_value v ON v.id = f.personal_id AND v.value IS NOT NULL
            WHERE f.case_id = @caseId AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes}) AND f.id IN @chosen
            """,
            new { caseId, actor.OrganisationCode, chosen });
        foreach (var fact in facts.Where(f => rule.Allows(f.Kind)))
        {
            unit.Execute("INSERT INTO handoff_fact (handoff_id, fact_id) VALUES (@handoffId, @Id)", new { handoffId, fact.Id });
        }
    }

    private static Refusal? Check(RequestHandoffForm form)
    {
        if (!Code.TryParse<HandoffMode>(form.Mode, out _))
        {
            return new Refusal("mode-unknown");
        }

        if (!Code.TryParse<CitizenPlace>(form.CitizenAt, out _))
        {
            return new Refusal("citizen-at-unknown");
        }

        if (Languages.IsAsked(form.Language) && !Languages.All.Contains(form.Language))
        {
            return new Refusal("language-unknown");
        }

        if (PhoneText.Check(form.Phone) is { } phone)
        {
            return phone;
        }

        return CheckQuestion(form.LineQuestion);
    }

    internal static Refusal? CheckQuestion(string? question) =>
        string.IsNullOrWhiteSpace(question) ? new Refusal("line-question-missing")
        : question.Length > LongestQuestion ? new Refusal("line-question-too-long") : null;

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed class CaseRow
    {
        public string TopicCode { get; init; } = "";

        public string? MunicipalityCode { get; init; }
    }

    private sealed class Known
    {
        public string Value { get; init; } = "";

        public string Kind { get; init; } = "";
    }

    private sealed class FactKind
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";
    }
}
