using System.Text.Json;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Journal;

namespace Loket.Web.Features.Reports;

/// <summary>
/// Reads the journal of one case from its first entry on and says what each adds to the figures. It looks outside the
/// journal only for what never changes: which handoff an offer was of, whose line it is, which date was given.
/// </summary>
internal sealed class CaseFold(Unit unit)
{
    // A wait is kept in steps of five seconds, up to an hour.
    private const int WaitStep = 5;
    private const int LongestWait = 3600;
    private const int LongestChain = 30;

    private readonly Dictionary<long, Asked> asked = [];
    private readonly Dictionary<long, Promised> promised = [];
    private readonly HashSet<long> attempted = [];
    private readonly HashSet<string> organisations = new(StringComparer.Ordinal);
    private Opened? opened;
    private string topic = "";
    private int steps;

    /// <summary>What the entry adds. One that was counted before, <paramref name="counts"/> false, is read for what later ones need to know.</summary>
    public IEnumerable<(Stat Stat, long N)> Take(StoredEntry entry, bool counts)
    {
        using var json = JsonDocument.Parse(entry.Payload);
        var payload = json.RootElement;
        var day = Day(entry.At);
        var own = entry.OrganisationCode ?? "";
        var added = entry.Kind switch
        {
            "case_opened" => Open(own, day, Text(payload, "topic")),
            "case_changed" => Changed(Text(payload, "topic")),
            "handoff_requested" or "handoff_joining" => Request(entry, own, Text(payload, "topic")),
            "handoff_returned" => AskedAgain(entry),
            "handoff_accepted" when counts => Accepted(entry, day, Text(payload, "line")),
            "callback_scheduled" when counts => CalledBack(entry, day),
            "offer_declined" when counts => Declined(entry, day, Text(payload, "line"), Text(payload, "reason")),
            "promise_made" => Promise(entry, own, payload),
            "promise_kept" or "promise_withdrawn" => PromiseEnded(entry, day),
            "callback_attempted" when attempted.Add(entry.SubjectId) && counts => Term(entry, day, own, "callback", firstDate: true),
            "ownership_accepted" or "ownership_refused" when counts => Term(entry, day, own, "ownership"),
            "step_added" => Lengthen(),
            "step_done" when counts => Term(entry, day, own, "step"),
            _ => [],
        };
        // Whoever acts for an organisation makes it part of the chain.
        (Stat, long)[] all = [.. added, .. Join(own)];
        return counts ? all : [];
    }

    /// <summary>The day in Amsterdam as a number: 20260210.</summary>
    public static int Day(DateTime utc) => Number(AmsterdamTime.DateOf(utc));

    public static int Number(DateOnly day) => (day.Year * 10000) + (day.Month * 100) + day.Day;

    private IEnumerable<(Stat, long)> Open(string organisation, int day, string about)
    {
        topic = about;
        opened = new Opened(organisation, day, about);
        organisations.Add(organisation);
        return [(Chain("organisations", 1), 1), (Chain("steps", 0), 1)];
    }

    private IEnumerable<(Stat, long)> Changed(string about)
    {
        topic = about.Length > 0 ? about : topic;
        return [];
    }

    private IEnumerable<(Stat, long)> Join(string organisation)
    {
        if (opened is null || organisation.Length == 0 || !organisations.Add(organisation))
        {
            return [];
        }

        return [(Chain("organisations", organisations.Count - 1), -1), (Chain("organisations", organisations.Count), 1)];
    }

    private IEnumerable<(Stat, long)> Lengthen()
    {
        steps++;
        return opened is null ? [] : [(Chain("steps", steps - 1), -1), (Chain("steps", steps), 1)];
    }

    private IEnumerable<(Stat, long)> Request(StoredEntry entry, string organisation, string about)
    {
        asked[entry.SubjectId] = new Asked(entry.At, organisation, about);
        return Lengthen();
    }

    private IEnumerable<(Stat, long)> AskedAgain(StoredEntry entry)
    {
        if (asked.TryGetValue(entry.SubjectId, out var before))
        {
            asked[entry.SubjectId] = before with { At = entry.At };
        }

        return [];
    }

    private IEnumerable<(Stat, long)> Accepted(StoredEntry entry, int day, string line)
    {
        if (!asked.TryGetValue(entry.SubjectId, out var question))
        {
            return [];
        }

        var seconds = Math.Clamp((int)Math.Ceiling((entry.At - question.At).TotalSeconds / WaitStep) * WaitStep, 0, LongestWait);
        return [(new Stat(question.Organisation, "wait", day, question.Topic, line, OfLine(line), "live", seconds), 1)];
    }

    private IEnumerable<(Stat, long)> CalledBack(StoredEntry entry, int day)
    {
        var callback = unit.Find<Where>("SELECT handoff_id, line_code, organisation_code FROM callback WHERE id = @SubjectId", new { entry.SubjectId });
        return callback is not null && asked.TryGetValue(callback.HandoffId, out var question)
            ? [(new Stat(question.Organisation, "wait", day, question.Topic, callback.LineCode ?? "", callback.OrganisationCode, "callback"), 1)]
            : [];
    }

    // Both sides of a pair may know why: the one who asked, and the one who said no.
    private IEnumerable<(Stat, long)> Declined(StoredEntry entry, int day, string line, string reason)
    {
        var handoff = unit.Find<long?>("SELECT handoff_id FROM offer WHERE id = @SubjectId", new { entry.SubjectId });
        if (handoff is not { } id || !asked.TryGetValue(id, out var question))
        {
            return [];
        }

        var organisation = OfLine(line);
        return
        [
            (new Stat(question.Organisation, "decline", day, question.Topic, line, organisation, reason), 1),
            (new Stat(organisation, "declined", day, question.Topic, line, question.Organisation, reason), 1),
        ];
    }

    private IEnumerable<(Stat, long)> Promise(StoredEntry entry, string organisation, JsonElement payload)
    {
        if (payload.TryGetProperty("due", out var due) && due.TryGetDateTime(out var at))
        {
            promised[entry.SubjectId] = new Promised(organisation, at.ToUniversalTime());
        }

        return [];
    }

    private IEnumerable<(Stat, long)> PromiseEnded(StoredEntry entry, int day)
    {
        if (!promised.TryGetValue(entry.SubjectId, out var promise))
        {
            return [];
        }

        var how = entry.Kind == "promise_withdrawn" ? "withdrawn" : entry.At <= promise.Due ? "kept" : "late";
        return [(new Stat(promise.Organisation, "promise", day, topic, Kind: how), 1)];
    }

    // A callback is in time when the first call was made by the first date given; else the date that held at the end counts.
    private IEnumerable<(Stat, long)> Term(StoredEntry entry, int day, string organisation, string kind, bool firstDate = false)
    {
        var order = firstDate ? "" : "DESC";
        var due = unit.Find<DateTime?>(
            $"SELECT due_at FROM deadline WHERE subject_kind = @kind AND subject_id = @SubjectId ORDER BY id {order} {unit.Dialect.First(1)}", new { kind, entry.SubjectId });
        return due is null || organisation.Length == 0 ? [] : [(new Stat(organisation, "term", day, topic, Kind: kind, Bucket: entry.At <= due ? 1 : 0), 1)];
    }

    private Stat Chain(string kind, int length) => new(opened!.Organisation, "chain", opened.Day, opened.Topic, Kind: kind, Bucket: Math.Min(length, LongestChain));

    private string OfLine(string line) => unit.Find<string>("SELECT organisation_code FROM line WHERE code = @line", new { line }) ?? "";

    private static string Text(JsonElement payload, string name) => payload.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value.ToString()
        : "";

    private sealed record Opened(string Organisation, int Day, string Topic);

    private sealed record Asked(DateTime At, string Organisation, string Topic);

    private sealed record Promised(string Organisation, DateTime Due);

    private sealed class Where
    {
        public long HandoffId { get; init; }

        public string? LineCode { get; init; }

        public string OrganisationCode { get; init; } = "";
    }
}
