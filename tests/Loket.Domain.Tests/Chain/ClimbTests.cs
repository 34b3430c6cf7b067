using Loket.Domain.Chain;

namespace Loket.Domain.Tests.Chain;

/// <summary>An unanswered escalation: supervisor, duty supervisor, every supervisor, and there it stays.</summary>
public sealed class ClimbTests
{
    private const long Worker = 1, Lead = 10, Duty = 11, Third = 12;

    [Fact]
    public void It_climbs_person_by_person_and_stays_at_the_top()
    {
        Assert.Equal("1: 10", Next(Of(), Worker, 0));
        Assert.Equal("2: 11", Next(Of(), Lead, 1));
        Assert.Equal("3: 10, 12", Next(Of(), Duty, 2));
        Assert.Null(Climb.Next(Of(), Third, 3));
    }

    [Fact]
    public void A_level_at_which_nobody_new_stands_is_passed_over()
    {
        // The duty supervisor is the one above already.
        Assert.Equal("1: 11", Next(Of(away: Lead), Worker, 0));
        Assert.Equal("3: 12", Next(Of(away: Lead), Duty, 1));
        Assert.Equal("1: 12", Next(Of(away: Duty), Lead, 0));
    }

    [Fact]
    public void Where_nobody_else_is_it_stays_where_it_is()
    {
        var alone = new Reach([Person(Duty, true, true)]);
        Assert.Null(Climb.Next(alone, Duty, 0));
        Assert.Null(Climb.Next(alone, 99, 0));
    }

    private static string? Next(Reach reach, long toId, int level) =>
        Climb.Next(reach, toId, level) is { } step ? $"{step.Level}: {string.Join(", ", step.People)}" : null;

    private static Reach Of(long away = 0) => new(
        ((ReachPerson[])[Person(Worker, false, false), Person(Lead, true, false, "desk"), Person(Duty, true, true), Person(Third, true, false)])
            .Select(p => p.Id == away ? p with { Absent = true } : p));

    private static ReachPerson Person(long id, bool supervisor, bool duty, params string[] supervises) =>
        new(id, "gm1", "desk", true, false, null, supervisor, duty, supervises.ToHashSet());
}
