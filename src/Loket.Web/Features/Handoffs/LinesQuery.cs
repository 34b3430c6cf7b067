using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>The right pane of the desk: the lines that fit, in order, who is free, what rings now, and the callback that is held.</summary>
public sealed class LinesQuery(Db db, Say say, ServiceDates dates, SharingRules sharing)
{
    /// <summary>For a topic and place before there is a case.</summary>
    public Task<LinesView> ForTopicAsync(string? topic, string? municipality) => db.ReadAsync(async r => new LinesView
    {
        Topic = topic,
        CanRing = true,
        Lines = topic is null ? [] : await LinesAsync(r, await Routes.PlanAsync(r, topic, municipality, db.Now()), null),
    });

    /// <summary>For a case, or null when it does not exist for this person.</summary>
    public Task<LinesView?> ForCaseAsync(Actor actor, long caseId, FormState? form = null) => db.ReadAsync<LinesView?>(async r =>
        await CaseAccess.FindAsync(r, actor, caseId) is { } access
            ? await OfAsync(r, actor, access, await CaseScope.LoadAsync(r, actor, access), await VisibleFacts.LoadAsync(r, actor, caseId), await ChosenFacts.OfAsync(r, caseId), await RulesOff.OfAsync(r, actor.OrganisationCode), form)
            : null);

    public async Task<LinesView> OfAsync(Reader r, Actor actor, CaseAccess access, CaseScope scope, List<VisibleFact> facts, HashSet<long>? chosen, RulesOff off, FormState? form)
    {
        var caseId = access.CaseId;
        var about = (await r.FindAsync<CaseRow>("SELECT topic_code, municipality_code, state FROM case_file WHERE id = @caseId", new { caseId }))!;
        var plan = await Routes.PlanAsync(r, about.TopicCode, about.MunicipalityCode, db.Now());
        var handoff = await r.FindAsync<StoredHandoff>(
            $"SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.case_id = @caseId AND h.talk_id IS NULL ORDER BY h.id DESC {r.Dialect.First(1)}", new { caseId });
        if (handoff is not null && !scope.Has(handoff.Id))
        {
            handoff = null;
        }

        var ringing = handoff is null ? null : await new RingingQuery(say, db.Now()).LoadAsync(r, actor, handoff);
        var lines = await LinesAsync(r, plan, ringing);
        var running = handoff is not null && handoff.HandoffState is HandoffState.Queued or HandoffState.Offered or HandoffState.Accepted or HandoffState.Connected;
        var again = handoff is not null && handoff.SenderId == actor.Id && CameToNothing(handoff.HandoffState) ? handoff : null;
        // A callback without ringing goes cold whatever was chosen: that says nothing of the next question.
        var asked = again?.HandoffMode == HandoffMode.Cold ? null : again;
        return new LinesView
        {
            CaseId = caseId,
            Topic = about.TopicCode,
            MayAsk = access.MayEdit && about.State == "open" && !running,
            CanRing = plan.CallbackAt is not null,
            Speaks = access is { IsOwnOrganisation: true, MayWork: true } && about.State == "open",
            LastQuestion = again?.LineQuestion, LastMode = asked?.Mode, LastCitizenAt = asked?.CitizenAt,
            KnownPhone = access.IsOwnOrganisation ? PhoneIn(facts) : null,
            Ringing = ringing,
            Lines = lines,
            Callback = await CallbackAsync(r, actor, plan, caseId, isOpen: about.State == "open"),
            Form = form ?? FormState.Empty,
            Preview = access.IsOwnOrganisation ? Preview(facts, running ? chosen : null, plan, lines, off) : null,
        };
    }

    private async Task<IReadOnlyList<LineRow>> LinesAsync(Reader r, RoutePlan plan, RingingView? ringing)
    {
        var codes = plan.Stops.Select(s => s.Line).ToList();
        if (codes.Count == 0)
        {
            return [];
        }

        var rows = (await r.QueryAsync<Row>(
            """
            SELECT l.code, o.display_name AS organisation, l.topic_code AS topic, COALESCE(l.phone, o.phone) AS phone, l.hours,
                   (SELECT COUNT(*) FROM line_member m JOIN presence p ON p.professional_id = m.professional_id WHERE m.line_code = l.code AND p.state = 'available' AND m.is_on = 1) AS free,
                   (SELECT COUNT(*) FROM line_member m JOIN presence p ON p.professional_id = m.professional_id
                    WHERE m.line_code = l.code AND p.state IN ('reserved', 'engaged', 'wrap_up') AND m.is_on = 1) AS busy
            FROM line l JOIN organisation o ON o.code = l.organisation_code WHERE l.code IN @codes
            """,
            new { codes })).ToDictionary(l => l.Code, StringComparer.Ordinal);
        var waits = await UsualWait.OfAsync(r, codes, db.Now());
        var shown = new List<LineRow>();
        foreach (var stop in plan.Stops)
        {
            var row = rows[stop.Line];
            var asked = ringing is { State: "offered" } && ringing.Line?.Code == stop.Line;
            var opens = row.Hours is null ? null : Opens(row.Hours);
            shown.Add(new LineRow
            {
                Code = row.Code, OrganisationName = row.Organisation, Topic = row.Topic, Tier = TierOf(stop.Reason), Phone = row.Phone, Free = row.Free,
                State = !stop.Connected ? "not_connected" : asked ? "asked" : opens is not null ? "closed" : row.Free > 0 ? "free" : row.Busy > 0 ? "busy" : "closed",
                OpensAt = stop.Connected ? opens : null, WaitSeconds = waits.TryGetValue(stop.Line, out var wait) ? wait : null,
            });
        }

        return shown;
    }

    // When a line that is closed now opens; null when it is open.
    private DateTime? Opens(string hours) => ServiceDates.HoursOf(hours).NextOpen(db.Now(), dates.Calendar) is var at && at > db.Now() ? at : null;

    // Held so that the fallback exists before it is needed; fixed once it is scheduled.
    private async Task<CallbackSlot?> CallbackAsync(Reader r, Actor actor, RoutePlan plan, long caseId, bool isOpen)
    {
        var fixedSlot = await r.FindAsync<SlotRow>(
            $"""
            SELECT c.id, c.state, c.from_at, c.until_at, c.line_code, o.display_name AS organisation, c.handoff_id,
                   CASE WHEN h.sender_id = @Id AND h.sender_released_at IS NULL THEN 1 ELSE 0 END AS sender,
                   CASE WHEN c.professional_id = @Id THEN 1 ELSE 0 END AS caller
            FROM callback c JOIN organisation o ON o.code = c.organisation_code JOIN handoff h ON h.id = c.handoff_id
            WHERE c.case_id = @caseId AND c.state IN ('scheduled', 'attempting', 'failed') ORDER BY c.id DESC {r.Dialect.First(1)}
            """,
            new { caseId, actor.Id });
        if (fixedSlot is not null)
        {
            return new CallbackSlot
            {
                Id = fixedSlot.Id, From = fixedSlot.FromAt, Until = fixedSlot.UntilAt, IsFixed = true, HasFailed = fixedSlot.State == "failed", OwnOrganisation = fixedSlot.LineCode is null,
                HandoffId = fixedSlot.HandoffId, MayWithdraw = fixedSlot.Sender == 1, MayEnd = fixedSlot.Sender == 1 || fixedSlot.Caller == 1,
                ByName = fixedSlot.LineCode is null ? fixedSlot.Organisation : await LineNames.OfAsync(r, say, fixedSlot.LineCode),
            };
        }

        if (plan.Stops.Count == 0 || !isOpen)
        {
            return null;
        }

        var line = plan.CallbackAt is { } stop ? await r.FindAsync<TermRow>("SELECT hours, callback_hours FROM line WHERE code = @Line", new { stop.Line }) : null;
        var zone = await r.FindAsync<string>("SELECT p.time_zone FROM case_file c JOIN party p ON p.id = c.party_id WHERE c.id = @caseId", new { caseId });
        var slot = dates.Callback(db.Now(), [], atOnce: 1, line?.Hours, line?.CallbackHours, zone);
        return new CallbackSlot
        {
            From = slot.From, Until = slot.To, OwnOrganisation = plan.CallbackAt is null,
            ByName = plan.CallbackAt is { } at ? await LineNames.OfAsync(r, say, at.Line) : actor.OrganisationName,
        };
    }

    private PreviewSummary? Preview(List<VisibleFact> facts, HashSet<long>? chosen, RoutePlan plan, IReadOnlyList<LineRow> lines, RulesOff off)
    {
        if (plan.CallbackAt is not { } stop)
        {
            return null;
        }

        // Who rings first is who reads it first: a line where somebody is free, and else the one that calls back.
        var line = lines.FirstOrDefault(l => l.State == "free") ?? lines.First(l => l.Code == stop.Line);
        var rule = sharing.ForTopic(line.Topic, off);
        var ticked = facts.FindAll(f => chosen?.Contains(f.Id) ?? f.StartsAlong(rule, say.Dates.Today));
        return new PreviewSummary
        {
            LineCode = line.Code, LineName = say.LineName(line.OrganisationName, line.Topic, null), FactCount = ticked.Count, BsnGoes = ticked.Exists(f => f.Kind == "bsn"),
            Purpose = rule is null ? null : PurposeOf(rule, say),
        };
    }

    /// <summary>The purpose with its article, in the language of the page.</summary>
    public static string PurposeOf(SharingRule rule, Say say) => $"{(say.IsEnglish ? rule.PurposeEn : rule.PurposeNl).TrimEnd('.')} ({rule.Law} {rule.Article})";

    // Stopped, the citizen left, or a callback that is still to be made: the same question may be asked again.
    private static bool CameToNothing(HandoffState state) =>
        state is HandoffState.Withdrawn or HandoffState.CitizenLeft or HandoffState.CallbackScheduled or HandoffState.Attempting or HandoffState.Failed or HandoffState.Escalated;

    private static string? PhoneIn(List<VisibleFact> facts) =>
        facts.FindLast(f => f.Kind == "phone_email" && PhoneText.CanBeCalled(f.Value))?.Value;

    internal static string TierOf(RouteReason reason) => reason switch
    {
        RouteReason.OwnMunicipality => "municipality",
        RouteReason.ServesMunicipality => "region",
        RouteReason.MunicipalityGeneral => "municipality_general",
        RouteReason.Overflow => "overflow",
        RouteReason.Suggested => "suggested",
        _ => "national",
    };

    private sealed class CaseRow
    {
        public string TopicCode { get; init; } = "";

        public string? MunicipalityCode { get; init; }

        public string State { get; init; } = "";
    }

    private sealed class Row
    {
        public string Code { get; init; } = "";

        public string Organisation { get; init; } = "";

        public string Topic { get; init; } = "";

        public string? Phone { get; init; }

        public string? Hours { get; init; }

        public int Free { get; init; }

        public int Busy { get; init; }
    }

    private sealed class TermRow
    {
        public string? Hours { get; init; }

        public int CallbackHours { get; init; }
    }

    private sealed class SlotRow
    {
        public string State { get; init; } = "";

        public long Id { get; init; }

        public DateTime FromAt { get; init; }

        public DateTime UntilAt { get; init; }

        public string? LineCode { get; init; }

        public string Organisation { get; init; } = "";

        public long HandoffId { get; init; }

        public int Sender { get; init; }

        public int Caller { get; init; }
    }
}
