namespace Loket.Web.Features.Steps;

/// <summary>A stored day for a view, and the shape that stands beside a state.</summary>
public static class StepDays
{
    public static DateOnly Of(string day) => StoredStep.Day(day);

    /// <summary>The icon of a state: always beside its word.</summary>
    public static string Shape(string state) => state switch
    {
        "done" => "check",
        "in_progress" => "p-busy",
        "waiting" => "p-asked",
        "suspended" => "p-wrap",
        "cancelled" => "p-away",
        _ => "p-break",
    };
}
