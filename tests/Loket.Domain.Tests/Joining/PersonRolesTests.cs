using Loket.Domain.Joining;

namespace Loket.Domain.Tests.Joining;

/// <summary>Which roles cannot be taken while something hangs on them: every set of roles, every standing.</summary>
public sealed class PersonRolesTests
{
    private static readonly Standing Free = new(false, false, false, false, []);

    [Theory]
    [InlineData(PersonRoles.Administrator, "last-administrator")]
    [InlineData(PersonRoles.Supervisor, "person-on-duty")]
    [InlineData(PersonRoles.Specialist, "person-on-lines")]
    public void A_role_on_which_something_hangs_stays(string role, string no)
    {
        var standing = new Standing(IsLastAdministrator: role == PersonRoles.Administrator, IsOnDuty: role == PersonRoles.Supervisor, IsOnLines: role == PersonRoles.Specialist, false, []);
        Assert.Equal(no, PersonRoles.Check([role, "line_manager"], ["line_manager"], standing)?.Code);
        Assert.Null(PersonRoles.Check([role, "line_manager"], [role], standing));
        Assert.Null(PersonRoles.Check([role, "line_manager"], ["line_manager"], Free));
    }

    [Fact]
    public void Who_has_work_open_keeps_a_part_in_cases_whatever_part_that_is()
    {
        var open = Free with { HasOpenWork = true };
        foreach (var before in Sets())
        {
            foreach (var after in Sets().Where(s => s.Length > 0))
            {
                bool Works(string[] roles) => roles.Any(r => r is PersonRoles.FrontOffice or PersonRoles.Specialist or PersonRoles.Supervisor);
                Assert.Equal(Works(before) && !Works(after) ? "person-has-open" : null, PersonRoles.Check(before, after, open)?.Code);
                Assert.Null(PersonRoles.Check(before, after, Free));
            }
        }
    }

    [Fact]
    public void No_role_an_unknown_one_and_the_national_administrator_are_refused()
    {
        Assert.Equal("role-missing", PersonRoles.Check(["specialist"], [], Free)?.Code);
        Assert.Equal("role-unknown", PersonRoles.Check([], ["director"], Free)?.Code);
        Assert.Equal("role-unknown", PersonRoles.Check([], ["national_administrator"], Free)?.Code);
        Assert.Equal("Balie", PersonRoles.Check(["supervisor"], ["supervisor"], Free with { OnlyLeads = ["Balie"] })?.Args[0]);
    }

    [Fact]
    public void Rules_give_the_roles_of_the_claims_letter_by_letter()
    {
        RoleRule[] rules = [new("groups", "balie", "front_office", null), new("groups", "lijn", "specialist", "t"), new("afdeling", "balie", "supervisor", null)];
        Assert.Equal(["front_office"], RoleRules.Roles(rules, [("groups", "balie")]));
        Assert.Equal(["front_office", "specialist"], RoleRules.Roles(rules, [("groups", "lijn"), ("groups", "balie"), ("groups", "anders")]));
        Assert.Empty(RoleRules.Roles(rules, [("groups", "Balie"), ("Groups", "lijn")]));
        Assert.Equal("t", Assert.Single(RoleRules.Met(rules, [("groups", "lijn")])).Team);
    }

    [Fact]
    public void An_information_point_has_no_other_role_and_no_rule_gives_it()
    {
        foreach (var roles in Sets(PersonRoles.All).Where(s => s.Length > 0))
        {
            var no = roles.Contains(PersonRoles.InformationPoint) && roles.Length > 1 ? "information-point-alone" : null;
            Assert.Equal(no, PersonRoles.CheckTogether(roles)?.Code);
            Assert.Equal(no, PersonRoles.Check([], roles, Free)?.Code);
        }

        Assert.Equal("person-has-open", PersonRoles.Check([PersonRoles.FrontOffice], [PersonRoles.InformationPoint], Free with { HasOpenWork = true })?.Code);
        Assert.DoesNotContain(PersonRoles.InformationPoint, PersonRoles.ByRule);
    }

    private static IEnumerable<string[]> Sets() => Sets(PersonRoles.ByRule);

    private static IEnumerable<string[]> Sets(IReadOnlyList<string> roles) => Enumerable.Range(0, 1 << roles.Count).Select(bits => roles.Where((_, n) => (bits >> n & 1) == 1).ToArray());
}
