using System.Diagnostics.Metrics;
using Loket.Web.Features.Operations;
using Loket.Web.Live;

namespace Loket.Web.Telemetry;

/// <summary>What stands still between two looks: how far the tail is behind, the age of the lease, who is connected, what waits.</summary>
public sealed class NodeGauges(JournalTail tail, NodeLease lease, Connections connections, BrokerDoorbell broker, Readiness readiness, QueueFigures queues) : IDisposable
{
    private Meter? meter;

    public void Start()
    {
        meter = new Meter(Measures.Name);
        meter.CreateObservableGauge("loket.ready", () => readiness.Now.IsReady ? 1 : 0, description: "This node can take work");
        meter.CreateObservableGauge("loket.tail.behind", () => tail.Behind.TotalSeconds, "s", "Since the tail last saw all of the journal");
        meter.CreateObservableGauge("loket.lease.age", () => lease.Age.TotalSeconds, "s", "Since this node last showed that it lives");
        meter.CreateObservableGauge("loket.broker", () => broker.IsConnected is { } connected ? [new Measurement<int>(connected ? 1 : 0)] : Array.Empty<Measurement<int>>(), description: "Rings between nodes go over the broker");
        meter.CreateObservableGauge("loket.connected", () => connections.Here().Count, "{person}", "People connected to this node");
        meter.CreateObservableGauge("loket.waiting", () => queues.Last.Waiting, "{handoff}", "Questions that wait for a specialist, on all nodes");
        meter.CreateObservableGauge("loket.waiting.longest", () => queues.Last.LongestSeconds, "s", "How long the first of them waits");
        meter.CreateObservableGauge("loket.deadline.due", () => queues.Last.DeadlinesDue, "{deadline}", "Deadlines that are due and have not fired");
        meter.CreateObservableGauge("loket.aside", () => queues.Last.SetAside, "{row}", "Rows that a sweep could not take further and tries again");
    }

    public void Dispose() => meter?.Dispose();
}
