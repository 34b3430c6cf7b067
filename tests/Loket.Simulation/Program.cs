using Loket.Simulation;
using Loket.Simulation.Actors;
using Loket.Simulation.Checks;
using Loket.Simulation.Faults;

if (Options.Parse(args, out var error) is not { } options)
{
    Console.Error.WriteLine($"{error}{Environment.NewLine}{Options.Usage}");
    return 2;
}

await using var server = options.Server is null ? null : new ServerUnderTest(options.Server, options.Url);
if (server is not null)
{
    await server.StartAsync();
}

var ledger = new Ledger();
await using var cast = await Cast.SignInAsync(options, ledger);
await cast.Supervisors[0].Api.PutAsync("api/v1/demo/colleagues", new { on = false });

// Desks stop first, so that the specialists can end what still rings; the server is up before anything is compared.
using var desksStop = new CancellationTokenSource(options.Time);
using var othersStop = new CancellationTokenSource();
var killing = options.Faults == FaultKind.Kill ? server!.KillAtRandomAsync(desksStop.Token) : Task.CompletedTask;
var others = Task.WhenAll(((IEnumerable<Worker>)[.. cast.Specialists, .. cast.Supervisors]).Select(w => Task.Run(() => w.WorkAsync(othersStop.Token))));
await Task.WhenAll(cast.Desks.Select(w => Task.Run(() => w.WorkAsync(desksStop.Token))));
await killing;
await Task.Delay(TimeSpan.FromSeconds(3));
await othersStop.CancelAsync();
await others;

var final = new FinalState(ledger, cast.ById);
await final.RunAsync();
string? journal = null;
if (server is not null)
{
    var (holds, said) = await server.VerifyJournalAsync();
    journal = said;
    if (!holds)
    {
        ledger.Violate($"the journal does not verify: {said}");
    }
}

var summary = Summary.Of(options, cast.ById.Count, server?.Kills ?? 0, ledger, final, journal);
summary.Print();
if (options.Json is not null)
{
    summary.Write(options.Json);
}

return ledger.Violations.IsEmpty ? 0 : 1;
