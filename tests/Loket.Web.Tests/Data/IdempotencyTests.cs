using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Data;

/// <summary>The same key gives the same answer: at once, after a restart, on another node (DESIGN 4.4).</summary>
public sealed class IdempotencyTests
{
    private sealed record Answer(string Text, DateTime At, long? Number);

    private static Command Send(string? key, string body = "a", long actor = 1, string operation = "test-send") =>
        Command.Of(actor, operation, key, new { body });

    private static Task<Outcome<Answer>> CountAsync(Node node, Command command) => node.The<Db>().WriteAsync<Answer>(command, unit =>
    {
        if (unit.Execute("UPDATE counter SET value = value + 1 WHERE name = 'runs'") == 0)
        {
            unit.Execute("INSERT INTO counter (name, value) VALUES ('runs', 1)");
        }

        return new Answer($"run {unit.Scalar<long>("SELECT value FROM counter WHERE name = 'runs'")}", unit.Now, null);
    });

    private static Task<long> RunsAsync(World world) => world.ScalarAsync<long>("SELECT COALESCE(MAX(value), 0) FROM counter WHERE name = 'runs'");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_repeat_gets_the_first_answer_and_has_no_effect(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);

        var first = await CountAsync(world.Node, Send("key-1"));
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var repeat = await CountAsync(world.Node, Send(" key-1 "));

        Assert.Equal(new Answer("run 1", FakeClock.Start, null), first.Value);
        Assert.Equal(first.Value, repeat.Value);
        Assert.Equal(1, await RunsAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Without_a_key_every_request_is_a_new_one(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);

        foreach (var key in (string?[])[null, "", "  "])
        {
            await CountAsync(world.Node, Send(key));
        }

        Assert.Equal(3, await RunsAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_refusal_is_repeated_too_also_when_it_would_be_allowed_by_now(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        Task<Outcome<int>> Ask() => world.Db.WriteAsync<int>(Send("key-1"), unit =>
            unit.Scalar<long>("SELECT COUNT(*) FROM setting") == 0 ? new Refusal("too-early", "12:00", "morgen") : 1);

        var first = await Ask();
        await world.ExecuteAsync("INSERT INTO setting (name, value) VALUES ('now', 'yes')");
        var repeat = await Ask();

        Assert.Equal("too-early", first.Refusal!.Code);
        Assert.Equal("too-early", repeat.Refusal!.Code);
        Assert.Equal(["12:00", "morgen"], repeat.Refusal.Args);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_unit_that_failed_may_be_tried_again_with_its_key(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Db.WriteAsync<Answer>(Send("key-1"), _ => throw new InvalidOperationException()));

        Assert.Equal("run 1", (await CountAsync(world.Node, Send("key-1"))).Value.Text);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_same_key_with_another_body_or_for_something_else_is_refused(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        await CountAsync(world.Node, Send("key-1"));

        Assert.Equal("key-reused", (await CountAsync(world.Node, Send("key-1", body: "b"))).Refusal?.Code);
        Assert.Equal("key-reused", (await CountAsync(world.Node, Send("key-1", operation: "test-other"))).Refusal?.Code);
        Assert.Equal("run 1", (await CountAsync(world.Node, Send("key-1"))).Value.Text);
        Assert.Equal(1, await RunsAsync(world));
    }

    [Fact]
    public void A_form_with_a_field_more_that_is_empty_is_the_same_request_so_that_an_upgraded_node_knows_a_repeat()
    {
        var before = Command.Of(1, "test-send", "key-1", new { form = new { text = "a", urgent = true } });

        Assert.Equal(before, Command.Of(1, "test-send", "key-1", new { form = new { text = "a", urgent = true, channel = (string?)null, secret = false, copies = 0 } }));
        Assert.NotEqual(before, Command.Of(1, "test-send", "key-1", new { form = new { text = "a", urgent = true, channel = "letter" } }));
        Assert.NotEqual(Command.Of(1, "test-send", "key-1", new { copies = (int?)0 }), Command.Of(1, "test-send", "key-1", new { copies = (int?)null }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Somebody_elses_key_says_nothing(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        await CountAsync(world.Node, Send("key-1", actor: 1));

        Assert.Equal("run 2", (await CountAsync(world.Node, Send("key-1", actor: 2))).Value.Text);
        Assert.Equal("run 3", (await CountAsync(world.Node, Send("KEY-1", actor: 1))).Value.Text);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_key_that_does_not_fit_is_refused_and_nothing_is_done(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);

        Assert.Equal("key-too-long", (await CountAsync(world.Node, Send(new string('k', Command.LongestKey + 1)))).Refusal?.Code);
        Assert.Equal(0, await RunsAsync(world));
        Assert.True((await CountAsync(world.Node, Send(new string('k', Command.LongestKey)))).IsOk);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task After_a_restart_the_key_still_gives_the_first_answer(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var first = await CountAsync(world.Node, Send("key-1"));

        await world.RestartAsync();

        Assert.Equal(first.Value, (await CountAsync(world.Node, Send("key-1"))).Value);
        Assert.Equal(1, await RunsAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Sixteen_repeats_at_once_over_two_nodes_have_one_effect_and_one_answer(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var other = await world.AnotherNodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => CountAsync(i % 2 == 0 ? world.Node : other, Send("key-1")))));

        Assert.All(answers, a => Assert.Equal(answers[0].Value, a.Value));
        Assert.Equal(1, await RunsAsync(world));
    }
}
