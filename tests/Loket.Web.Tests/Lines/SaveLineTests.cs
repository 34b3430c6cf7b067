using Loket.Web.Features.Lines;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Lines;

/// <summary>A line manager changes a line: it is journaled, and it works at once.</summary>
public sealed class SaveLineTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Everything_of_a_line_is_saved_and_each_field_that_changed_is_in_its_journal(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 2);
        await scene.Given.Line("gm0518-general");
        await scene.Given.Municipality("gm0356");
        var manager = await ManagerAsync(scene);
        var settings = new LineSettings(
            "Schulden en geld", "Debts and money", "+31 14 070", "top_down", [new("longest_idle", 20, true, true), new("ring_all", null, false, false)], 25, 180, 90, 2, 4, 5,
            "mon 08:30-17:00; 2026-12-24 08:30-12:00; 2026-12-28 closed", "gm0518-general", ["gm0356"]);
        LineMember[] members = [new(scene.Members[0].Id, 2, 10, 3, ["ar", "pl"], ["debts"])];

        var saved = await SaveAsync(scene, manager, new SaveLineForm(1, settings, members));

        Assert.Equal((2, 16), (saved.Value.Version, saved.Value.Changes));
        var stored = Assert.Single(await scene.World.Db.ReadAsync(r => StoredLine.LoadAsync(r, "gm0518", [Scene.Debts])));
        Assert.Equal(LineText.Of(settings), LineText.Of(stored.Settings));
        Assert.Equal(LineText.Of(members[0]), LineText.Of(Assert.Single(stored.Members)));
        var changes = await scene.World.QueryAsync<string>("SELECT field FROM line_change WHERE professional_id = @Id ORDER BY id", new { manager.Id });
        Assert.Equal([.. LineText.Fields, $"member:{scene.Members[0].Id}", $"member:{scene.Members[1].Id}"], changes);
        Assert.Equal("longest_idle 20 language topic > ring_all", await scene.World.ScalarAsync<string>("SELECT became FROM line_change WHERE field = 'tiers'"));
        Assert.Equal(0, (await SaveAsync(scene, manager, new SaveLineForm(2, settings, members))).Value.Changes);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Of_two_managers_who_saw_the_same_version_the_second_is_told(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var manager = await ManagerAsync(scene);
        var form = await FormAsync(scene);

        Assert.True((await SaveAsync(scene, manager, form with { Settings = form.Settings with { OfferSeconds = 40 } })).IsOk);
        Assert.Equal("stale", (await SaveAsync(scene, manager, form with { Settings = form.Settings with { OfferSeconds = 50 } })).Refusal?.Code);

        Assert.Equal(40, (await FormAsync(scene)).Settings.OfferSeconds);
    }

    [Fact]
    public async Task A_manager_of_another_organisation_has_no_such_line()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var stranger = await scene.Given.Person("gm0344");

        Assert.Equal("no-such-line", (await SaveAsync(scene, stranger, await FormAsync(scene))).Refusal?.Code);
    }

    [Theory]
    [InlineData("line-member-unknown", "stranger"), InlineData("line-member-unknown", "desk"), InlineData("line-member-twice", "twice")]
    [InlineData("line-overflow", "itself"), InlineData("line-overflow", "nowhere"), InlineData("line-area", "area"), InlineData("line-member-topic", "topic")]
    [InlineData("line-member-language", "language"), InlineData("tier-skills", "tiers"), InlineData("line-number", "offer"), InlineData("hours-never", "hours"), InlineData("line-phone", "phone")]
    [InlineData("text-number", "name")]
    public async Task What_cannot_be_is_refused_and_changes_nothing(string refusal, string what)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var manager = await ManagerAsync(scene);
        var other = await scene.Given.Specialist("gm0599-debts");
        var colleague = await scene.Given.FrontOffice("gm0518");
        var form = await FormAsync(scene);
        var (s, member) = (form.Settings, form.Members[0]);
        var changed = what switch
        {
            "stranger" => form with { Members = [member with { ProfessionalId = other.Id }] },
            "desk" => form with { Members = [member with { ProfessionalId = colleague.Id }] },
            "twice" => form with { Members = [member, member] },
            "itself" => form with { Settings = s with { Overflow = Scene.Debts } },
            "nowhere" => form with { Settings = s with { Overflow = "gm0518-nowhere" } },
            "area" => form with { Settings = s with { Area = ["so0719"] } },
            "topic" => form with { Members = [member with { Topics = ["magic"] }] },
            "language" => form with { Members = [member with { Languages = ["xx"] }] },
            "tiers" => form with { Settings = s with { Tiers = [new("top_down", 10, false, false), new("top_down", null, true, false)] } },
            "offer" => form with { Settings = s with { OfferSeconds = 5 } },
            "hours" => form with { Settings = s with { Hours = "2026-12-24 08:30-12:00" } },
            "name" => form with { Settings = s with { NameNl = "Lijn 111222333" } },
            _ => form with { Settings = s with { Phone = "bel maar" } },
        };

        var answer = await SaveAsync(scene, manager, changed);

        Assert.False(answer.IsOk);
        Assert.True(refusal == "text-number" || refusal == answer.Refusal!.Code, answer.Refusal!.Code);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM line_change"));
        Assert.Equal(form.Version, (await FormAsync(scene)).Version);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_rings_at_who_leaves_the_line_goes_on_to_who_stays(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 2);
        var manager = await ManagerAsync(scene);
        var handoff = await scene.RingAsync();
        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
        var form = await FormAsync(scene);

        Assert.True((await SaveAsync(scene, manager, form with { Members = [form.Members.Single(m => m.ProfessionalId == scene.Members[1].Id)] })).IsOk);

        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_is_put_on_a_line_is_offered_what_waits_there(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var manager = await ManagerAsync(scene);
        await scene.TalkAsync("consult");
        var waiting = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        Assert.Empty(await scene.RingingAtAsync(waiting));
        var extra = await scene.Given.Person("gm0518", specialist: true);
        await scene.Given.Available(extra);
        var form = await FormAsync(scene);

        Assert.True((await SaveAsync(scene, manager, form with { Members = [.. form.Members, new LineMember(extra.Id, 1, 0, 1, [], [])] })).IsOk);

        Assert.Equal([extra.Id], await scene.RingingAtAsync(waiting));
    }

    [Fact]
    public async Task More_capacity_rings_beside_a_talk_at_once_and_who_stays_keeps_the_own_switch()
    {
        await using var scene = await Scene.NewAsync(members: 2);
        var manager = await ManagerAsync(scene);
        await scene.World.ExecuteAsync("UPDATE line_member SET is_on = 0 WHERE professional_id = @Id", new { scene.Members[1].Id });
        await scene.TalkAsync("consult", scene.Members[0]);
        var waiting = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        var form = await FormAsync(scene);

        Assert.True((await SaveAsync(scene, manager, form with { Settings = form.Settings with { Capacity = 2 } })).IsOk);

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(waiting));
        Assert.Equal(0, await scene.World.ScalarAsync<int>("SELECT is_on FROM line_member WHERE professional_id = @Id", new { scene.Members[1].Id }));
    }

    internal static Task<Actor> ManagerAsync(Scene scene) => scene.Given.Person("gm0518", name: "Gijs van Loon");

    internal static async Task<SaveLineForm> FormAsync(Scene scene, string line = Scene.Debts)
    {
        var stored = (await scene.World.Db.ReadAsync(r => StoredLine.LoadAsync(r, line[..line.IndexOf('-')], [line])))[0];
        return new SaveLineForm(stored.Version, stored.Settings, stored.Members);
    }

    private static Task<Loket.Domain.Outcome<LineSaved>> SaveAsync(Scene scene, Actor actor, SaveLineForm form) => scene.World.The<SaveLine>().RunAsync(actor, Scene.Debts, form, null);
}
