using System.Globalization;

namespace Loket.Benchmarks;

/// <summary>How many specialists on how many lines get how many handoffs a second, for how long.</summary>
public sealed record RingLoadPlan(int Specialists, int Lines, int PerSecond, TimeSpan Time);

/// <summary>
/// What came of it. Latency is in milliseconds: of the request with its first offer in the same transaction, and from a
/// refusal or a missed offer to the next one.
/// </summary>
public sealed record RingLoadResult(
    int Requested, int Offers, int Accepted, int Callbacks, int Lost, int DoubleOffers, int TwoAcceptances, double P50, double P99, double Max, double Next50, double Next99, double Rate)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Requested} handoffs at {Rate:0.0} a second, {Offers} offers, {Accepted} accepted, {Callbacks} callbacks, {Lost} lost, {DoubleOffers} double offers, {TwoAcceptances} accepted twice{Environment.NewLine}" +
        $"request with its first offer: p50 {P50:0.0} ms, p99 {P99:0.0} ms, max {Max:0.0} ms; answer with the next offer: p50 {Next50:0.0} ms, p99 {Next99:0.0} ms");
}
