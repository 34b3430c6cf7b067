using Loket.Web.Features.Chain;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>A reason is kept as it was typed, or refused: never cut.</summary>
public sealed class ReasonTests
{
    [Fact]
    public async Task A_reason_that_is_too_long_is_refused_and_one_that_fits_is_kept_whole()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var other = await scene.Given.FrontOffice("gm0344");
        var promise = Given.Id((await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddDays(2)), null)).Value.PromiseId);
        var ask = Given.Id((await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, other.Id, null)).Value.RequestId);
        var (fits, tooLong) = (new string('a', 300), new string('a', 301));

        Assert.Equal("text-too-long", (await scene.World.The<Promises>().WithdrawAsync(scene.Desk, promise, tooLong, null)).Refusal?.Code);
        Assert.Equal("text-too-long", (await scene.World.The<Ownership>().RefuseAsync(other, ask, tooLong, null)).Refusal?.Code);
        Assert.Null((await scene.World.The<Promises>().WithdrawAsync(scene.Desk, promise, fits, null)).Refusal);
        Assert.Null((await scene.World.The<Ownership>().RefuseAsync(other, ask, fits, null)).Refusal);
        Assert.Equal((fits, fits), (await scene.World.ScalarAsync<string>("SELECT end_reason FROM promise"), await scene.World.ScalarAsync<string>("SELECT reason FROM ownership_request")));
    }
}
