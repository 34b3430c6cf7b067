using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>Speech between the two of a live talk, with Chromium's invented microphone, and what remains when a browser gives none.</summary>
public sealed class VoiceTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    private static readonly string[] Microphone =
        ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--allow-loopback-in-peer-connection", "--autoplay-policy=no-user-gesture-required"];

    [Fact]
    public async Task Both_sides_receive_sound_and_hold_mute_and_leaving_are_heard()
    {
        await using var browser = await loket.LaunchAsync("voice", Microphone);
        await using var desk = await loket.AsAsync("Fatima Bouzidi", browser);
        await using var specialist = await loket.AsAsync("Hans Nijland", browser);
        await TalkAsync(desk, specialist);

        await desk.PressAsync("Alt+s");
        await desk.See("#voice").ToHaveAttributeAsync("data-state", "waiting");
        await specialist.PressAsync("Alt+s");

        foreach (var (name, person) in new[] { ("desk", desk), ("specialist", specialist) })
        {
            await person.See("#voice").ToHaveAttributeAsync("data-state", "on");
            await person.SeeAsync("[data-voice-state]", "U hoort elkaar");
            output.WriteLine($"{name}: {await PacketsAsync(person)} audio packets received");
            Assert.True(await PacketsAsync(person) > 0);
        }

        await desk.PhotographAsync("5-voice");
        await specialist.PressAsync("Alt+w");
        await desk.See("#voice").ToHaveAttributeAsync("data-state", "held");
        await specialist.PressAsync("Alt+w");
        await desk.See("#voice").ToHaveAttributeAsync("data-state", "on");

        await specialist.PressAsync("Alt+s");
        await desk.See("#voice").ToHaveAttributeAsync("data-state", "waiting");
        Assert.Empty(desk.Complaints);
        Assert.Empty(specialist.Complaints);
    }

    [Fact]
    public async Task Three_of_one_talk_each_hear_the_two_others()
    {
        await using var browser = await loket.LaunchAsync("voice-three", Microphone);
        await using var desk = await loket.AsAsync("Fatima Bouzidi", browser);
        await using var debts = await loket.AsAsync("Martijn de Groot", browser);
        await using var benefit = await loket.AsAsync("Ashwin Biharie", browser);
        await benefit.GivenFreeAsync();
        var handoff = await TalkAsync(desk, debts);
        await desk.ApiAsync("POST", $"/api/v1/handoffs/{handoff}/lines", new { line = "zb000117-unemployment", lineQuestion = "Is er recht op een uitkering?" });
        await benefit.AcceptOfferAsync();

        foreach (var person in new[] { desk, debts, benefit })
        {
            await person.ConnectedAsync();
            await person.See("#voice").ToBeVisibleAsync();
            await person.PressAsync("Alt+s");
        }

        foreach (var (name, person) in new[] { ("desk", desk), ("debts", debts), ("benefit", benefit) })
        {
            await person.See("#voice").ToHaveAttributeAsync("data-others", "2");
            await person.See("#voice").ToHaveAttributeAsync("data-state", "on");
            output.WriteLine($"{name}: hears 2, {await PacketsAsync(person)} audio packets received");
            Assert.Empty(person.Complaints);
        }

        await debts.PressAsync("Alt+s");
        await desk.See("#voice").ToHaveAttributeAsync("data-others", "1");
        await benefit.See("#voice").ToHaveAttributeAsync("data-others", "1");
    }

    [Fact]
    public async Task Without_a_microphone_the_talk_goes_on_in_text_and_the_number_of_the_line_is_shown()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Marieke Scholten");
        await TalkAsync(desk, specialist);

        await desk.PressAsync("Alt+s");

        await desk.See("#voice").ToHaveAttributeAsync("data-state", "denied");
        await Assertions.Expect(desk.Page.Locator("[data-voice-state]")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"bel .*\d\d"));
        await desk.FillAsync("#message-text", "Ik schrijf het hier.");
        await desk.PressAsync("Enter");
        await specialist.SeeAsync(".talk__list", "Ik schrijf het hier.");
    }

    private static async Task<long> PacketsAsync(Person person) =>
        long.Parse(await person.Page.Locator("#voice").GetAttributeAsync("data-received") ?? "0", CultureInfo.InvariantCulture);

    private static async Task<string> TalkAsync(Person desk, Person specialist)
    {
        await specialist.GivenFreeAsync();
        var caseId = await desk.GivenCaseAsync("debts");
        var handoff = await desk.GivenHandoffAsync(caseId);
        await specialist.AcceptOfferAsync();
        await desk.GoAsync($"/handoffs/{handoff}");
        await desk.ConnectedAsync();
        await specialist.ConnectedAsync();
        await desk.See("#voice").ToBeVisibleAsync();
        await specialist.See("#voice").ToBeVisibleAsync();
        return handoff;
    }
}
