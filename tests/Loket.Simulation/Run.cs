using System.Diagnostics;
using Loket.Simulation.Actors;
using Loket.Simulation.Checks;
using Loket.Simulation.Faults;

namespace Loket.Simulation;

/// <summary>One run: everybody at work while things go wrong, then the final state against what was acknowledged.</summary>
public sealed class Run(Options options, Action<string> say)
{
    /// <summary>After so many kills all rows and the whole journal are read again; answers are compared after each, and all at the end.</summary>
    private const int VerifyEvery = 5;

    private static readonly TimeSpan BeyondOutage = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Unheard = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LastTurns = TimeSpan.FromSeconds(3);
    private readonly Play play = new(new Ledger(), new Gate(), options.Faults, options.Outage + BeyondOutage);
    private string? verified;

    public async Task<Summary> GoAsync()
    {
        await using var servers = options.Server is null ? null : new ServersUnderTest(options);
        await (servers?.StartAsync() ?? Task.CompletedTask);
        await using var cast = await Cast.SignInAsync(options, play);
        // The switch is that of one node.
        foreach (var _ in options.Urls)
        {
            await cast.Supervisors[0].Api.PutAsync("api/v1/demo/colleagues", new { on = false });
        }

        var final = new FinalState(play.Ledger, cast.ById, Unheard);
        var began = Stopwatch.GetTimestamp();
        // Desks stop first, so that the specialists can end what still rings.
        using var desksStop = new CancellationTokenSource();
        using var othersStop = new CancellationTokenSource();
        var desks = Working(cast.Desks, desksStop.Token);
        var others = Working([.. cast.Specialists, .. cast.Supervisors], othersStop.Token);
        await FaultsAsync(servers, final);
        var time = Stopwatch.GetElapsedTime(began);
        await desksStop.CancelAsync();
        await desks;
        await Task.Delay(LastTurns);
        await othersStop.CancelAsync();
        await others;
        await CheckAsync(servers, final, everything: true);
        if (!play.Ledger.Violations.IsEmpty)
        {
            foreach (var line in servers?.Said ?? [])
            {
                say(line);
            }
        }

        return Summary.Of(options, cast.ById.Count, time, servers?.Kills ?? 0, play.Ledger, final, verified);
    }

    private static Task Working(IEnumerable<Worker> people, CancellationToken stop) => Task.WhenAll(people.Select(worker => Task.Run(() => worker.WorkAsync(stop))));

    private async Task FaultsAsync(ServersUnderTest? servers, FinalState final)
    {
        if (options.Loops > 0)
        {
            await LoopsAsync(servers!, final);
            return;
        }

        using var over = new CancellationTokenSource(options.Time);
        if (options.Faults == FaultKind.Kill)
        {
            await servers!.KillAtRandomAsync(over.Token);
            return;
        }

        await Task.Delay(options.Time / 3);
        if (options.Backup is not null)
        {
            foreach (var said in await servers!.RestoreElsewhereAsync(play.Gate))
            {
                say($"backup {said}");
            }

            var (cases, acknowledged) = (play.Ledger.Cases.Count, play.Ledger.Counts.GetValueOrDefault("acknowledged"));
            say($"lost with its disk and put back elsewhere after {cases} cases and {acknowledged} acknowledged; what follows came after it");
        }

        if (options.Faults == FaultKind.Db)
        {
            var (red, falsely, green) = await servers!.WithoutDatabaseAsync(() => play.Ledger.Counts.GetValueOrDefault("acknowledged"));
            say($"no database for {options.Outage.TotalSeconds:0} s: not ready after {red.TotalSeconds:0.0} s, {falsely} acknowledged from then on, ready {green.TotalSeconds:0.0} s after its return");
            if (falsely > 0)
            {
                play.Ledger.Violate($"{falsely} calls were acknowledged while there was no database");
            }
        }
        else if (options.Faults == FaultKind.Broker)
        {
            play.Ledger.Meanwhile = ", no broker";
            await servers!.WithoutBrokerAsync();
            play.Ledger.Meanwhile = "";
        }

        try
        {
            await Task.Delay(Timeout.Infinite, over.Token);
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }

    private async Task LoopsAsync(ServersUnderTest servers, FinalState final)
    {
        for (var loop = 1; loop <= options.Loops; loop++)
        {
            await Task.Delay(Random.Shared.Next(500, 2_500));
            await TimedAsync("(killed and started again)", servers.KillOnceAsync());
            // Whoever lost an answer asks again under the same key; after that nobody is in doubt.
            await TimedAsync("(until nobody was in doubt)", play.Gate.CloseAsync());
            await TimedAsync("(compared)", CheckAsync(servers, final, everything: false, verify: loop % VerifyEvery == 0));
            play.Gate.Open();
            if (loop % 20 == 0 || loop == options.Loops)
            {
                say($"{loop} loops, {servers.Kills} kills, {play.Ledger.Cases.Count} cases, {play.Ledger.Counts.GetValueOrDefault("acknowledged")} acknowledged, {play.Ledger.Violations.Count} violations; {verified}");
            }
        }
    }

    private async Task TimedAsync(string what, Task work)
    {
        var began = Stopwatch.GetTimestamp();
        await work;
        play.Ledger.Took(what, Stopwatch.GetElapsedTime(began));
    }

    private async Task CheckAsync(ServersUnderTest? servers, FinalState final, bool everything, bool verify = true)
    {
        var looking = final.RunAsync(everything);
        var found = servers is null || !verify ? [] : await servers.VerifyAsync("verify-journal", "verify-state");
        await looking;
        verified = found.Count == 0 ? verified : string.Join("; ", found.Select(f => f.Said));
        foreach (var (_, said) in found.Where(f => !f.Holds))
        {
            play.Ledger.Violate(said);
        }
    }
}
