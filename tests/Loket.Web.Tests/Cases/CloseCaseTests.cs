using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Cases;

/// <summary>A case ends when nothing is open any more, and can be opened again.</summary>
public sealed class CloseCaseTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task It_closes_once_and_opens_again_with_a_date(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk);

        Assert.True((await world.The<CloseCase>().CloseAsync(desk, caseId, "k")).IsOk);
        Assert.True((await world.The<CloseCase>().CloseAsync(desk, caseId, "k")).IsOk);
        Assert.Equal("case-closed", (await world.The<CloseCase>().CloseAsync(desk, caseId, null)).Refusal?.Code);
        Assert.Equal("case-closed", (await world.The<Promises>().MakeAsync(desk, caseId, new PromiseForm("Bellen", world.Clock.UtcNow.AddDays(1)), null)).Refusal?.Code);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM deadline WHERE case_id = @caseId AND state = 'running'", new { caseId }));

        Assert.True((await world.The<CloseCase>().ReopenAsync(desk, caseId, null)).IsOk);
        Assert.Equal("case-is-open", (await world.The<CloseCase>().ReopenAsync(desk, caseId, null)).Refusal?.Code);
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(*) FROM deadline WHERE case_id = @caseId AND state = 'running'", new { caseId }));
        Assert.Equal(["case_closed", "case_reopened"], (await world.TimelineAsync(caseId))[^2..]);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_is_still_open_keeps_it_open(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var line = await world.Given.Line("gm0518-debts", members: 1);
        var desk = await world.Given.FrontOffice("gm0344");
        var (promised, talking, strange) = (await world.Given.Case(desk), await world.Given.Case(desk), await world.Given.FrontOffice("gm0363"));
        await world.The<Promises>().MakeAsync(desk, promised, new PromiseForm("Bellen", world.Clock.UtcNow.AddDays(1)), null);
        await world.Given.AcceptedHandoff(desk, talking, line.Members[0]);

        Assert.Equal("case-busy", (await world.The<CloseCase>().CloseAsync(desk, promised, null)).Refusal?.Code);
        Assert.Equal("case-busy", (await world.The<CloseCase>().CloseAsync(desk, talking, null)).Refusal?.Code);
        Assert.Equal("case-read-only", (await world.The<CloseCase>().CloseAsync(line.Members[0], talking, null)).Refusal?.Code);
        Assert.Equal("case-unknown", (await world.The<CloseCase>().CloseAsync(strange, promised, null)).Refusal?.Code);
        Assert.Equal("open", await world.ScalarAsync<string>("SELECT state FROM case_file WHERE id = @promised", new { promised }));
        Assert.Equal(1, await world.RunningDeadlinesAsync(promised));
    }
}
