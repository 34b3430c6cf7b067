using System.Diagnostics;
using System.Globalization;
using Loket.Simulation.Client;

namespace Loket.Simulation.Actors;

/// <summary>
/// One professional at work. Every unsafe call has a key; when its answer was lost it is repeated under that key until
/// the server says what became of it. Now and then an acknowledged call is repeated on purpose: the same key has to give
/// the same answer, and with another body a refusal.
/// </summary>
public abstract class Worker(Professional api, Somebody who, Play play)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(150);

    public Professional Api => api;

    public Somebody Who => who;

    protected Ledger Ledger => play.Ledger;

    protected FaultKind Faults => play.Faults;

    /// <summary>Works until told to stop; a line that broke is part of the work.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await TurnAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or TimeoutException or System.Net.WebSockets.WebSocketException or LostException)
            {
                await PauseAsync(50, 200);
            }
        }
    }

    protected abstract Task TurnAsync(CancellationToken stop);

    protected static bool Chance(int percent) => Random.Shared.Next(100) < percent;

    protected static Task PauseAsync(int from, int to, CancellationToken stop = default) => Task.Delay(Random.Shared.Next(from, to), stop);

    protected static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Asks for something; again while the line is broken.</summary>
    protected async Task<Answer> SeeAsync(string what, string path)
    {
        using var call = await play.Gate.PassAsync();
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < play.Patience)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await api.GetAsync(path);
            if (!IsToRepeat(answer))
            {
                Ledger.Took(what, Stopwatch.GetElapsedTime(began));
                return Judged(what, answer);
            }

            await Task.Delay(BetweenTries);
        }

        throw new LostException();
    }

    /// <summary>
    /// Does something, acknowledged or refused; <paramref name="caseId"/> is the case it changes, <paramref name="acknowledged"/>
    /// writes down what was acknowledged.
    /// </summary>
    protected async Task<Answer> DoAsync(string what, string path, object? body = null, string? caseId = null, Action<Answer>? acknowledged = null)
    {
        using var call = await play.Gate.PassAsync();
        var key = Professional.NewKey();
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < play.Patience)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await api.PostAsync(path, body, key, Cut());
            if (!IsToRepeat(answer))
            {
                Ledger.Took(what, Stopwatch.GetElapsedTime(began));
                Ledger.Count(answer.IsOk ? "acknowledged" : "refused");
                Judged(what, answer);
                if (answer.IsOk)
                {
                    acknowledged?.Invoke(answer);
                }

                await RepeatAsync(what, path, body, key, answer);
                return answer;
            }

            Ledger.Count(answer.IsLost ? "answers lost, call repeated" : "told that nothing was saved, call repeated");
            await Task.Delay(BetweenTries);
        }

        Ledger.Unsure(caseId);
        Ledger.Count("never answered");
        throw new LostException();
    }

    // After a clear "not saved, come back" a person comes back; but only when the database was taken away.
    private bool IsToRepeat(Answer answer) => answer.IsLost || (answer.IsGone && play.Faults == FaultKind.Db);

    private Answer Judged(string what, Answer answer)
    {
        if (answer.IsFault)
        {
            Ledger.Violate($"{what} was answered with {(int)answer.Status!}");
        }
        else if (answer.Refusal is { } code)
        {
            Ledger.Refused($"{what}: {code}");
        }

        return answer;
    }

    private async Task RepeatAsync(string what, string path, object? body, string key, Answer first)
    {
        if (!first.IsOk || !Chance(4))
        {
            return;
        }

        var again = await api.PostAsync(path, body, key);
        Ledger.Count("repeats under the same key");
        if (!IsToRepeat(again) && (again.Status != first.Status || again.Body.GetRawText() != first.Body.GetRawText()))
        {
            Ledger.Violate($"{what} under the same key gave another answer: {first.Body.GetRawText()} and {(int)again.Status!} {again.Body.GetRawText()}");
        }

        var other = await api.PostAsync("api/v1/cases", new { question = "Een andere vraag.", kind = "none", topic = "civil_affairs", municipality = "gm0344" }, key);
        if (who.FrontOffice == 1 && !IsToRepeat(other) && other.Refusal != "key-reused")
        {
            Ledger.Violate($"{what}: another call under the same key was not refused but answered {(int)other.Status!} {other.Refusal}");
        }
    }

    private TimeSpan? Cut() => play.Faults == FaultKind.Drop && Chance(5) ? TimeSpan.FromMilliseconds(1 + Random.Shared.Next(15)) : null;
}

/// <summary>Nothing answered for longer than anybody waits.</summary>
public sealed class LostException() : Exception("No answer.");
