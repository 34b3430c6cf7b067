using System.Reflection;
using Loket.Web.Features.Voice;
using Loket.Web.Live;
using Loket.Web.Tests.Server;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Hub;

/// <summary>Every hub method that takes an id, called with the right id by somebody it is not for. The methods come from the hub itself.</summary>
[Collection(ServerCollection.Name)]
public sealed class HubIdSwapTests(ServerFixture loket, ITestOutputHelper output)
{
    [Fact]
    public async Task A_stranger_a_colleague_outside_the_line_a_supervisor_elsewhere_and_who_took_part_before_reach_nothing()
    {
        using var desk = await loket.AsAsync(1001);
        using var specialist = await loket.AsAsync(1321);
        using var ringing = await loket.AsAsync(1338);
        await specialist.BecomeFreeAsync();
        var caseId = await desk.OpenCaseAsync("permits");
        var talk = await desk.AskAsync(caseId);
        await specialist.AcceptAsync();
        await ringing.BecomeFreeAsync();
        await desk.AskAsync(await desk.OpenCaseAsync("care_wmo"));
        var offer = await ringing.RungAsync();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "called" })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/finish", new { outcome = "answered", text = "Klaar." })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/done")).Ok();
        var methods = typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.GetParameters().Any(p => p.Name!.EndsWith("Id", StringComparison.Ordinal))).ToList();
        await using var owner = await LiveClient.EnterAsync(loket.Server.Address, desk);
        var journal = await loket.CountAsync("SELECT COUNT(*) FROM journal");
        var asked = 0;
        foreach (var id in (long[])[1407, 1319, 1310, 1321])
        {
            using var person = await loket.AsAsync(id);
            await using var line = await LiveClient.EnterAsync(loket.Server.Address, person);
            foreach (var method in methods)
            {
                var arguments = method.GetParameters().Select(object? (p) => p.Name switch
                {
                    "caseId" => caseId,
                    "handoffId" => talk,
                    "offerId" => offer,
                    "text" => "Van mij",
                    "reason" => "no_capacity",
                    "signal" => new VoiceForm("me", null, "here", ""),
                    "suggestedLine" or "key" => null,
                    _ => throw new InvalidOperationException($"What does {method.Name} take as {p.Name}?"),
                }).ToArray();
                if (method.ReturnType == typeof(Task))
                {
                    await line.SendAsync(method.Name, arguments);
                }
                else
                {
                    var said = await line.CallAsync(method.Name, arguments);
                    Assert.False(said.Ok, $"{method.Name} as {id} answered");
                    Assert.NotNull(said.Refusal);
                }

                asked++;
            }
        }

        Assert.True(methods.Count > 6);
        Assert.Equal(journal, await loket.CountAsync("SELECT COUNT(*) FROM journal"));
        Assert.DoesNotContain(owner.Typings, t => t.GetProperty("handoffId").GetString() == talk);
        output.WriteLine($"{methods.Count} hub methods with an id, {asked} calls by who has no part: refused each, nothing in the journal, nobody was told");
        (await ringing.PostAsync($"/api/v1/offers/{offer}/decline", new { reason = "no_capacity" })).Ok();
        await ringing.PutAsync("/api/v1/me/presence", new { state = "offline" });
        await specialist.PutAsync("/api/v1/me/presence", new { state = "offline" });
    }
}
