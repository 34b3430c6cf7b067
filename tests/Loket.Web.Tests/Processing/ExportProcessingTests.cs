using System.Text.Json;
using Loket.Web.Access;
using Loket.Web.Processing;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Processing;

/// <summary>The processing log: the fields of the standard and no other, a line for every processing, nobody's name in it.</summary>
public sealed class ExportProcessingTests
{
    private static List<JsonElement> Lines(World world) => [.. System.IO.Directory.GetFiles(Path.Combine(world.Folder, "processing-log")).SelectMany(File.ReadAllLines).Select(l => JsonDocument.Parse(l).RootElement)];

    private static Task ExportAsync(World world) => world.The<ExportProcessing>().RunAsync(CancellationToken.None);

    private static Task ReadAsync(World world, Actor person, string what, params long[] cases) => world.The<AccessLog>().RecordAsync(
        person, new Showing(world.Clock.UtcNow, what, new string('a', 32), new string('b', 16)), [.. cases.Select(c => new ShownCase(c, Opened: true))]);

    [Theory, OnSqlite, OnSqlServer]
    public async Task Every_reading_and_every_change_is_one_line_with_exactly_the_fields_of_the_standard(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        var first = await world.Given.Case(desk, name: "Wilma van Zon", bsn: World.Wilma.Bsn);
        var second = await world.Given.Case(desk);
        await ReadAsync(world, desk, "desk", first, second);
        await ExportAsync(world);

        var lines = Lines(world);
        Assert.Equal(2 + await world.ScalarAsync<long>("SELECT COUNT(*) FROM journal"), lines.Count);
        Assert.All(lines, l => Assert.Equal(["attributes", "end_time", "name", "span_id", "start_time", "status", "trace_id"], l.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)));
        Assert.All(lines, l => Assert.Equal(
            ["dpl.core.data_subject_id", "dpl.core.data_subject_id_type", "dpl.core.processing_activity_id"],
            l.GetProperty("attributes").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)));
        Assert.All(lines, l => Assert.Matches("^[0-9a-f]{32}/[0-9a-f]{16}$", $"{l.GetProperty("trace_id")}/{l.GetProperty("span_id")}"));
        Assert.All(lines, l => Assert.True(Uri.IsWellFormedUriString(l.GetProperty("attributes").GetProperty("dpl.core.processing_activity_id").GetString(), UriKind.Absolute)));
        Assert.Equal(lines.Count, lines.Select(l => l.GetProperty("span_id").GetString()).Distinct().Count());
        var text = string.Concat(lines.Select(l => l.GetRawText()));
        Assert.All((string[])[World.Wilma.Bsn, "Wilma", desk.Name, "gm0344"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        // Its few digits may well stand in the middle of a trace or of what is sealed.
        Assert.DoesNotMatch($"[^0-9A-Za-z+/]{desk.Id}[^0-9A-Za-z+/]", text);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_data_subject_is_encrypted_and_whoever_has_the_key_finds_them(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk);
        await ReadAsync(world, desk, "desk", caseId);
        await ExportAsync(world);

        var party = await world.ScalarAsync<long>("SELECT party_id FROM case_file WHERE id = @caseId", new { caseId });
        Assert.All(Lines(world), l => Assert.Equal(
            $"{party}", world.The<KeyRing>().Open(l.GetProperty("attributes").GetProperty("dpl.core.data_subject_id").GetString()!, ExportProcessing.Context)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_was_exported_is_not_exported_again_also_after_a_restart_and_a_second_node_leaves_it(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk);
        await ReadAsync(world, desk, "desk", caseId);
        await ExportAsync(world);
        var count = Lines(world).Count;

        await ExportAsync(world);
        var other = await world.AnotherNodeAsync();
        await ReadAsync(world, desk, "cases", caseId);
        await other.The<ExportProcessing>().RunAsync(CancellationToken.None);
        Assert.Equal(count, Lines(world).Count);

        await world.RestartAsync();
        await world.ExecuteAsync("DELETE FROM node_lease WHERE node < (SELECT MAX(l.node) FROM node_lease l)");
        await ExportAsync(world);
        Assert.Equal(count + 1, Lines(world).Count);
    }
}
