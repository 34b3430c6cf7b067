using System.Text;
using Loket.Domain;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Documents;
using Loket.Web.Features.Drafts;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Retention;
using Loket.Web.Journal;
using Loket.Web.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Retention;

/// <summary>
/// After destruction nothing is left of a case: not in a column, not in any file of the database, its log or the index, and not
/// in an older backup that is put back. A word that can be found again stood in every place first; the journal verifies.
/// </summary>
public sealed class NothingLeftTests(ITestOutputHelper output)
{
    private const string Mark = "Merkwaarde";

    [Theory, OnSqlite, OnSqlServer]
    public async Task No_column_holds_anything_of_a_destroyed_case_and_the_journal_verifies(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        await PlantAsync(world);
        // Each place really held something, and nothing else does.
        Assert.All(Places(), place => Assert.True(HoldsAsync(world, place).GetAwaiter().GetResult(), $"{place} was not planted"));

        await DestroyAsync(world);

        Assert.All(Places(), place => Assert.False(HoldsAsync(world, place).GetAwaiter().GetResult(), place));
        Assert.All(
            CitizenColumns.NotAboutCitizens.Concat(CitizenColumns.ShortLived),
            place => Assert.False(HoldsAsync(world, place).GetAwaiter().GetResult(), place));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM document_piece"));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM party WHERE number_sealed IS NOT NULL OR number_index IS NOT NULL OR number_tail IS NOT NULL"));
        Assert.Empty((await world.The<VerifyJournal>().RunAsync()).Faults);
    }

    [Fact]
    public async Task No_file_holds_anything_of_it_either_nor_a_backup_that_is_put_back()
    {
        await using var world = await World.NewAsync();
        await PlantAsync(world);
        var secrets = (await world.QueryAsync<string>("SELECT number_sealed FROM party WHERE number_sealed IS NOT NULL UNION SELECT number_index FROM party WHERE number_index IS NOT NULL UNION SELECT salt FROM personal_value WHERE salt IS NOT NULL"))
            .Append(Mark).ToList();
        using var elsewhere = new TempFolder();
        var backup = elsewhere.In("backup.db");
        Backup(world.DatabaseFile, backup);
        Assert.Equal(secrets.Count, Found(elsewhere.Path, secrets).Count);
        await DestroyAsync(world);

        Assert.Empty(Found(world.Folder, secrets));
        var journal = await world.The<VerifyJournal>().RunAsync();
        Assert.Empty(journal.Faults);

        await world.RestartAsync(() =>
        {
            SqliteConnection.ClearAllPools();
            File.Delete(world.DatabaseFile + "-wal");
            File.Delete(world.DatabaseFile + "-shm");
            File.Copy(backup, world.DatabaseFile, overwrite: true);
        });
        Assert.NotEmpty(Found(world.Folder, secrets));
        Assert.Equal(1, await world.The<DestroyCases>().ReplayAsync());

        Assert.Empty(Found(world.Folder, secrets));
        Assert.Empty((await world.The<VerifyJournal>().RunAsync()).Faults);
        Assert.Equal(0, await world.The<DestroyCases>().ReplayAsync());
        output.WriteLine($"{secrets.Count} values and {Places().Count()} places: in no file after destruction, in none after a backup was put back; {journal.Entries} entries verify");
    }

    private static IEnumerable<string> Places() =>
        CitizenColumns.OfCase.SelectMany(k => k.Columns.Select(c => $"{k.Table}.{c}"))
            .Except(["document_piece.bytes", "personal_value.salt", "party.number_sealed", "party.number_index", "party.number_tail"]);

    private static async Task<bool> HoldsAsync(World world, string place) =>
        await world.ScalarAsync<long>($"SELECT COUNT(*) FROM {place[..place.IndexOf('.')]} WHERE {place[(place.IndexOf('.') + 1)..]} LIKE '%{Short}%'") > 0;

    // Fits the shortest column.
    private const string Short = "Merkwa";

    private static async Task DestroyAsync(World world)
    {
        world.Clock.Advance(TimeSpan.FromDays((365 * 7) + 4));
        await world.The<ForgetOldDrafts>().RunAsync(default);
        await world.The<ProposeDestruction>().RunAsync(default);
        var id = await world.ScalarAsync<long>("SELECT MAX(id) FROM destruction");
        foreach (var team in (string[])["gm0344-one", "gm0344-two"])
        {
            Assert.Null((await world.The<ApproveDestruction>().RunAsync(await world.Given.Supervisor("gm0344", team), id, null)).Refusal);
        }

        await world.The<DestroyCases>().RunAsync(default);
    }

    private static async Task PlantAsync(World world)
    {
        var line = await world.Given.Line("gm0518-debts", members: 1);
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk, question: $"{Mark} vraag", name: $"{Mark} Wilma", bsn: World.Wilma.Bsn);
        Assert.Null((await world.The<Facts>().AddAsync(desk, caseId, new FactForm($"{Mark} soort", $"{Mark} waarde", "citizen"), "k1")).Refusal);
        var handoff = await world.Given.AcceptedHandoff(desk, caseId, line.Members[0], "consult");
        Assert.Null((await world.The<Conversation>().SendAsync(desk, handoff, $"{Mark} bericht", "k2")).Refusal);
        Assert.Null((await world.The<KeepDocuments>().RunAsync(desk, caseId, null, [new SentFile($"{Mark}.txt", Encoding.UTF8.GetBytes(Mark))], null)).Refusal);
        await world.AskAsync<DraftStore, Outcome<DateTime>>(drafts => drafts.SaveAsync(desk, $"case-{caseId}", new Dictionary<string, string> { ["question"] = $"{Mark} getypt" }));
        foreach (var statement in Planted)
        {
            Assert.True(await world.ExecuteAsync(statement, new { caseId, handoff, desk = desk.Id, other = line.Members[0].Id, now = world.Clock.UtcNow, m = Mark, s = Short }) > 0, statement);
        }

        await world.ExecuteAsync("UPDATE case_file SET state = 'closed', closed_at = @now WHERE id = @caseId", new { caseId, now = world.Clock.UtcNow });
    }

    // A row of its own in every table that has something to lose, past the use cases; ids of their own.
    private static readonly string[] Planted =
    [
        "UPDATE case_file SET title = @m, question = @m WHERE id = @caseId",
        "UPDATE party SET name = @m, birth_date = @s, time_zone = @m, channel = @s, register_state = @s WHERE id = (SELECT party_id FROM case_file WHERE id = @caseId)",
        "UPDATE fact SET source = @m, label = @m WHERE case_id = @caseId",
        "INSERT INTO fact_correction (id, fact_id, case_id, was_id, was_source, was_recorded_by, was_recorded_at, why_id, corrected_by, corrected_at) SELECT 1, MIN(id), @caseId, MIN(personal_id), @m, @desk, @now, MIN(personal_id), @desk, @now FROM fact WHERE case_id = @caseId",
        "UPDATE handoff SET line_question = @m WHERE id = @handoff",
        "UPDATE offer SET decline_text = @m WHERE handoff_id = @handoff",
        "INSERT INTO ownership_request (id, case_id, from_id, to_id, asked_by, asked_at, due_at, state, reason, version) VALUES (1, @caseId, @desk, @other, @desk, @now, @now, 'refused', @m, 1)",
        "INSERT INTO promise (id, case_id, personal_id, professional_id, organisation_code, made_by, made_at, due_at, state, end_reason, version) SELECT 1, @caseId, MIN(id), @desk, 'gm0344', @desk, @now, @now, 'withdrawn', @m, 1 FROM personal_value WHERE case_id = @caseId",
        "INSERT INTO chain_step (id, case_id, position, title, organisation_code, professional_id, state, due_at, added_by, added_at, end_reason, version) VALUES (1, @caseId, 1, @m, 'gm0344', @desk, 'cancelled', @now, @desk, @now, @m, 1)",
        "INSERT INTO step_request (id, step_id, case_id, to_id, asked_by, asked_at, due_at, state, reason, version) VALUES (1, 1, @caseId, @other, @desk, @now, @now, 'refused', @m, 1)",
        "INSERT INTO partner (id, kind, name, sort_name) VALUES (77, 'bank', 'Bank', 'bank')",
        "INSERT INTO partner_channel (id, partner_id, kind, address, checked_on, checked_by) VALUES (77, 77, 'post', 'Postbus 1', '2026-01-01', 'Iemand')",
        "INSERT INTO partner_link (id, step_id, case_id, channel_id, token_hash, code_hash, question_id, sent_by, sent_at, expires_at, state, version) SELECT 1, 1, @caseId, 77, @m, @m, MIN(id), @desk, @now, @now, 'answered', 1 FROM personal_value WHERE case_id = @caseId",
        "INSERT INTO outgoing_message (id, case_id, kind, address, body, queued_at, organisation_code) VALUES (1, @caseId, 'post', @m, @m, @now, 'gm0344')",
        "INSERT INTO bottleneck (id, organisation_code, kind, line_code, topic_code, text, state, answer, signals, first_at, last_at, version) VALUES (1, 'gm0344', 'remark', '', 'debts', @m, 'closed', @m, 1, @now, @now, 1)",
        "INSERT INTO bottleneck_signal (id, bottleneck_id, case_id, raised_by, at) VALUES (1, 1, @caseId, @desk, @now)",
        "INSERT INTO broken_glass (id, case_id, professional_id, organisation_code, supervisor_id, reason, at, until, remark, version) VALUES (1, @caseId, @other, 'gm0518', @desk, @m, @now, @now, @m, 1)",
        "INSERT INTO access_log (node, day, n, began_at, at, case_id, what, how, why, reason, reason_salt, reason_digest, trace_id, span_id, hash) VALUES (9, '2026-01-01', 1, @now, @now, @caseId, 'desk', 'opened', 'broken_glass', @m, @m, 'd', 't', 's', 'h')",
        "INSERT INTO legal_hold (id, case_id, organisation_code, reason, placed_by, placed_at, lifted_by, lifted_at, version) VALUES (1, @caseId, 'gm0344', @m, @desk, @now, @desk, @now, 1)",
        "INSERT INTO voice_signal (id, handoff_id, from_peer, professional_id, kind, data, at) VALUES (1, @handoff, 'a', @desk, 'here', @m, @now)",
        "INSERT INTO proactive_person (id, organisation_code, rule_id, rule_version, person_key, party_id, case_id, day, found_at, destroy_on, state, version) SELECT 1, 'gm0344', 'r', 1, @m, party_id, id, '2026-01-01', @now, '2099-01-01', 'found', 1 FROM case_file WHERE id = @caseId",
    ];

    private static void Backup(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from}");
        using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    /// <summary>Which of the words stand in the bytes of any file below the folder.</summary>
    private static List<string> Found(string folder, IReadOnlyList<string> words)
    {
        var files = System.IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(Read).ToList();
        return [.. words.Where(word => files.Exists(bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0))];
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
