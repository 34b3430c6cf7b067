using Loket.Web.Tests.Hub;
using Loket.Web.Tests.Server;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Joining;

/// <summary>The administrator lets somebody go in the middle of a live handoff, on the real server.</summary>
[Collection(ServerCollection.Name)]
public sealed class LeaveTests(ServerFixture server, ITestOutputHelper output)
{
    private const long Desk = 1102;
    private const long Administrator = 3002;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Who_leaves_in_a_live_talk_is_cut_within_five_seconds_and_the_talk_goes_on_with_another()
    {
        await server.ExecuteAsync($"UPDATE professional SET organisation_administrator = 1 WHERE id = {Administrator}");
        var members = await server.CountAsync("SELECT MIN(professional_id) FROM line_member WHERE line_code = 'gm0356-debts' AND tier = 1");
        var second = await server.CountAsync($"SELECT MIN(professional_id) FROM line_member WHERE line_code = 'gm0356-debts' AND tier = 1 AND professional_id > {members}");
        using var desk = await server.AsAsync(Desk);
        using var leaver = await server.AsAsync(members);
        using var other = await server.AsAsync(second);
        using var administrator = await server.AsAsync(Administrator);
        await using var socket = await LiveClient.EnterAsync(server.Server.Address, leaver);
        await using var stays = await LiveClient.EnterAsync(server.Server.Address, other);
        await leaver.BecomeFreeAsync();
        var caseId = await desk.OpenCaseAsync("debts", "gm0356");
        var talk = await desk.AskAsync(caseId);
        await leaver.AcceptAsync();
        (await desk.PostAsync($"/api/v1/cases/{caseId}/ownership", new { to = leaver.Id })).Ok();
        var asked = await server.CountAsync("SELECT MAX(id) FROM ownership_request");
        (await leaver.PostAsync($"/api/v1/ownership/{asked}/accept")).Ok();
        await other.BecomeFreeAsync();

        var since = TimeProvider.System.GetTimestamp();
        Assert.Equal(303, (await administrator.FormAsync($"/people/{leaver.Id}/leave", new Dictionary<string, string> { ["key"] = Guid.NewGuid().ToString("N") })).Status);
        Assert.Equal(401, (await leaver.GetAsync("/api/v1/me/line")).Status);
        await Until.TrueAsync(() => !socket.IsOpen, "the end of the connection");
        var took = TimeProvider.System.GetElapsedTime(since);
        Assert.True(took < Bound, $"{took}");
        Assert.True(stays.IsOpen);

        await other.AcceptAsync();
        var goesOn = TimeProvider.System.GetElapsedTime(since);
        Assert.Equal(second, await server.CountAsync($"SELECT specialist_id FROM handoff WHERE id = {talk} AND state IN ('accepted', 'connected')"));
        Assert.Equal(0, await server.CountAsync("SELECT COUNT(*) FROM case_file c JOIN professional p ON p.id = c.owner_id WHERE c.state = 'open' AND p.active = 0"));
        Assert.Equal(0, await server.CountAsync("SELECT COUNT(*) FROM deadline d JOIN professional p ON p.id = d.professional_id WHERE d.state = 'running' AND p.active = 0"));
        Assert.Equal(1, await server.CountAsync($"SELECT COUNT(*) FROM case_file c JOIN professional p ON p.id = c.owner_id WHERE c.id = {caseId} AND p.active = 1 AND p.supervisor = 1"));
        output.WriteLine($"Left in a live talk: connection cut after {took.TotalSeconds:0.0} s, talk accepted by another after {goesOn.TotalSeconds:0.0} s, nothing at who left");
    }
}
