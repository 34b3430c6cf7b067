using Loket.Domain.Chain;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.People;

/// <summary>GET /absence: who is away or will be, and the form to say so. View <c>People/Absence.cshtml</c>.</summary>
public sealed class AbsenceView
{
    /// <summary>Whom the form is about: query <c>person</c>, else the viewer.</summary>
    public long PersonId { get; init; }

    public string PersonName { get; init; } = "";

    public bool IsYou { get; init; }

    /// <summary>The viewer leads this person, and may spread what they have open.</summary>
    public bool MaySpread { get; init; }

    /// <summary>Dates that run at this person now.</summary>
    public int Running { get; init; }

    /// <summary>Absences of this person that run or come.</summary>
    public IReadOnlyList<AbsenceRow> Own { get; init; } = [];

    /// <summary>Everybody the viewer leads, with the absence that runs or comes next.</summary>
    public IReadOnlyList<AbsenceRow> People { get; init; } = [];

    /// <summary>Colleagues of the organisation who are here now: value = professional id.</summary>
    public IReadOnlyList<Option> StandIns { get; init; } = [];

    /// <summary>Refused form <c>absence</c>; fields <c>from until standIn</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class AbsenceRow
{
    public long PersonId { get; init; }

    public string PersonName { get; init; } = "";

    /// <summary>Null when the person is here and no absence is planned.</summary>
    public long? AbsenceId { get; init; }

    public DateTime FromAt { get; init; }

    public DateTime UntilAt { get; init; }

    /// <summary>Until further notice; <see cref="UntilAt"/> says nothing then.</summary>
    public bool HasNoEnd => UntilAt >= AbsenceRules.NoEnd;

    public string? StandInName { get; init; }

    /// <summary>Dates that run at this person now.</summary>
    public int Running { get; init; }
}
