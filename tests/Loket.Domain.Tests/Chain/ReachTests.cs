using Loket.Domain.Chain;

namespace Loket.Domain.Tests.Chain;

/// <summary>Who is reached for somebody: never nobody, and nobody who is away as long as anybody is here.</summary>
public sealed class ReachTests
{
    private const long Worker = 1, Colleague = 2, Other = 3, TeamLead = 10, SecondLead = 11, OtherLead = 12, Duty = 13;

    [Fact]
    public void Who_is_here_is_reached()
    {
        Assert.Equal(Worker, Of().Person(Worker));
    }

    [Fact]
    public void For_who_is_away_the_stand_in_is_reached_through_every_stand_in_that_is_away_too()
    {
        Assert.Equal(Colleague, Of(Away(Worker, Colleague)).Person(Worker));
        Assert.Equal(Other, Of(Away(Worker, Colleague), Away(Colleague, Other)).Person(Worker));
    }

    [Fact]
    public void Without_a_stand_in_who_is_here_the_supervisor_is_reached()
    {
        Assert.Equal(TeamLead, Of(Away(Worker, null)).Person(Worker));
        Assert.Equal(TeamLead, Of(Away(Worker, Colleague), Away(Colleague, null)).Person(Worker));
        Assert.Equal(TeamLead, Of(Away(Worker, Colleague), Away(Colleague, Worker)).Person(Worker));
        Assert.Equal(TeamLead, Of(Away(Worker, Worker)).Person(Worker));
        Assert.Equal(TeamLead, Of(Away(Worker, Colleague), Left(Colleague)).Person(Worker));
        Assert.Equal(TeamLead, Of(Away(Worker, 99)).Person(Worker));
    }

    [Fact]
    public void For_who_left_the_supervisor_is_reached_even_when_a_stand_in_was_named()
    {
        Assert.Equal(TeamLead, Of(Left(Worker)).Person(Worker));
        Assert.Equal(TeamLead, Of(p => p.Id == Worker ? p with { Active = false, Absent = true, StandIn = Colleague } : p).Person(Worker));
    }

    [Fact]
    public void Above_stands_the_team_then_the_duty_supervisor_then_any_supervisor()
    {
        Assert.Equal(TeamLead, Of().SupervisorOf(Worker));
        Assert.Equal(SecondLead, Of(Away(TeamLead, null)).SupervisorOf(Worker));
        Assert.Equal(Duty, Of(Away(TeamLead, Colleague), Left(SecondLead)).SupervisorOf(Worker));
        Assert.Equal(OtherLead, Of(Away(TeamLead, null), Left(SecondLead), Away(Duty, null)).SupervisorOf(Worker));
    }

    [Fact]
    public void Above_a_supervisor_stands_another_one()
    {
        Assert.Equal(SecondLead, Of().SupervisorOf(TeamLead));
        Assert.Equal(OtherLead, Of().SupervisorOf(Duty));
    }

    [Fact]
    public void When_every_supervisor_is_away_a_stand_in_of_one_is_reached_and_without_any_the_duty_supervisor_all_the_same()
    {
        Assert.Equal(Colleague, Of(Away(TeamLead, null), Away(SecondLead, null), Away(OtherLead, Colleague), Away(Duty, null)).SupervisorOf(Worker));
        Assert.Equal(Duty, Of(Away(TeamLead, null), Away(SecondLead, null), Away(OtherLead, null), Away(Duty, null)).SupervisorOf(Worker));
        Assert.Equal(Other, Of(Away(Worker, Other), Away(TeamLead, null), Away(SecondLead, null), Away(OtherLead, null), Away(Duty, null)).SupervisorOf(Worker));
        Assert.Equal(TeamLead, Of(Away(SecondLead, null), Away(OtherLead, null), Away(Duty, null)).SupervisorOf(TeamLead));
        // The person is nobody's answer above themselves.
        Assert.Equal(Duty, Of(Away(TeamLead, Worker), Away(SecondLead, null), Away(OtherLead, null), Away(Duty, null)).SupervisorOf(Worker));
    }

    [Fact]
    public void An_organisation_without_another_supervisor_has_only_the_person()
    {
        var alone = new Reach([new(Duty, "gm1", "gm1-desk", true, false, null, true, true, new HashSet<string>())]);
        Assert.Equal(Duty, alone.SupervisorOf(Duty));
        Assert.Null(alone.DutySupervisor("gm1", except: Duty));
        Assert.Equal(77, alone.Person(77));
        Assert.Equal(77, alone.SupervisorOf(77));
    }

    [Fact]
    public void The_duty_supervisor_answers_for_the_organisation()
    {
        Assert.Equal(Duty, Of().DutySupervisor("gm1", except: Worker));
        Assert.Equal(TeamLead, Of().DutySupervisor("gm1", except: Duty));
        Assert.Equal(TeamLead, Of(Away(Duty, null)).DutySupervisor("gm1", except: Worker));
        Assert.Null(Of().DutySupervisor("gm2", except: Worker));
        Assert.Equal([Duty, TeamLead, OtherLead], Of(Away(SecondLead, null)).SupervisorsAround(Worker));
    }

    // Each of the seven is here, away without a stand-in, away with one of two, or gone: 5^7 situations.
    [Fact]
    public void In_all_seventy_eight_thousand_situations_somebody_here_is_reached_if_anybody_can_be()
    {
        var ids = Everybody.Select(p => p.Id).ToArray();
        for (var situation = 0; situation < 78125; situation++)
        {
            var code = situation;
            var people = Everybody.Select((p, n) =>
            {
                var how = code % 5;
                code /= 5;
                return how switch
                {
                    0 => p,
                    1 => p with { Absent = true },
                    2 => p with { Absent = true, StandIn = ids[(n + 1) % 7] },
                    3 => p with { Absent = true, StandIn = ids[(n + 3) % 7] },
                    _ => p with { Active = false },
                };
            }).ToDictionary(p => p.Id);
            var reach = new Reach(people.Values);
            var someone = people[reach.Person(Worker)];
            var above = people[reach.SupervisorOf(Worker)];
            if (people.Values.Any(p => p.Supervisor && p.IsHere))
            {
                Assert.True(someone.IsHere && above.IsHere && above.Supervisor, $"situation {situation}");
            }
            else if (people.Values.Any(p => p.Supervisor && p.Active))
            {
                Assert.True(above.Active && (above.IsHere || above.Supervisor), $"situation {situation}");
            }

            Assert.True(!people[Worker].IsHere || someone.Id == Worker, $"situation {situation}");
        }
    }

    private static readonly ReachPerson[] Everybody =
    [
        new(Worker, "gm1", "gm1-desk", true, false, null, false, false, new HashSet<string>()),
        new(Colleague, "gm1", "gm1-desk", true, false, null, false, false, new HashSet<string>()),
        new(Other, "gm1", "gm1-other", true, false, null, false, false, new HashSet<string>()),
        new(TeamLead, "gm1", "gm1-desk", true, false, null, true, false, new HashSet<string> { "gm1-desk" }),
        new(SecondLead, "gm1", "gm1-desk", true, false, null, true, false, new HashSet<string> { "gm1-desk" }),
        new(OtherLead, "gm1", "gm1-other", true, false, null, true, false, new HashSet<string> { "gm1-other" }),
        new(Duty, "gm1", "gm1-other", true, false, null, true, true, new HashSet<string>()),
    ];

    private static Func<ReachPerson, ReachPerson> Away(long id, long? standIn) => p => p.Id == id ? p with { Absent = true, StandIn = standIn } : p;

    private static Func<ReachPerson, ReachPerson> Left(long id) => p => p.Id == id ? p with { Active = false } : p;

    private static Reach Of(params Func<ReachPerson, ReachPerson>[] changes) =>
        new(Everybody.Select(p => changes.Aggregate(p, (person, change) => change(person))));
}
