using Loket.Domain.Mergers;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Documents;
using Loket.Web.Features.Mergers;
using Loket.Web.Features.Operations;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Retention;
using Loket.Web.Jobs;
using Loket.Web.Security;
using Loket.Web.Tests.Documents;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Jobs;

/// <summary>One row that fails does not stop the others of its sweep; it waits, longer each time, where an operator sees it.</summary>
public sealed class SetAsideTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_document_that_cannot_be_opened_is_set_aside_the_others_are_scanned_and_it_comes_back_when_it_can(TestEngine engine)
    {
        await using var http = new FakeScanner();
        await using var world = await World.NewAsync(engine, ("Documents:Scanner", http.Address));
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk);
        for (var i = 0; i < 12; i++)
        {
            Assert.True((await world.The<KeepDocuments>().RunAsync(desk, caseId, "income", [new SentFile("loon.pdf", Files.Pdf($"Loon {i}"))], null)).IsOk);
            world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        // The first ten, a whole batch, cannot be opened: their key is not there.
        var bad = (await world.QueryAsync<long>("SELECT id FROM document ORDER BY id")).Take(10).ToList();
        var pieces = await world.QueryAsync<byte[]>("SELECT bytes FROM document_piece WHERE document_id IN @bad ORDER BY document_id", new { bad });
        await world.ExecuteAsync("UPDATE document_piece SET bytes = @none WHERE document_id IN @bad", new { none = new byte[40], bad });
        Task<int> CountAsync(string state) => world.ScalarAsync<int>("SELECT COUNT(*) FROM document WHERE state = @state", new { state });
        await world.The<ScanDocuments>().RunAsync(default);
        await world.The<ScanDocuments>().RunAsync(default);
        Assert.Equal((2, 10), (await CountAsync("clean"), await CountAsync("waiting")));
        Assert.Equal(10, (await world.The<QueueFigures>().CountAsync()).SetAside);
        var shown = Assert.Single(await world.The<SetAside>().LoadAsync());
        Assert.Equal(("scan", 10, "CryptographicException"), (shown.Job, shown.Count, shown.Fault));
        Assert.Equal(world.Clock.UtcNow + TimeSpan.FromSeconds(5), shown.NextAt);

        // It waits longer each time; what can be opened again is done, and what went away is forgotten.
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        await world.The<ScanDocuments>().RunAsync(default);
        Assert.Equal(world.Clock.UtcNow + TimeSpan.FromSeconds(10), await world.ScalarAsync<DateTime>("SELECT MIN(next_at) FROM set_aside"));
        await world.ExecuteAsync("UPDATE document_piece SET bytes = @bytes WHERE document_id = @id", new { bytes = pieces[0], id = bad[0] });
        await world.ExecuteAsync("UPDATE document SET state = 'refused' WHERE id IN @rest", new { rest = bad.Skip(1) });
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        await world.The<ScanDocuments>().RunAsync(default);
        Assert.Equal((3, 0), (await CountAsync("clean"), (await world.The<QueueFigures>().CountAsync()).SetAside));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_number_and_a_document_that_cannot_be_opened_do_not_keep_the_others_under_the_old_key(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk, bsn: "999990019");
        await world.Given.Case(desk, bsn: "999993112");
        await world.ExecuteAsync("UPDATE party SET number_sealed = '1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' WHERE id = (SELECT MIN(id) FROM party)");
        foreach (var file in (string[])["een", "twee"])
        {
            Assert.True((await world.The<KeepDocuments>().RunAsync(desk, caseId, "income", [new SentFile("loon.pdf", Files.Pdf(file))], null)).IsOk);
        }

        await world.ExecuteAsync("UPDATE document_piece SET bytes = @none WHERE document_id = (SELECT MIN(id) FROM document)", new { none = new byte[40] });
        KeyFile.AddVersion(Path.Combine(world.Folder, "keys", "keys.json"), world.Clock.UtcNow);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.The<RenewNumbers>().RunAsync(default);
        await world.The<RenewDocuments>().RunAsync(default);

        Assert.Equal([1, 2], await world.QueryAsync<int>("SELECT number_key FROM party ORDER BY id"));
        Assert.Equal([1, 2], await world.QueryAsync<int>("SELECT key_version FROM document ORDER BY id"));
        Assert.Equal(["renew-document", "renew-number"], await world.QueryAsync<string>("SELECT job FROM set_aside ORDER BY job"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_authority_that_cannot_be_read_does_not_keep_another_from_being_held(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        await world.Given.Supervisor("gm0344");
        var cases = new[] { await world.Given.Case(desk), await world.Given.Case(desk) };
        foreach (var caseId in cases)
        {
            var form = new AuthorityForm("mandate", "Anna Helpt", "030 1234567", "signed_mandate", Until: new DateOnly(2026, 2, 11));
            Assert.Null((await world.The<Authorities>().RecordAsync(desk, caseId, form, null)).Refusal);
        }

        await world.ExecuteAsync("UPDATE representation SET acts = 'onzin' WHERE case_id = @id", new { id = cases[0] });
        world.Clock.Jump(new DateTime(2026, 2, 12, 9, 0, 0, DateTimeKind.Utc));
        await world.The<HoldLapsed>().RunAsync(default);
        Assert.Equal([cases[1]], await world.QueryAsync<long>("SELECT case_id FROM representation WHERE held_at IS NOT NULL"));
        Assert.Equal([("hold", cases[0])], (await world.QueryAsync<AsideRow>("SELECT job, subject_id FROM set_aside")).Select(x => (x.Job, x.SubjectId)));
    }

    [Fact]
    public async Task A_merger_that_fails_does_not_keep_the_next_one()
    {
        await using var world = await World.NewAsync();
        world.Clock.Jump(new DateTime(2022, 12, 1, 9, 0, 0, DateTimeKind.Utc));
        var national = await world.Given.Person("rijk1");
        foreach (var (old, next) in new[] { ("gm0501", "gm1992"), ("gm0530", "gm1991") })
        {
            await world.Given.Municipality(old, old);
            await world.Given.Municipality(next, next);
            await world.Given.Supervisor(next);
            var form = new MergerForm($"{old} gaat op", new DateOnly(2023, 1, 1), [new EndingBody(old, next)], [], []);
            var id = Given.Id((await world.The<SaveMerger>().RunAsync(national, null, form, null)).Value.MergerId);
            Assert.Null((await world.The<DecideMerger>().ConfirmAsync(national, id, null)).Refusal);
        }

        await world.ExecuteAsync("CREATE TRIGGER bad BEFORE UPDATE ON merger WHEN NEW.state = 'applied' AND NEW.name LIKE 'gm0501%' BEGIN SELECT RAISE(ABORT, 'bad'); END");
        world.Clock.Jump(new DateTime(2023, 1, 1, 9, 0, 0, DateTimeKind.Utc));
        await world.The<ApplyMergers>().RunAsync(default);
        Assert.Equal(["confirmed", "applied"], await world.QueryAsync<string>("SELECT state FROM merger ORDER BY id"));
        Assert.Equal(["merge"], await world.QueryAsync<string>("SELECT job FROM set_aside"));
    }

    [Fact]
    public async Task A_case_that_cannot_be_destroyed_does_not_keep_the_next_one()
    {
        await using var world = await World.NewAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        var leads = new[] { await world.Given.Supervisor("gm0344"), await world.Given.Supervisor("gm0344", team: "gm0344-other") };
        var cases = new[] { await world.Given.Case(desk), await world.Given.Case(desk) };
        foreach (var caseId in cases)
        {
            Assert.Null((await world.The<CloseCase>().CloseAsync(desk, caseId, null)).Refusal);
        }

        world.Clock.Advance(TimeSpan.FromDays((365 * 7) + 4));
        await world.The<ProposeDestruction>().RunAsync(default);
        foreach (var id in await world.QueryAsync<long>("SELECT id FROM destruction"))
        {
            Assert.Null((await world.The<ApproveDestruction>().RunAsync(leads[0], id, null)).Refusal);
            Assert.Null((await world.The<ApproveDestruction>().RunAsync(leads[1], id, null)).Refusal);
        }

        var bad = await world.ScalarAsync<long>("SELECT case_id FROM destruction ORDER BY id");
        await world.ExecuteAsync($"CREATE TRIGGER bad BEFORE UPDATE ON case_file WHEN NEW.destroyed_at IS NOT NULL AND NEW.id = {bad} BEGIN SELECT RAISE(ABORT, 'bad'); END");
        await world.The<DestroyCases>().RunAsync(default);
        Assert.Equal(cases.Except([bad]), await world.QueryAsync<long>("SELECT case_id FROM destruction WHERE erased_at IS NOT NULL"));
        Assert.Equal(["destroy"], await world.QueryAsync<string>("SELECT job FROM set_aside"));

        await world.ExecuteAsync("DROP TRIGGER bad");
        await world.The<DestroyCases>().RunAsync(default);
        Assert.Equal(1, (await world.The<QueueFigures>().CountAsync()).SetAside);
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        await world.The<DestroyCases>().RunAsync(default);
        Assert.Equal((2, 0), (await world.ScalarAsync<int>("SELECT COUNT(*) FROM destruction WHERE state = 'destroyed'"), (await world.The<QueueFigures>().CountAsync()).SetAside));
    }

    private sealed class AsideRow
    {
        public string Job { get; init; } = "";

        public long SubjectId { get; init; }
    }
}
