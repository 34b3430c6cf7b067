namespace Loket.Web.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it. <see cref="Advance"/> moves wall clock and monotonic clock and fires
/// the timers that fall due, in order; <see cref="Jump"/> changes the wall clock alone, as a wrong time server does.
/// </summary>
public sealed class FakeClock : TimeProvider
{
    /// <summary>Tuesday 10 February 2026, 10:00 in Amsterdam: an ordinary working day.</summary>
    public static readonly DateTime Start = new(2026, 2, 10, 9, 0, 0, DateTimeKind.Utc);

    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private DateTimeOffset now = new(Start);
    private TimeSpan elapsed;

    public DateTime UtcNow => GetUtcNow().UtcDateTime;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return elapsed.Ticks;
        }
    }

    /// <summary>Sets the wall clock only; no timer fires and no time has passed.</summary>
    public void Jump(DateTime utc)
    {
        lock (gate)
        {
            now = new DateTimeOffset(utc, TimeSpan.Zero);
        }
    }

    public void Advance(TimeSpan by)
    {
        var target = elapsed + by;
        while (true)
        {
            FakeTimer? due;
            lock (gate)
            {
                due = timers.Where(t => t.DueAt <= target).MinBy(t => t.DueAt);
                var to = due?.DueAt ?? target;
                if (to > elapsed)
                {
                    now += to - elapsed;
                    elapsed = to;
                }

                due?.Rearm();
            }

            if (due is null)
            {
                return;
            }

            due.Fire();
        }
    }

    /// <summary>Advances to a later moment.</summary>
    public void AdvanceTo(DateTime utc) => Advance(utc - UtcNow);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public TimeSpan DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                this.period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueAt = clock.elapsed + dueTime;
                    clock.timers.Add(this);
                }
            }

            return true;
        }

        /// <summary>To its next period, or out of the list. Called under the clock's lock.</summary>
        public void Rearm()
        {
            if (period > TimeSpan.Zero)
            {
                DueAt += period;
            }
            else
            {
                clock.timers.Remove(this);
            }
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
