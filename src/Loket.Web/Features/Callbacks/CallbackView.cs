using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Callbacks;

/// <summary>GET /callbacks/{id}: one callback, its calls, its other moments. Views <c>Callbacks/Callback.cshtml</c> and <c>Citizen.cshtml</c>.</summary>
public sealed class CallbackView
{
    public CallbackRow Row { get; init; } = null!;

    /// <summary>Still to be made, so it can be moved.</summary>
    public bool IsOpen { get; init; }

    public IReadOnlyList<CallRow> Calls { get; init; } = [];

    /// <summary>Free moments (UTC) of who calls, in order; empty when it is over.</summary>
    public IReadOnlyList<DateTime> Moments { get; init; } = [];

    /// <summary>By which clock the citizen lives (IANA), and how they want to be reached.</summary>
    public string TimeZone { get; init; } = "";

    public string Channel { get; init; } = "phone";

    public CitizenSheet Citizen { get; init; } = null!;

    public FormState Form { get; init; } = FormState.Empty;
}

/// <summary>What the citizen is told. Nothing in it promises for another body.</summary>
/// <param name="CallerName">The organisation that calls.</param>
/// <param name="IsOurs">The viewer's organisation calls itself.</param>
/// <param name="HelpName">The viewer's organisation, which goes after it when nobody calls; with its phone number when known.</param>
/// <param name="PhoneEnd">The last digits of the number, as the viewer may know it.</param>
public sealed record CitizenSheet(string CallerName, bool IsOurs, string HelpName, string? HelpPhone, string? PhoneEnd);

/// <param name="Result"><c>reached no_answer engaged wrong_number</c>.</param>
public sealed record CallRow(int N, DateTime At, string Who, string Result, string? Note);
