using System.Globalization;
using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// One more line in a talk: which one, the question to it, and what goes along: <paramref name="Facts"/> of the asker's own
/// organisation, and <paramref name="Messages"/> that were said before, by id.
/// </summary>
public sealed record AskOneMoreLineForm(string Line, string LineQuestion, IReadOnlyList<long>? Facts = null, IReadOnlyList<long>? Messages = null);

/// <summary>
/// Asks one more line into a talk that goes on. It is a handoff of its own, so it rings, is refused, given back or called
/// back as any other, and its line sees what was given to that line; it only shares the talk.
/// </summary>
public sealed class AskOneMoreLine(Db db, Dispatch dispatch, SharingRules sharing)
{
    public Task<Outcome<HandoffRequested>> RunAsync(Actor actor, long handoffId, AskOneMoreLineForm form, string? key)
    {
        if (RequestHandoff.CheckQuestion(form.LineQuestion) is { } unclear)
        {
            return Task.FromResult<Outcome<HandoffRequested>>(unclear);
        }

        var read = RequestHandoff.Read(form.LineQuestion);
        return db.WriteAsync<HandoffRequested>(Command.Of(actor.Id, "talk-ask-line", key, new { handoffId, form }), unit =>
        {
            var asking = StoredHandoff.Get(unit, handoffId);
            // Two who ask at once meet at the head of the case, so that the second one sees the first.
            unit.Execute("UPDATE case_head SET n = n WHERE case_id = @CaseId", new { asking.CaseId });
            var talk = Talk.Of(unit, asking);
            if (!talk.Handoffs.Any(h => h.SenderId == actor.Id || h.SpecialistId == actor.Id))
            {
                return new Refusal("handoff-unknown");
            }

            OnBehalf.Require(unit, asking.CaseId, ActOnBehalf.Ask);
            if (form.Facts is { Count: > 0 })
            {
                OnBehalf.Require(unit, asking.CaseId, ActOnBehalf.Share);
            }

            actor.RequireHere(unit);
            if (talk.CheckAsk(actor.Id) is { } no)
            {
                return no;
            }

            if (unit.Find<LineRow>("SELECT code, organisation_code, topic_code, live_seconds FROM line WHERE code = @Line", new { form.Line }) is not { } line || !Routes.IsConnected(unit, line.Code))
            {
                return new Refusal("talk-line-unknown");
            }

            if (talk.Handoffs.Any(h => h.LineCode == line.Code && HandoffRules.IsLive(h.HandoffState)))
            {
                return new Refusal("talk-line-there");
            }

            var question = RequestHandoff.Mask(unit, asking.CaseId, read);
            return question.IsOk ? Ask(unit, actor, talk, line, question.Value, form) : question.Refusal!;
        });
    }

    private HandoffRequested Ask(Unit unit, Actor actor, Talk talk, LineRow line, string question, AskOneMoreLineForm form)
    {
        var first = talk.First;
        // Everybody hears everything that is said, so identity goes along exactly where it already is.
        var mode = first.HandoffMode == HandoffMode.Consult ? HandoffMode.Consult : HandoffMode.Cold;
        var rule = mode == HandoffMode.Consult ? null : sharing.ForTopic(line.TopicCode, RulesOff.Of(unit, actor.OrganisationCode));
        var id = unit.NewId();
        var liveUntil = unit.Now.AddSeconds(line.LiveSeconds);
        unit.Execute(
            """
            INSERT INTO handoff (id, case_id, talk_id, mode, citizen_at, urgent, topic_code, municipality_code, sharing_rule, line_question, state,
                                 sender_id, sender_organisation, round, route_position, queued_at, live_until, language, version)
            VALUES (@id, @CaseId, @talk, @mode, @CitizenAt, @Urgent, @TopicCode, @MunicipalityCode, @rule, @question, 'queued',
                    @sender, @OrganisationCode, 1, 0, @Now, @liveUntil, @Language, 1)
            """,
            new
            {
                id, first.CaseId, talk = talk.Id, mode = Code.Of(mode), first.CitizenAt, first.Urgent, line.TopicCode, first.MunicipalityCode, rule = rule?.Id, question,
                sender = actor.Id, actor.OrganisationCode, unit.Now, liveUntil, first.Language,
            });
        Reroute.Save(unit, id, new RoutePlan([new RouteStop(line.Code, line.OrganisationCode, RouteReason.Suggested, true)]));
        RequestHandoff.ChooseFacts(unit, first.CaseId, id, actor, rule, form.Facts ?? []);
        if (MayGiveMessages(mode, rule))
        {
            ChooseMessages(unit, talk, id, actor, line.Code, form.Messages ?? []);
        }

        // As in every handoff: a net under the live time, which guards itself.
        Deadlines.Start(unit, "handoff", id, first.CaseId, actor.Id, liveUntil.AddMinutes(1), firstStep: 1);
        var handoff = StoredHandoff.Get(unit, id);
        Dispatch.Journal(unit, handoff, "handoff_joining", id, actor, new { line = line.Code, topic = line.TopicCode, notify = Talk.Everybody(unit, handoff) });
        dispatch.OfferNext(unit, id);
        return new HandoffRequested(Text(id), Text(first.CaseId), StoredHandoff.StateOf(unit, id));
    }

    /// <summary>What was said may name somebody: without a rule for the line it goes along only where no identity is.</summary>
    public static bool MayGiveMessages(HandoffMode mode, SharingRule? rule) => mode == HandoffMode.Consult || rule is not null;

    /// <summary>The line took it: that earlier messages are given to it now stands in the journal.</summary>
    public static void TellMessages(Unit unit, StoredHandoff handoff, string line)
    {
        var count = unit.Scalar<long>("SELECT COUNT(*) FROM message_disclosure WHERE handoff_id = @Id AND line_code = @line", new { handoff.Id, line });
        if (count > 0)
        {
            unit.Append(new Entry(handoff.CaseId, "message_disclosed", handoff.Id, handoff.SenderId, handoff.SenderOrganisation, new { line, count }));
        }
    }

    // Only what this person has seen can be passed on by them.
    private static void ChooseMessages(Unit unit, Talk talk, long handoffId, Actor actor, string line, IReadOnlyList<long> chosen)
    {
        var seen = MessageRows.Seen(unit, talk, actor.Id);
        foreach (var message in seen.Intersect(chosen))
        {
            unit.Execute("INSERT INTO message_disclosure (handoff_id, message_id, line_code) VALUES (@handoffId, @message, @line)", new { handoffId, message, line });
        }
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed class LineRow
    {
        public string Code { get; init; } = "";

        public string OrganisationCode { get; init; } = "";

        public string TopicCode { get; init; } = "";

        public int LiveSeconds { get; init; }
    }
}
