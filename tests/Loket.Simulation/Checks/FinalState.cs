using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Loket.Simulation.Actors;
using Loket.Simulation.Client;

namespace Loket.Simulation.Checks;

/// <summary>
/// Asks the interface for the final state of every case and compares it with what was acknowledged: nothing lost, nothing
/// done twice, one owner, and every handoff ended in an outcome or a callback or is still open with somebody on it.
/// </summary>
/// <param name="patience">For how long one question is asked again while it is not answered.</param>
public sealed class FinalState(Ledger ledger, IReadOnlyDictionary<string, Worker> people, TimeSpan patience)
{
    // A timeline shows at most this many entries; a longer one cannot be counted.
    private const int LongestTimeline = 200;
    private static readonly TimeSpan SweepAllowance = TimeSpan.FromSeconds(15);

    /// <summary>What each acknowledged act must have left in the timeline, once for each time.</summary>
    private static readonly (string Act, string Kind)[] Traces =
    [
        ("request", "handoff_started"), ("accept", "handoff_accepted"), ("decline", "offer_declined"), ("finish", "handoff_finished"),
        ("withdraw", "handoff_withdrawn"), ("citizen-left", "citizen_left"), ("own", "ownership_accepted"), ("disown", "ownership_refused"), ("kept", "promise_kept"),
    ];

    private const int AtOnce = 8;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);
    private ConcurrentDictionary<string, int> ends = new(StringComparer.Ordinal);

    /// <summary>How many handoffs stand in which state.</summary>
    public IReadOnlyDictionary<string, int> Ends => ends;

    public int Cases { get; private set; }

    public int Unsure { get; private set; }

    /// <summary>Compares <paramref name="everything"/>, or only the cases in which something was acknowledged since the last time.</summary>
    public async Task RunAsync(bool everything)
    {
        ends = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var books = ledger.Cases.Values.Where(book => everything || book.IsFresh).ToList();
        (Cases, Unsure) = (books.Count, books.Count(book => book.Unsure));
        await Parallel.ForEachAsync(books, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (book, _) => await CheckAsync(book));
    }

    private async Task CheckAsync(CaseBook book)
    {
        book.IsFresh = false;
        var desk = people[book.OpenedBy].Api;
        var shown = await SeeAsync(desk, $"api/v1/cases/{book.Id}");
        if (!shown.IsOk || shown.Text("number") != book.Number)
        {
            ledger.Violate($"case {book.Number} was acknowledged and is not there: {shown.Status} {shown.Refusal}");
            return;
        }

        var timeline = (await SeeAsync(desk, $"api/v1/cases/{book.Id}/timeline")).Need("timeline").Body.EnumerateArray().ToList();
        CheckTraces(book, timeline);
        CheckOwner(book, shown, timeline);
        await CheckHandoffsAsync(book, desk);
        await CheckPromisesAsync(book);
    }

    private void CheckTraces(CaseBook book, List<JsonElement> timeline)
    {
        if (book.Unsure || timeline.Count >= LongestTimeline)
        {
            return;
        }

        foreach (var (act, kind) in Traces)
        {
            var (acknowledged, found) = (book.Count(act), Of(timeline, kind));
            if (acknowledged != found)
            {
                ledger.Violate($"case {book.Number}: {acknowledged} times \"{act}\" was acknowledged, its timeline has {found}");
            }
        }

        var promises = book.Count("promise") + book.Count("finish with a promise");
        if (promises != Of(timeline, "promise_made"))
        {
            ledger.Violate($"case {book.Number}: {promises} promises were acknowledged, its timeline has {Of(timeline, "promise_made")}");
        }

        // Newest first, so read from the end: after an acceptance there is no second one without the question having come back.
        var taken = false;
        foreach (var kind in timeline.AsEnumerable().Reverse().Select(e => e.GetProperty("kind").GetString()))
        {
            if (kind == "handoff_accepted" && taken)
            {
                ledger.Violate($"case {book.Number}: a handoff was accepted twice");
            }

            taken = kind switch { "handoff_accepted" => true, "handoff_returned" or "handoff_started" => false, _ => taken };
        }
    }

    private void CheckOwner(CaseBook book, Answer shown, List<JsonElement> timeline)
    {
        var owner = shown.Text("ownerName");
        var last = timeline.FirstOrDefault(e => e.GetProperty("kind").GetString() is "ownership_accepted" or "ownership_by_office");
        var expected = last.ValueKind == JsonValueKind.Undefined ? people[book.OpenedBy].Who.Name
            : last.GetProperty("kind").GetString() == "ownership_accepted" ? last.GetProperty("actorName").GetString()
            : owner;
        if (owner.Length == 0 || owner != expected)
        {
            ledger.Violate($"case {book.Number} is owned by \"{owner}\" and the last who accepted it is \"{expected}\"");
        }
    }

    private async Task CheckHandoffsAsync(CaseBook book, Professional desk)
    {
        var lines = (await SeeAsync(desk, $"api/v1/cases/{book.Id}/lines")).Need("lines").Body;
        foreach (var (id, sender) in book.Handoffs)
        {
            var seen = await SeeAsync(people[sender].Api, $"api/v1/handoffs/{id}");
            if (!seen.IsOk)
            {
                ledger.Violate($"handoff {id} of case {book.Number} was acknowledged and is not there: {seen.Refusal}");
                continue;
            }

            var side = seen.Body.GetProperty("side");
            var state = side.GetProperty("state").GetString()!;
            ends.AddOrUpdate(state, 1, (_, n) => n + 1);
            CheckEnd(book, id, state, side, lines);
            CheckMessages(book, id, seen.Body);
        }
    }

    private void CheckEnd(CaseBook book, string id, string state, JsonElement side, JsonElement lines)
    {
        var ringing = lines.GetProperty("ringing");
        var late = state is "queued" or "offered" && ringing.ValueKind == JsonValueKind.Object && ringing.GetProperty("handoffId").GetString() == id
            && ringing.GetProperty("searchEndsAt").GetDateTimeOffset() + SweepAllowance < TimeProvider.System.GetUtcNow();
        var wrong = state switch
        {
            "closed" or "wrapping" => side.GetProperty("outcome").ValueKind == JsonValueKind.Null ? "has no outcome" : null,
            "accepted" or "connected" => side.GetProperty("specialistName").ValueKind == JsonValueKind.Null ? "has no specialist" : null,
            "callback_scheduled" => lines.GetProperty("callback") is { ValueKind: JsonValueKind.Object } slot && slot.GetProperty("isFixed").GetBoolean() ? null : "has no callback",
            "queued" or "offered" => late ? "rings on after its time" : null,
            "withdrawn" or "citizen_left" or "attempting" or "fulfilled" or "failed" or "escalated" => null,
            _ => "is in no known state",
        };
        if (wrong is not null)
        {
            ledger.Violate($"handoff {id} of case {book.Number}, {state}, {wrong}");
        }
    }

    private void CheckMessages(CaseBook book, string handoff, JsonElement conversation)
    {
        var there = conversation.GetProperty("messages").GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("id").GetString()).ToHashSet();
        foreach (var message in book.Acknowledged.Where(a => a.What == "message" && a.Subject.StartsWith(handoff + "/", StringComparison.Ordinal)))
        {
            if (!there.Contains(message.Subject[(handoff.Length + 1)..]))
            {
                ledger.Violate($"message {message.Subject} of case {book.Number} was acknowledged and is not there");
            }
        }
    }

    // A promise says by its refusal what it is: over when it was kept. One that was still open is kept by asking.
    private async Task CheckPromisesAsync(CaseBook book)
    {
        var kept = book.Acknowledged.Where(a => a.What == "kept").Select(a => a.Subject).ToHashSet(StringComparer.Ordinal);
        foreach (var promise in book.Acknowledged.Where(a => a.What == "promise"))
        {
            var (path, key) = ($"api/v1/promises/{promise.Subject}/kept", Professional.NewKey());
            var answer = await AnsweredAsync(path, () => people[promise.ActorId].Api.PostAsync(path, key: key));
            var right = kept.Contains(promise.Subject) || book.Unsure ? answer.Refusal == "promise-over" || book.Unsure : answer.IsOk;
            if (answer.IsOk)
            {
                ledger.Acknowledge(book.Id, "kept", promise.Subject, promise.ActorId);
                book.IsFresh = false;
            }

            if (!right)
            {
                ledger.Violate($"promise {promise.Subject} of case {book.Number} was acknowledged; keeping it now answers {(int?)answer.Status} {answer.Refusal}");
            }
        }
    }

    private Task<Answer> SeeAsync(Professional who, string path) => AnsweredAsync(path, () => who.GetAsync(path));

    // Silence says nothing about what is there: asked again until it is answered.
    private async Task<Answer> AnsweredAsync(string path, Func<Task<Answer>> ask)
    {
        var since = Stopwatch.GetTimestamp();
        var answer = await ask();
        while (answer.IsSilent)
        {
            if (answer is { IsFault: true, IsGone: false })
            {
                ledger.Violate($"{path} was answered with {(int)answer.Status!}");
            }

            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                throw new NothingToSayException($"{path} got no answer for {patience.TotalSeconds:0} s; the last was: {answer.Status?.ToString() ?? "nothing"}");
            }

            ledger.Count("comparisons without an answer, asked again");
            await Task.Delay(BetweenTries);
            answer = await ask();
        }

        return answer;
    }

    private static int Of(List<JsonElement> timeline, string kind) => timeline.Count(e => e.GetProperty("kind").GetString() == kind);
}
