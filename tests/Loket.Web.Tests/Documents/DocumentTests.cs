using System.Net;
using System.Security.Cryptography;
using Loket.Domain;
using Loket.Web.Features.Documents;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Documents;

/// <summary>Documents: kept whole or not at all, sealed, disclosed like the fact they are, and opened only when clean.</summary>
public sealed class DocumentTests
{
    private static readonly byte[] Payslip = Files.Pdf("Loon 1.400 euro");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_document_is_given_to_a_line_opened_there_and_gone_for_it_when_withdrawn(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        var document = await KeepAsync(scene, caseId, "income", ("C:\\Bureau\\Loon strook.PDF", Payslip));
        await scene.Given.AcceptedHandoff(scene.Desk, caseId, scene.Members[0]);
        Assert.Equal(("Loon strook.pdf", "application/octet-stream"), await OpenAsync(scene, scene.Desk, document) is { IsOk: true, Value: var own } ? (own.FileDownloadName, own.ContentType) : default);
        Assert.Equal(Payslip, (await OpenAsync(scene, scene.Desk, document)).Value.FileContents);

        Assert.Equal("document-unknown", (await OpenAsync(scene, scene.Members[0], document)).Refusal?.Code);
        var fact = new ShareFactForm(await scene.World.ScalarAsync<long>("SELECT fact_id FROM document"), Scene.Debts);
        Assert.True((await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, fact, null)).IsOk);
        Assert.Equal(Payslip, (await OpenAsync(scene, scene.Members[0], document)).Value.FileContents);
        Assert.True((await scene.World.The<ShareFact>().WithdrawAsync(scene.Desk, caseId, fact, null)).IsOk);
        Assert.Equal("document-unknown", (await OpenAsync(scene, scene.Members[0], document)).Refusal?.Code);
        Assert.Equal("document-unknown", (await OpenAsync(scene, await scene.Given.FrontOffice("gm0599"), document)).Refusal?.Code);
        Assert.Equal("document-unknown", (await OpenAsync(scene, scene.Desk, 1)).Refusal?.Code);
        Assert.Empty((await scene.World.The<VerifyJournal>().RunAsync()).Faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_large_document_comes_back_byte_for_byte_and_lies_sealed(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        var large = Files.Text(string.Concat(Enumerable.Repeat("Merkwaarde van de burger. ", 60_000)));
        var document = await KeepAsync(scene, caseId, null, ("groot.txt", large));
        Assert.Equal(large, (await OpenAsync(scene, scene.Desk, document)).Value.FileContents);
        var pieces = await scene.World.QueryAsync<byte[]>("SELECT bytes FROM document_piece ORDER BY n");
        Assert.Equal(6, pieces.Count);
        Assert.All(pieces, piece => Assert.True(piece.AsSpan().IndexOf("Merkwaarde"u8) < 0));
        Assert.Equal(large.Length + (6 * (4 + 12 + 16)), pieces.Sum(piece => piece.Length));

        // Two pieces that changed places, and one of another document, are found.
        await scene.World.ExecuteAsync("UPDATE document_piece SET n = n + 100 WHERE n IN (1, 2)");
        await scene.World.ExecuteAsync("UPDATE document_piece SET n = 103 - n WHERE n IN (101, 102)");
        await Assert.ThrowsAnyAsync<CryptographicException>(() => OpenAsync(scene, scene.Desk, document));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task All_files_are_kept_or_none_and_the_same_key_keeps_them_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        async Task<string?> TryAsync(string? kind, params (string, byte[])[] files) => (await SendAsync(scene, scene.Desk, caseId, kind, null, files)).Refusal?.Code;
        Assert.Equal("document-missing", await TryAsync("income"));
        Assert.Equal("document-type", await TryAsync("income", ("loon.pdf", Payslip), ("pagina.html", Files.Text("<html>"))));
        Assert.Equal("document-type", await TryAsync("income", ("loon.pdf", Payslip), ("script.js", Files.Text("alert(1)"))));
        Assert.Equal("document-not-what-it-says", await TryAsync("income", ("foto.png", Files.Jpeg)));
        Assert.Equal("document-empty", await TryAsync("income", ("leeg.txt", [])));
        Assert.Equal("document-too-large", await TryAsync("income", ("groot.txt", new byte[(20 * 1024 * 1024) + 1])));
        Assert.Equal("document-too-many", await TryAsync("income", [.. Enumerable.Repeat(("loon.pdf", Payslip), 6)]));
        Assert.Equal("text-has-bsn", await TryAsync("income", ("loon 999993112.pdf", Payslip)));
        Assert.Equal("fact-kind-unknown", await TryAsync("bsn", ("loon.pdf", Payslip)));
        Assert.Equal("fact-kind-unknown", await TryAsync("iets", ("loon.pdf", Payslip)));
        Assert.Equal("case-unknown", (await SendAsync(scene, await scene.Given.FrontOffice("gm0599"), caseId, "income", null, ("loon.pdf", Payslip))).Refusal?.Code);
        Assert.Equal("case-read-only", (await SendAsync(scene, scene.DeskSupervisor, caseId, "income", null, ("loon.pdf", Payslip))).Refusal?.Code);
        Assert.Equal((0, 0), (await CountAsync(scene, "document"), await CountAsync(scene, "document_piece")));

        var kept = await SendAsync(scene, scene.Desk, caseId, "income", "sleutel", ("loon.pdf", Payslip), ("foto.jpeg", Files.Jpeg));
        var again = await SendAsync(scene, scene.Desk, caseId, "income", "sleutel", ("loon.pdf", Payslip), ("foto.jpeg", Files.Jpeg));
        Assert.Equal(kept.Value.DocumentIds, again.Value.DocumentIds);
        Assert.Equal("key-reused", (await SendAsync(scene, scene.Desk, caseId, "income", "sleutel", ("loon.pdf", Files.Pdf("anders")))).Refusal?.Code);
        Assert.Equal((2, 2), (await CountAsync(scene, "document"), await CountAsync(scene, "document_piece")));
    }

    [Fact]
    public async Task A_unit_that_dies_in_the_middle_leaves_neither_fact_nor_file()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        await scene.World.ExecuteAsync("CREATE TRIGGER cut_off BEFORE INSERT ON document_piece WHEN NEW.n = 3 BEGIN SELECT RAISE(ABORT, 'cut off'); END");
        var before = await CountAsync(scene, "fact");
        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(scene, scene.Desk, caseId, "income", null, ("groot.txt", Files.Text(new string('a', 2_000_000)))));
        Assert.Equal((before, 0, 0), (await CountAsync(scene, "fact"), await CountAsync(scene, "document"), await CountAsync(scene, "document_piece")));
    }

    [Fact]
    public async Task After_a_change_of_keys_documents_are_sealed_anew_and_read_on_meanwhile()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var document = await KeepAsync(scene, caseId, "income", ("loon.pdf", Payslip));
        KeyFile.AddVersion(Path.Combine(scene.World.Folder, "keys", "keys.json"), scene.Clock.UtcNow);
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Payslip, (await OpenAsync(scene, scene.Desk, document)).Value.FileContents);
        var other = await scene.World.AnotherNodeAsync();
        await Task.WhenAll(scene.World.The<RenewDocuments>().RunAsync(default), other.The<RenewDocuments>().RunAsync(default));
        Assert.Equal(Payslip, (await OpenAsync(scene, scene.Desk, document)).Value.FileContents);
        Assert.Equal(2, await scene.World.ScalarAsync<int>("SELECT key_version FROM document"));
        Assert.Equal([0, 0, 0, 2], (await scene.World.ScalarAsync<byte[]>("SELECT bytes FROM document_piece"))[..4]);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_document_is_not_opened_before_the_scanner_said_clean_is_asked_again_when_it_failed_and_goes_when_not_clean(TestEngine engine)
    {
        await using var http = new FakeScanner();
        await using var world = await World.NewAsync(engine, ("Documents:Scanner", http.Address));
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk);
        async Task<long> SendAsync(string name) => Given.Id((await world.The<KeepDocuments>().RunAsync(desk, caseId, "income", [new SentFile(name, Payslip)], null)).Value.DocumentIds[0]);
        Task<Outcome<DocumentFile>> OpenAsync(long id) => world.The<DocumentQuery>().LoadAsync(desk, id);
        var document = await SendAsync("een.pdf");
        Assert.Equal("document-waiting", (await OpenAsync(document)).Refusal?.Code);

        http.Answer = HttpStatusCode.ServiceUnavailable;
        await world.The<ScanDocuments>().RunAsync(default);
        await world.The<ScanDocuments>().RunAsync(default);
        Assert.Equal((1, "document-waiting"), (http.Asked, (await OpenAsync(document)).Refusal?.Code));
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        http.Answer = HttpStatusCode.OK;
        var other = await world.AnotherNodeAsync();
        await Task.WhenAll(world.The<ScanDocuments>().RunAsync(default), other.The<ScanDocuments>().RunAsync(default));
        Assert.Equal(Payslip, (await OpenAsync(document)).Value.FileContents);
        Assert.Equal(Payslip, http.Got);

        var bad = await SendAsync("twee.pdf");
        http.Answer = HttpStatusCode.NotAcceptable;
        await world.The<ScanDocuments>().RunAsync(default);
        Assert.Equal("document-refused", (await OpenAsync(bad)).Refusal?.Code);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM document_piece WHERE document_id = @bad", new { bad }));
        Assert.Equal(["document_clean", "document_refused"], (await world.TimelineAsync(caseId)).Where(kind => kind.StartsWith("document_", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("true", "clean")]
    [InlineData("false", "refused")]
    [InlineData("sh -c exit${IFS}2", "waiting")]
    [InlineData("/no/such/command", "waiting")]
    public async Task A_command_says_by_its_end_whether_it_is_clean(string command, string state)
    {
        await using var world = await World.NewAsync(TestEngine.Sqlite, ("Documents:Scanner", command));
        var desk = await world.Given.FrontOffice("gm0344");
        Assert.True((await world.The<KeepDocuments>().RunAsync(desk, await world.Given.Case(desk), "income", [new SentFile("een.txt", Files.Text(new string('a', 300_000)))], null)).IsOk);
        await world.The<ScanDocuments>().RunAsync(default);
        Assert.Equal(state, await world.ScalarAsync<string>("SELECT state FROM document"));
    }

    private static async Task<long> KeepAsync(Scene scene, long caseId, string? kind, params (string, byte[])[] files) =>
        Given.Id((await SendAsync(scene, scene.Desk, caseId, kind, null, files)).Value.DocumentIds[0]);

    private static Task<Outcome<DocumentsKept>> SendAsync(Scene scene, Actor actor, long caseId, string? kind, string? key, params (string Name, byte[] Bytes)[] files) =>
        scene.World.The<KeepDocuments>().RunAsync(actor, caseId, kind, [.. files.Select(f => new SentFile(f.Name, f.Bytes))], key);

    private static Task<Outcome<DocumentFile>> OpenAsync(Scene scene, Actor person, long id) => scene.World.The<DocumentQuery>().LoadAsync(person, id);

    private static async Task<int> CountAsync(Scene scene, string table) => (int)await scene.World.ScalarAsync<long>($"SELECT COUNT(*) FROM {table}");
}
