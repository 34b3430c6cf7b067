namespace Loket.Web.Features.Wall;

/// <summary>A row of <c>wall_day</c>.</summary>
internal sealed class Count
{
    public string LineCode { get; init; } = "";

    public string Measure { get; init; } = "";

    public string AskerCode { get; init; } = "";

    public string Kind { get; init; } = "";

    public int Bucket { get; init; }

    public int N { get; init; }
}

/// <summary>What rings at one line now: of everybody, and of the viewer's organisation.</summary>
internal sealed class Waits
{
    public string LineCode { get; init; } = "";

    public int AllOfThem { get; init; }

    public DateTime? Since { get; init; }

    public int Ours { get; init; }

    public DateTime? OursSince { get; init; }
}

internal sealed class LineRow
{
    public string Code { get; init; } = "";

    public string OrganisationCode { get; init; } = "";

    public string Organisation { get; init; } = "";

    public string TopicCode { get; init; } = "";

    public string? Hours { get; init; }

    public int Free { get; init; }

    public int Busy { get; init; }
}

internal sealed class PersonRow
{
    public string LineCode { get; init; } = "";

    public string Name { get; init; } = "";

    public string State { get; init; } = "";

    public int IsOn { get; init; }
}

internal sealed class NameRow
{
    public string Code { get; init; } = "";

    public string Name { get; init; } = "";
}
