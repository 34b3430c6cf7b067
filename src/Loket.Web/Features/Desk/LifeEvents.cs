using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Desk;

/// <summary>The life events a case can belong to (DOMAIN 6); their names are in the texts.</summary>
public sealed class LifeEvents
{
    public static readonly IReadOnlyList<string> Codes =
    [
        "death", "birth", "turning_18", "moving", "marrying", "separating", "losing_job", "long_illness", "retiring", "debts", "care_at_home",
        "long_term_care", "abroad", "starting_business", "building",
    ];

    public IReadOnlyList<Option> Options(Say say) => [.. Codes.Select(code => new Option(code, say.Code("life-event", code)))];
}
