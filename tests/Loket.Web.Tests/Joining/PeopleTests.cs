using Loket.Domain.Terms;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Joining;
using Loket.Web.Features.People;
using Loket.Web.Features.Rota;
using Loket.Web.Live;
using Loket.Web.Security;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loket.Web.Tests.Joining;

/// <summary>What an administrator changes of people, rules and duty, and what has another holder first.</summary>
public sealed class PeopleTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_colleague_is_added_changed_once_a_version_and_recorded(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var administrator = await ADayTests.AdministratorAsync(world);
        await world.Given.Topic("debts");
        var save = world.The<SavePerson>();
        var form = new PersonForm(0, " Iris de Boer ", "iris", "gm0518-team", ["supervisor"], ["gm0518-team"], ["pl"], ["debts"]);

        var id = Given.Id((await save.AddAsync(administrator, form, null)).Value.ProfessionalId);
        var stored = await StoredAsync(world, id);
        Assert.Equal(("Iris de Boer", "iris", 2), (stored.Name, stored.Subject, stored.Version));
        Assert.Equal(1, await world.ScalarAsync<int>("SELECT duty_supervisor FROM professional WHERE id = @id", new { id }));
        Assert.Equal("person-subject-taken", (await save.AddAsync(administrator, form, null)).Refusal?.Code);
        Assert.Equal("stale", (await save.ChangeAsync(administrator, id, form, null)).Refusal?.Code);
        Assert.Equal("person-on-duty", (await save.ChangeAsync(administrator, id, form with { Version = 2, Roles = ["specialist"] }, null)).Refusal?.Code);
        Assert.Equal("team-without-supervisor", (await save.ChangeAsync(administrator, id, form with { Version = 2, Leads = [] }, null)).Refusal?.Code);
        Assert.True((await save.ChangeAsync(administrator, id, form with { Version = 2, Roles = ["supervisor", "specialist"] }, null)).IsOk);
        Assert.Equal(["specialist", "supervisor"], (await StoredAsync(world, id)).Roles);
        Assert.Equal("specialist, supervisor", await world.ScalarAsync<string>("SELECT became FROM professional_change WHERE professional_id = @id AND field = 'roles' AND was IS NOT NULL", new { id }));
    }

    [Theory]
    [InlineData("Jan 111222333", "jan", "gm0518-team", "specialist", "text-has-bsn")]
    [InlineData("Jan", "111222333", "gm0518-team", "specialist", "text-has-bsn")]
    [InlineData(" ", "jan", "gm0518-team", "specialist", "person-name-missing")]
    [InlineData("Jan", "jan", "gm0599-team", "specialist", "team-unknown")]
    [InlineData("Jan", "jan", "gm0518-team", "national_administrator", "role-unknown")]
    public async Task What_does_not_fit_is_refused(string name, string subject, string team, string role, string no)
    {
        await using var world = await World.NewAsync();
        var administrator = await ADayTests.AdministratorAsync(world);
        await world.Given.Organisation("gm0599");
        Assert.Equal(no, (await world.The<SavePerson>().AddAsync(administrator, new PersonForm(0, name, subject, team, [role], [], [], []), null)).Refusal?.Code);
        Assert.Equal(1, await world.ScalarAsync<int>("SELECT COUNT(*) FROM professional"));
    }

    [Fact]
    public async Task Another_organisations_people_do_not_exist_and_the_last_administrator_stays()
    {
        await using var world = await World.NewAsync();
        var administrator = await ADayTests.AdministratorAsync(world);
        var other = await world.Given.FrontOffice("gm0599");
        var form = new PersonForm(1, "Ander", null, "gm0518-team", ["line_manager"], [], [], []);
        Assert.Equal("professional-unknown", (await world.The<SavePerson>().ChangeAsync(administrator, other.Id, form, null)).Refusal?.Code);
        Assert.Equal("last-administrator", (await world.The<SavePerson>().ChangeAsync(administrator, administrator.Id, form, null)).Refusal?.Code);
        await world.Given.Supervisor("gm0518");
        Assert.Equal("last-administrator", (await world.The<Features.People.Deactivate>().RunAsync(administrator, administrator.Id, null)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_rule_shows_who_it_changes_before_it_is_saved_and_never_locks_out_who_saves_it(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var administrator = await ADayTests.AdministratorAsync(world);
        var desk = await world.Given.FrontOffice("gm0518", name: "Iris");
        await world.Given.FrontOffice("gm0518", name: "Nooit aangemeld");
        foreach (var (person, group) in new[] { (administrator, "beheer"), (desk, "lijn") })
        {
            await world.ExecuteAsync("INSERT INTO professional_claim (professional_id, claim, value) VALUES (@Id, 'groups', @group)", new { person.Id, group });
        }

        var rules = world.The<RoleRuleChanges>();
        var specialist = new RuleChange(new RuleForm("groups", "lijn", "specialist", null), null);
        Assert.Equal("rule-locks-you-out", (await rules.RunAsync(administrator, specialist, null)).Refusal?.Code);
        Assert.True((await rules.RunAsync(administrator, new RuleChange(new RuleForm("groups", "beheer", "organisation_administrator", null), null), null)).IsOk);

        var preview = (await rules.PreviewAsync(administrator, specialist))!;
        Assert.Null(preview.Refusal);
        Assert.Equal(1, preview.Unknown);
        var iris = preview.People.Single(p => p.Name == "Iris");
        Assert.Equal(("front_office", "specialist"), (string.Join(',', iris.Was), string.Join(',', iris.Became)));
        Assert.Equal(1, await world.ScalarAsync<int>("SELECT COUNT(*) FROM role_rule"));
        Assert.True((await rules.RunAsync(administrator, specialist, null)).IsOk);
        Assert.Equal("rule-twice", (await rules.RunAsync(administrator, specialist, null)).Refusal?.Code);
        var own = await world.ScalarAsync<long>("SELECT id FROM role_rule WHERE value = 'beheer'");
        Assert.Equal("rule-locks-you-out", (await rules.RunAsync(administrator, new RuleChange(null, own), null)).Refusal?.Code);
        var stranger = await world.Given.Person("gm0599");
        Assert.Equal("rule-unknown", (await rules.RunAsync(stranger, new RuleChange(null, own), null)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task At_midnight_in_Amsterdam_the_duty_goes_to_who_is_on_the_rota_and_a_date_goes_first(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var administrator = await ADayTests.AdministratorAsync(world);
        var (first, second) = (await world.Given.Supervisor("gm0518"), await world.Given.Supervisor("gm0518", onDuty: false));
        var today = AmsterdamTime.DateOf(world.Clock.UtcNow);
        string Name(int days) => today.AddDays(days).DayOfWeek.ToString()[..3].ToLowerInvariant();
        var duty = world.The<Duty>();

        Assert.Equal("duty-supervisor", (await duty.SaveAsync(administrator, [new DutyRow("mon", administrator.Id)], null, null)).Refusal?.Code);
        Assert.Equal("duty-day", (await duty.SaveAsync(administrator, [new DutyRow($"{today.AddDays(-1):yyyy-MM-dd}", first.Id)], null, null)).Refusal?.Code);
        Assert.True((await duty.SaveAsync(administrator, [new DutyRow(Name(0), second.Id), new DutyRow(Name(1), second.Id), new DutyRow($"{today.AddDays(1):yyyy-MM-dd}", first.Id)], null, null)).IsOk);
        Assert.Equal(second.Id, await OnDutyAsync(world));

        world.Clock.Jump(AmsterdamTime.StartOfDay(today.AddDays(1)).AddSeconds(-1));
        await duty.RunAsync(default);
        Assert.Equal(second.Id, await OnDutyAsync(world));
        world.Clock.Jump(AmsterdamTime.StartOfDay(today.AddDays(1)));
        await duty.RunAsync(default);
        Assert.Equal(first.Id, await OnDutyAsync(world));
        world.Clock.Jump(AmsterdamTime.StartOfDay(today.AddDays(3)));
        await duty.RunAsync(default);
        Assert.Equal(first.Id, await OnDutyAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_who_change_the_duty_at_once_keep_each_others_days_and_the_same_day_is_told(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var administrator = await ADayTests.AdministratorAsync(world);
        var (first, second) = (await world.Given.Supervisor("gm0518"), await world.Given.Supervisor("gm0518", onDuty: false));
        var duty = world.The<Duty>();
        var soon = $"{AmsterdamTime.DateOf(world.Clock.UtcNow).AddDays(1):yyyy-MM-dd}";
        DutyRow[] seen = [new("mon", first.Id), new("wed", first.Id), new(soon, first.Id)];
        Assert.True((await duty.SaveAsync(administrator, seen, null, null)).IsOk);
        async Task<string> DaysAsync() => string.Join(' ', (await world.QueryAsync<string>("SELECT CONCAT(day, CASE WHEN professional_id = @Id THEN ':first' ELSE ':second' END) FROM organisation_duty ORDER BY day", new { first.Id })));

        // One gives Monday away, the other, who saw the same page, names Tuesday and takes Wednesday out.
        Assert.True((await duty.SaveAsync(administrator, [new("mon", second.Id), seen[1], seen[2]], seen, null)).IsOk);
        Assert.True((await duty.SaveAsync(administrator, [seen[0], new("tue", second.Id), seen[2]], seen, null)).IsOk);
        Assert.Equal($"{soon}:first mon:second tue:second", await DaysAsync());

        var both = (await duty.SaveAsync(administrator, [seen[1], seen[2]], seen, null)).Refusal!;
        Assert.Equal(("duty-changed", "mon"), (both.Code, Assert.Single(both.Args)));
        // Both wanted the same: nobody is in the way.
        Assert.True((await duty.SaveAsync(administrator, [new("mon", second.Id), seen[1], seen[2]], seen, null)).IsOk);
        Assert.Equal($"{soon}:first mon:second tue:second", await DaysAsync());

        // A date that is over neither stands on the page nor in the way.
        world.Clock.Jump(world.Clock.UtcNow.AddDays(3));
        var page = (await world.AskAsync((RotaQuery rota) => rota.LoadAsync(administrator))).Duty;
        Assert.Equal(["mon", "tue"], page.Keys.Order());
        DutyRow[] now = [.. page.Select(d => new DutyRow(d.Key, d.Value))];
        Assert.True((await duty.SaveAsync(administrator, [.. now, new("fri", first.Id)], now, null)).IsOk);
        Assert.Equal("fri:first mon:second tue:second", await DaysAsync());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_line_warns_before_it_opens_short_staffed_and_an_absence_counts(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var administrator = await ADayTests.AdministratorAsync(world);
        var line = await world.Given.Line("gm0518-debts", members: 2);
        await world.Given.Set(line.Code, "hours", "mon-sun 09:00-17:00");
        var rows = line.Members.Select(m => new RotaRow(m.Id, "mon-sun 09:00-17:00")).ToList();
        Assert.Empty(await WarningsAsync(world, administrator));
        Assert.Equal("hours-unreadable", (await world.The<SaveRota>().RunAsync(administrator, line.Code, new LineRotaForm(2, [new RotaRow(line.Members[0].Id, "altijd")]), null)).Refusal?.Code);
        Assert.Equal(3, (await world.The<SaveRota>().RunAsync(administrator, line.Code, new LineRotaForm(2, rows), null)).Value.Changes);
        Assert.Empty(await WarningsAsync(world, administrator));

        var tomorrow = AmsterdamTime.DateOf(world.Clock.UtcNow).AddDays(1);
        await world.Given.Supervisor("gm0518");
        Assert.True((await world.The<Absences>().SetAsync(line.Members[0], line.Members[0].Id, new AbsenceForm(tomorrow, tomorrow, null), null)).IsOk);
        var warning = Assert.Single(await WarningsAsync(world, administrator));
        Assert.Equal((1, AmsterdamTime.ToUtc(tomorrow, new TimeOnly(9, 0))), (warning.People, warning.From));
        // The rota warns and never excludes: who is there rings, whatever it says.
        Assert.Equal(0, (await world.The<SaveRota>().RunAsync(administrator, "gm0518-debts", new LineRotaForm(2, []), null)).Value.Changes);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_line_manager_with_a_page_open_hears_of_a_shortage_when_it_comes_within_a_day_and_when_it_is_over(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var administrator = await ADayTests.AdministratorAsync(world);
        var line = await world.Given.Line("gm0518-debts", members: 1);
        var manager = await world.Given.Person("gm0518");
        await world.ExecuteAsync("UPDATE professional SET line_manager = 1 WHERE id = @Id", new { manager.Id });
        await world.Given.Supervisor("gm0518");
        await world.Given.Set(line.Code, "hours", "mon-sun 09:00-17:00");
        var rota = new LineRotaForm(1, [new RotaRow(line.Members[0].Id, "mon-sun 09:00-17:00")]);
        Assert.True((await world.The<SaveRota>().RunAsync(administrator, line.Code, rota, null)).IsOk);
        var node = new WarnShort(world.Db, world.The<Connections>(), world.The<DutchCalendar>(), null!, world.Clock, NullLogger<WarnShort>.Instance);
        Task<IReadOnlyList<long>> LookAsync() => node.ChangedAsync([manager.Id, line.Members[0].Id]);
        Assert.Empty(await LookAsync());

        var day = AmsterdamTime.DateOf(world.Clock.UtcNow).AddDays(3);
        Assert.True((await world.The<Absences>().SetAsync(line.Members[0], line.Members[0].Id, new AbsenceForm(day, day, null), null)).IsOk);
        Assert.Empty(await LookAsync());
        Assert.Empty(await world.AskAsync((RotaQuery q) => q.SoonAsync(manager)));
        world.Clock.Jump(AmsterdamTime.ToUtc(day, new TimeOnly(9, 0)) - WarnShort.Ahead + TimeSpan.FromSeconds(1));
        Assert.Equal([manager.Id], await LookAsync());
        Assert.Empty(await LookAsync());
        Assert.Single(await world.AskAsync((RotaQuery q) => q.SoonAsync(manager)));
        world.Clock.Jump(AmsterdamTime.ToUtc(day, new TimeOnly(17, 0)));
        Assert.Equal([manager.Id], await LookAsync());
    }

    private static Task<IReadOnlyList<ShortWarning>> WarningsAsync(World world, Actor actor) => world.AskAsync((RotaQuery rota) => rota.WarningsAsync(actor));

    private static async Task<StoredPerson> StoredAsync(World world, long id) => (await world.Db.ReadAsync(r => StoredPerson.LoadAsync(r, "gm0518", id)))!;

    private static async Task<long?> OnDutyAsync(World world) => (await world.Db.WriteAsync<Holder>(unit => new Holder(Reachable.DutySupervisor(unit, "gm0518")))).Value.Id;

    private sealed record Holder(long? Id);
}
