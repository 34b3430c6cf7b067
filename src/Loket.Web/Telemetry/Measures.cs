using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Loket.Web.Telemetry;

/// <summary>
/// What Loket measures of itself, under one name for meters and traces. Times in seconds. No measure and no trace holds
/// anything of a person or a case.
/// </summary>
public static class Measures
{
    public const string Name = "Loket";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>From what happened until the pages of whom it concerns were told, by the kind of what happened; <c>offer</c> is the wait at a specialist's screen.</summary>
    public static readonly Histogram<double> Told = Meter.CreateHistogram<double>("loket.told", "s", "From what happened until pages were told");

    /// <summary>From the moment a deadline's rung was due until it had fired.</summary>
    public static readonly Histogram<double> DeadlineLate = Meter.CreateHistogram<double>("loket.deadline.late", "s", "From due until fired");

    /// <summary>Units of work that the write lane committed together.</summary>
    public static readonly Histogram<int> LaneBatch = Meter.CreateHistogram<int>("loket.lane.batch", "{unit}", "Units committed together");

    /// <summary>Batches of the write lane that ran a second time because one of their units had something to take back.</summary>
    public static readonly Counter<long> LaneAgain = Meter.CreateCounter<long>("loket.lane.again", "{batch}", "Batches that ran a second time");

    /// <summary>For how long one such batch held the lane, with its commit: nobody waits much longer.</summary>
    public static readonly Histogram<double> LaneHeld = Meter.CreateHistogram<double>("loket.lane.held", "s", "For how long a batch held the write lane");

    /// <summary>From handing in a unit of work until its commit, with its wait.</summary>
    public static readonly Histogram<double> Write = Meter.CreateHistogram<double>("loket.write", "s", "From handing in a unit until its commit");
}
