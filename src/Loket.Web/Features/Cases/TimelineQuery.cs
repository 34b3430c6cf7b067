using System.Globalization;
using System.Text.Json;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>
/// The timeline of a case, read from its journal. Values of facts and messages are not in it; what was promised or concluded
/// is, for whom that text is meant.
/// </summary>
public sealed class TimelineQuery(Say say, LifeEvents lifeEvents)
{
    public const int Longest = 200;

    // What these say is agreed or part of the talk's result, and so is for everyone in the case.
    private static readonly HashSet<string> WithText = ["promise_made", "handoff_finished", "handoff_returned", "callback_moved", "step_waiting", "step_partner_asked", "step_partner_answered", "fact_asked"];

    private static readonly HashSet<string> Common = ["case_opened", "case_closed", "case_reopened", "ownership_accepted", "ownership_by_office"];

    private static readonly HashSet<string> Hidden = ["offer_cancelled", "offer_rescinded", "message_sent", CaseTexts.Titled, CaseTexts.Moved, Facts.Reason];

    public async Task<IReadOnlyList<TimelineRow>> LoadAsync(Reader reader, Actor viewer, long caseId, CaseScope scope)
    {
        var rows = await reader.QueryAsync<Row>(
            $"""
            SELECT j.n, j.kind, j.subject_id, j.actor_id, j.at, j.payload, CASE WHEN {CaseNames.MayReadText} THEN v.value END AS text, w.name AS actor_name, o.display_name AS actor_organisation
            FROM journal j JOIN case_file c ON c.id = j.case_id
            LEFT JOIN personal_value v ON v.id = j.personal_id
            LEFT JOIN professional w ON w.id = j.actor_id
            LEFT JOIN organisation o ON o.code = j.organisation_code
            WHERE j.case_id = @caseId ORDER BY j.n DESC {reader.Dialect.First(Longest)}
            """,
            new { caseId, viewer.Id, viewer.OrganisationCode });
        rows = rows.FindAll(r => Sees(scope, r));
        var names = await NamesAsync(reader, viewer, rows);
        return [.. rows.Where(r => !Hidden.Contains(r.Kind)).Select(r => Shown(r, viewer, names))];
    }

    // What happened to the case as a whole, to what somebody sees of it, and what their own people did or their own line was given.
    private static bool Sees(CaseScope scope, Row row)
    {
        if (scope.IsWhole || Common.Contains(row.Kind) || scope.HasPerson(row.ActorId))
        {
            return true;
        }

        // A step is named: what a line no longer sees it does not read here either.
        if (row.Kind.StartsWith("step_", StringComparison.Ordinal))
        {
            return scope.Has(row.SubjectId);
        }

        using var json = JsonDocument.Parse(row.Payload);
        var line = Get(json.RootElement, "line");
        return scope.HasLine(line) || (line is null && (scope.Has(row.SubjectId)
            || Live.Notify.In(row.Payload).Any(person => scope.HasPerson(person) && row.Kind.StartsWith("escalation", StringComparison.Ordinal))
            || (json.RootElement.TryGetProperty("lines", out var lines) && lines.EnumerateArray().Any(l => scope.HasLine(l.GetString())))));
    }

    private TimelineRow Shown(Row row, Actor viewer, Names names)
    {
        using var json = JsonDocument.Parse(row.Payload);
        var payload = json.RootElement;
        var text = WithText.Contains(row.Kind) ? row.Text : null;
        var (kind, args) = Words(row, payload, text, names);
        return new TimelineRow
        {
            At = row.At, Kind = kind, Args = args, ActorName = row.ActorName, ActorOrganisation = row.ActorOrganisation, IsYou = row.ActorId == viewer.Id,
            Detail = row.Kind != "promise_made" ? text : null,
        };
    }

    private (string Kind, string[] Args) Words(Row row, JsonElement payload, string? text, Names names)
    {
        string Line() => names.Lines.GetValueOrDefault(Get(payload, "line") ?? "", "");
        var actor = row.ActorName ?? "";
        return row.Kind switch
        {
            "identity_established" => ("identity_recorded", [$"identity:{Get(payload, "method")}"]),
            "number_added" or "number_corrected" => (row.Kind, [$"fact-kind:{Get(payload, "kind")}"]),
            "fact_added" or "fact_corrected" or "fact_taken_out" or "fact_put_back" or "fact_erased" => (row.Kind, [$"fact-kind:{Get(payload, "kind")}"]),
            "handoff_requested" => ("handoff_started", [$"mode:{Get(payload, "mode")}", $"topic:{Get(payload, "topic")}"]),
            "handoff_next_line" => ("handoff_queued", []),
            "offer_made" or "offer_extended" => (row.Kind, [Line()]),
            "offer_declined" => (row.Kind, [Line(), $"reason:{Get(payload, "reason")}"]),
            "offer_missed" => ("offer_timed_out", [Line()]),
            "offer_vanished" => ("offer_lost", [Line()]),
            "handoff_accepted" => (row.Kind, [actor]),
            "handoff_connected" => Get(payload, "how") is { } how ? ("citizen_confirmed", [actor, $"taken:{how}"]) : ("handoff_talk", [actor]),
            "handoff_finished" => (row.Kind, [$"outcome:{Get(payload, "outcome")}"]),
            "handoff_returned" => (row.Kind, [Line()]),
            "handoff_joining" => (row.Kind, [Line()]),
            "facts_disclosed" or "message_disclosed" => (Get(payload, "count") == "1" ? $"{row.Kind}_one" : row.Kind, [Get(payload, "count") ?? "", Line()]),
            "disclosure_ended" or "consent_given" or "consent_revoked" => (row.Kind, [Line()]),
            "fact_given" or "fact_withdrawn" or "fact_asked" or "fact_refused" or "fact_correction_seen" => (row.Kind, [$"fact-kind:{Get(payload, "kind")}", Line()]),
            "handoff_citizen_left" => ("citizen_left", []),
            "callback_scheduled" => (row.Kind, [Moment(payload, "from")]),
            "callback_moved" => (row.Kind, [Moment(payload, "was"), Moment(payload, "from"), $"callback-told:{Get(payload, "told")}"]),
            "callback_reach" => (row.Kind, [$"reach:{Get(payload, "channel")}", $"zone:{Get(payload, "zone")}"]),
            "callback_attempted" => (row.Kind, [$"callback:{Get(payload, "result")}"]),
            "promise_made" => text is null ? ("promise_hidden", [actor, Moment(payload, "due")]) : (row.Kind, [text, actor, Moment(payload, "due")]),
            "promise_kept" or "promise_withdrawn" => (row.Kind, [names.Promises.GetValueOrDefault(row.SubjectId, "")]),
            "ownership_asked" => (row.Kind, [names.People.GetValueOrDefault(Get(payload, "to") ?? "", "")]),
            "ownership_accepted" => (row.Kind, [actor]),
            "ownership_refused" => (row.Kind, [actor, ""]),
            "ownership_by_office" or "obligations_moved" => (row.Kind, [FirstNotified(payload, names)]),
            Escalations.Raised => Get(payload, "step") == "1"
                ? ("reminder_sent", [Notified(payload, names)])
                // Beyond the ladder somebody is warned at once: a citizen who was not reached.
                : Get(payload, "step") is "2" or "3" ? ("escalated", [Notified(payload, names), Get(payload, "step")!]) : ("warned", [Notified(payload, names)]),
            "escalation_climbed" => (row.Kind, [names.People.GetValueOrDefault(Get(payload, "to") ?? "", "")]),
            "escalation_acknowledged" => (row.Kind, [actor]),
            _ when row.Kind.StartsWith("step_", StringComparison.Ordinal) => (row.Kind, [
                names.Steps.GetValueOrDefault(row.SubjectId, ""), actor, Get(payload, "line") is null ? names.People.GetValueOrDefault(Get(payload, "to") ?? "", "") : Line(), What(payload), Day(payload, "due")]),
            "journey_started" => (row.Kind, [lifeEvents.Find(Get(payload, "lifeEvent"))?.Name.In(say.IsEnglish) ?? "", Get(payload, "steps") ?? ""]),
            "organisation_succeeded" => (row.Kind, [Get(payload, "fromName") ?? "", Get(payload, "toName") ?? ""]),
            "question_forwarded" => (row.Kind, [Line(), $"told:{Get(payload, "what")}"]),
            "glass_broken" => (row.Kind, [actor, Moment(payload, "until")]),
            "glass_judged" => (row.Kind, [actor, $"glass:{Get(payload, "what")}"]),
            "escalation_by_hand" or "escalation_partner" => (row.Kind, [actor, FirstNotified(payload, names)]),
            _ => (row.Kind, []),
        };
    }

    // A day, or a code with its group: suspension:consent.
    private string What(JsonElement payload) => Get(payload, "what") is not { } what ? ""
        : DateOnly.TryParseExact(what, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? say.Dates.Long(day) : what;

    private string Moment(JsonElement payload, string name) => At(payload, name) is { } moment ? say.At(moment) : "";

    // A step is due on a day: the last moment of a legal day is nobody's appointment.
    private string Day(JsonElement payload, string name) => At(payload, name) is { } moment ? say.Dates.Long(Dates.DayOf(moment)) : "";

    private static DateTime? At(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTime(out var moment) ? moment.ToUniversalTime() : null;

    private static string Notified(JsonElement payload, Names names) => payload.TryGetProperty("notify", out var people)
        ? string.Join(", ", people.EnumerateArray().Select(person => names.People.GetValueOrDefault(person.GetString() ?? "", "")))
        : "";

    private static string FirstNotified(JsonElement payload, Names names) => payload.TryGetProperty("notify", out var people) && people.GetArrayLength() > 0
        ? names.People.GetValueOrDefault(people[0].GetString() ?? "", "")
        : "";

    private static string? Get(JsonElement payload, string name) => payload.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value.ToString()
        : null;

    private async Task<Names> NamesAsync(Reader reader, Actor viewer, List<Row> rows)
    {
        var ids = rows.SelectMany(r => Live.Notify.In(r.Payload)).Distinct().ToList();
        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            using var json = JsonDocument.Parse(row.Payload);
            if (Get(json.RootElement, "line") is { } line)
            {
                lines.Add(line);
            }

            if (long.TryParse(Get(json.RootElement, "to"), NumberStyles.None, CultureInfo.InvariantCulture, out var to))
            {
                ids.Add(to);
            }
        }

        var people = await reader.QueryAsync<PersonName>("SELECT id, name FROM professional WHERE id IN @ids", new { ids });
        var promises = await reader.QueryAsync<PersonName>(
            $"SELECT q.id, v.value AS name FROM promise q JOIN personal_value v ON v.id = q.personal_id JOIN case_file c ON c.id = q.case_id WHERE q.id IN @subjects AND v.value IS NOT NULL AND {CaseNames.MayReadText}",
            new { viewer.Id, viewer.OrganisationCode, subjects = rows.Where(r => r.Kind.StartsWith("promise_", StringComparison.Ordinal)).Select(r => r.SubjectId).Distinct() });
        var steps = await reader.QueryAsync<PersonName>(
            "SELECT id, title AS name FROM chain_step WHERE id IN @subjects",
            new { subjects = rows.Where(r => r.Kind.StartsWith("step_", StringComparison.Ordinal)).Select(r => r.SubjectId).Distinct() });
        var named = await LineNames.OfAsync(reader, say, lines);
        return new Names(
            people.ToDictionary(p => p.Id.ToString(CultureInfo.InvariantCulture), p => p.Name, StringComparer.Ordinal), named,
            promises.ToDictionary(p => p.Id, p => p.Name), steps.ToDictionary(s => s.Id, s => say.Step(s.Name)));
    }

    private sealed record Names(Dictionary<string, string> People, IReadOnlyDictionary<string, string> Lines, Dictionary<long, string> Promises, Dictionary<long, string> Steps);

    private sealed class PersonName
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed class Row
    {
        public int N { get; init; }

        public string Kind { get; init; } = "";

        public long SubjectId { get; init; }

        public long? ActorId { get; init; }

        public DateTime At { get; init; }

        public string Payload { get; init; } = "";

        public string? Text { get; init; }

        public string? ActorName { get; init; }

        public string? ActorOrganisation { get; init; }
    }
}
