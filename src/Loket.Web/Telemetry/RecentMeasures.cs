using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Loket.Web.Telemetry;

/// <summary>The last values of each measure of this process, for the status page: what an operator sees without any other tool.</summary>
public sealed class RecentMeasures : IDisposable
{
    private const int Kept = 500;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<double>> values = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();

    public RecentMeasures()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == Measures.Name && !instrument.IsObservable)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();
    }

    /// <summary>Of a measure (with a kind: of that kind alone) how many values are kept, their median, the 99th percentile and the greatest; null when there is none.</summary>
    public Recent? Of(Instrument measure, string? kind = null)
    {
        if (!values.TryGetValue(Key(measure, kind), out var kept) || kept.ToArray() is not { Length: > 0 } all)
        {
            return null;
        }

        Array.Sort(all);
        return new Recent(all.Length, all[all.Length / 2], all[(int)Math.Min(all.Length - 1, all.Length * 0.99)], all[^1]);
    }

    public void Dispose() => listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kept = values.GetOrAdd(Key(instrument, tags.Length > 0 ? tags[0].Value as string : null), _ => new());
        kept.Enqueue(value);
        while (kept.Count > Kept)
        {
            kept.TryDequeue(out _);
        }
    }

    private static string Key(Instrument instrument, string? kind) => kind is null ? instrument.Name : $"{instrument.Name} {kind}";
}

/// <param name="Values">How many of the last values these figures are of.</param>
public sealed record Recent(int Values, double Median, double P99, double Greatest);
