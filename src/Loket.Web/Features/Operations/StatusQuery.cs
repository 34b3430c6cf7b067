using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Live;
using Loket.Web.Telemetry;

namespace Loket.Web.Features.Operations;

/// <summary>How this node does, and what waits on all of them. Holds nothing of a person or a case.</summary>
public sealed class StatusQuery(Db db, Readiness readiness, JournalTail tail, NodeLease lease, Connections connections, BrokerDoorbell broker, QueueFigures queues, SetAside aside, RecentMeasures recent)
{
    public async Task<StatusView> LoadAsync() => new()
    {
        Health = readiness.Now,
        TailSeconds = tail.Behind.TotalSeconds,
        LeaseSeconds = lease.Age.TotalSeconds,
        Connected = connections.Here().Count,
        Broker = broker.IsConnected,
        Nodes = await db.ReadAsync(r => r.QueryAsync<StatusView.Node>(
            "SELECT l.node AS number, CASE WHEN l.holder = @Holder THEN 1 ELSE 0 END AS is_this FROM node_lease l ORDER BY l.node", new { connections.Holder })),
        Queues = await queues.CountAsync(),
        Consumers = await db.ReadAsync(r => r.QueryAsync<StatusView.Consumer>(
            "SELECT c.name, SUM(s.last_seq - c.seq) AS behind FROM consumer_cursor c JOIN journal_shard s ON s.shard = c.shard GROUP BY c.name ORDER BY c.name")),
        Aside = await aside.LoadAsync(),
        Measures = [.. Shown()],
    };

    private IEnumerable<StatusView.Measure> Shown()
    {
        yield return new("offer", Seconds: true, recent.Of(Telemetry.Measures.Told, "offer"));
        yield return new("write", Seconds: true, recent.Of(Telemetry.Measures.Write));
        yield return new("batch", Seconds: false, recent.Of(Telemetry.Measures.LaneBatch));
        yield return new("late", Seconds: true, recent.Of(Telemetry.Measures.DeadlineLate));
    }
}

/// <summary>The status page of an operator. View <c>Operations/Status.cshtml</c>.</summary>
public sealed class StatusView
{
    /// <summary>What of this node is in order.</summary>
    public Health Health { get; init; } = Health.Unknown;

    public double TailSeconds { get; init; }

    public double LeaseSeconds { get; init; }

    /// <summary>People connected to this node.</summary>
    public int Connected { get; init; }

    /// <summary>Whether the broker rings between nodes; null when none was set. Without it news takes a little longer.</summary>
    public bool? Broker { get; init; }

    public IReadOnlyList<Node> Nodes { get; init; } = [];

    public Queues Queues { get; init; } = Queues.Unknown;

    /// <summary>Who follows the journal with an effect, and how many entries each is behind.</summary>
    public IReadOnlyList<Consumer> Consumers { get; init; } = [];

    /// <summary>What sweeps could not take further, by sweep and kind of fault; which rows is in the log.</summary>
    public IReadOnlyList<RowsAside> Aside { get; init; } = [];

    public IReadOnlyList<Measure> Measures { get; init; } = [];

    public sealed class Node
    {
        public int Number { get; init; }

        public bool IsThis { get; init; }
    }

    public sealed class Consumer
    {
        public string Name { get; init; } = "";

        public long Behind { get; init; }
    }

    /// <summary>A measure of this node: its last values, or null when there were none yet.</summary>
    public sealed record Measure(string Code, bool Seconds, Recent? Recent)
    {
        /// <summary>Seconds as milliseconds, counts as they are.</summary>
        public string Show(double value) => Seconds
            ? string.Create(CultureInfo.CurrentUICulture, $"{value * 1000:N0} ms")
            : string.Create(CultureInfo.CurrentUICulture, $"{value:N0}");
    }
}
