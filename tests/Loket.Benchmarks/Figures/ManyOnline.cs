using System.Diagnostics;
using System.Net;
using Loket.Simulation.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace Loket.Benchmarks.Figures;

/// <summary>
/// Very many professionals at once: what the server keeps in memory for one who is there, and how long until all are
/// back with their state after everybody lost the connection. Beside connections to a bare hub.
/// </summary>
public sealed class ManyOnline : Bench
{
    public override string Name => "online";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var count = effort == Effort.Quick ? 250 : 5000;
        var memory = new List<(double, double)>();
        var back = new List<(double, double)>();
        for (var round = 0; round < Effort.Quick.Rounds; round++)
        {
            // A process for each round: memory that was once taken is not given back.
            var (floor, _) = await ServerProcess.FloorAsync(folder, collectsOften: true);
            var bare = await MeasureAsync(floor, Enumerable.Range(0, count).Select(_ => (Client)new BareClient(floor.Address)).ToList());
            await floor.DisposeAsync();
            var (loket, _) = await ServerProcess.LoketAsync(Path.Combine(folder, "loket"), collectsOften: true);
            var there = await MeasureAsync(loket, await SignInAsync(loket.Address, count));
            await loket.DisposeAsync();
            memory.Add((there.Memory, bare.Memory));
            back.Add((there.Back, bare.Back));
        }

        var each = $"{count} connections over WebSockets, a new server for each round, both with a workstation heap and 6 MB of new objects between collections";
        return
        [
            Figure.Lower("memory per online professional", "kB", 2, memory, $"{each}; growth of the server's resident memory while they come, each on a connection with presence; floor: bare SignalR connections"),
            Figure.Lower(
                $"{count} clients reconnecting at once", "ms", 3, back,
                $"{each}; all lines cut without a word, then all connect at once, say that they are there and ask for their state over HTTP, until the last has it; floor: bare connections, until the last can call"),
        ];
    }

    private static async Task<List<Client>> SignInAsync(Uri server, int count)
    {
        var people = (await Professional.EverybodyAsync(server)).Where(p => p.Specialist == 1).DistinctBy(p => p.Id).ToList();
        var clients = new List<Client>();
        for (var i = 0; i < count; i++)
        {
            var person = await Professional.SignInAsync(server, people[i % people.Count].Id);
            (await person.PutAsync("api/v1/me/presence", new { state = "available" })).Need("presence");
            clients.Add(new LoketClient(person));
        }

        return clients;
    }

    private static async Task<(double Memory, double Back)> MeasureAsync(ServerProcess server, List<Client> clients)
    {
        // The first few bring in the program itself, and warm it.
        foreach (var client in clients.Take(20))
        {
            await client.ComeAsync();
            for (var i = 0; i < 10; i++)
            {
                client.Cut();
                await client.ComeBackAsync();
            }
        }

        var before = server.Memory();
        foreach (var some in clients.Skip(20).Chunk(50))
        {
            await Task.WhenAll(some.Select(c => c.ComeAsync()));
        }

        var memory = (server.Memory() - before) / 1024.0 / (clients.Count - 20);
        clients.ForEach(c => c.Cut());
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(c => c.ComeBackAsync()));
        var back = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        return (memory, back);
    }

    private abstract class Client : IAsyncDisposable
    {
        public abstract Task ComeAsync();

        public abstract void Cut();

        public abstract Task ComeBackAsync();

        public abstract ValueTask DisposeAsync();

        // On a machine that is too busy a line may be lost by itself.
        protected static void Cut(HubConnection hub, Action cut)
        {
            if (hub.State == HubConnectionState.Connected)
            {
                cut();
            }
        }

        protected static async Task ClosedAsync(HubConnection hub)
        {
            while (hub.State != HubConnectionState.Disconnected)
            {
                await Task.Delay(1);
            }
        }
    }

    private sealed class BareClient(Uri server) : Client
    {
        private readonly LiveConnection live = new(new Uri(server, "echo"));

        public override Task ComeAsync() => live.Hub.StartAsync();

        public override void Cut() => Cut(live.Hub, live.Cut);

        public override async Task ComeBackAsync()
        {
            await ClosedAsync(live.Hub);
            await live.Hub.StartAsync();
            await live.Hub.InvokeAsync("Echo", "");
        }

        public override ValueTask DisposeAsync() => live.DisposeAsync();
    }

    private sealed class LoketClient(Professional person) : Client
    {
        public override Task ComeAsync() => person.EnterAsync();

        public override void Cut() => Cut(person.Hub, person.Cut);

        public override async Task ComeBackAsync()
        {
            await ClosedAsync(person.Hub);
            await person.EnterAsync();
            if ((await person.GetAsync("api/v1/me/line")).Need("own line").Status != HttpStatusCode.OK)
            {
                throw new InvalidOperationException("The state did not come.");
            }
        }

        public override ValueTask DisposeAsync() => person.DisposeAsync();
    }
}
