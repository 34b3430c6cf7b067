using System.Globalization;
using Loket.Web.Features.Shared;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>The main job from end to end, by four people with a keyboard each.</summary>
public sealed class MainJobTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    // From brp-test-persons: lives in 's-Gravenhage (0518).
    private const string Bsn = "999991279";
    private const string Citizen = "Anne-Marie Verheul";
    private const string Question = "Ik kreeg een brief van de deurwaarder over drie maanden huur. Raak ik mijn woning kwijt?";
    private const string LineQuestion = "Dreigende ontruiming binnen twee weken. Kan de huurschuld nu in een regeling?";

    [Fact]
    public async Task A_citizen_of_The_Hague_gets_a_specialist_and_an_owner_with_the_keyboard_alone()
    {
        await using var desk = await loket.NewAsync();
        await using var first = await loket.NewAsync();
        await using var second = await loket.NewAsync();
        await using var supervisor = await loket.NewAsync();

        await BecomeFreeAsync(first, "Martijn de Groot");
        await BecomeFreeAsync(second, "Tessa Bakker");
        var caseId = await OpenCaseAsync(desk);
        await EstablishIdentityAsync(desk);
        await AskWarmAsync(desk);
        await DeclineAsync(first);
        await desk.SeeAsync("#ringing .attempts", "geen ruimte");
        await desk.See("#ringing").Not.ToContainTextAsync("Martijn");
        await second.FocusAsync("[data-accept]");
        await second.See("#offer").Not.ToContainTextAsync(Citizen);
        await second.PhotographAsync("2-specialist-offer");
        await desk.PhotographAsync("1-front-office-ringing");
        await second.AcceptOfferAsync();

        await desk.SeeAsync("#ringing", "Tessa Bakker");
        await desk.PressAsync("Alt+Enter");
        await desk.AtAsync("/handoffs/[0-9]+$");
        await second.SeeAsync("#talk-case", Citizen);
        await TalkAsync(desk, second);
        var promised = await PromiseAsync(second);
        await HandOverOwnershipAsync(desk, second);
        await second.PhotographAsync("3-conversation");
        await FinishAsync(second);

        await ReadTimelineAsync(desk, caseId, promised);
        await ReadBoardAsync(supervisor, caseId, promised);

        foreach (var (who, person) in new[] { ("desk", desk), ("first", first), ("second", second), ("supervisor", supervisor) })
        {
            Assert.Empty(person.Complaints);
            Assert.Equal((who, 0), (who, person.PointerUses));
        }

        Assert.DoesNotContain(loket.Server.Lines, line => line.Contains(Bsn, StringComparison.Ordinal));
    }

    private static async Task BecomeFreeAsync(Person person, string name)
    {
        await person.SignInAsync(name);
        await person.AtAsync("/line$");
        await person.ConnectedAsync();
        await person.PressAsync("Alt+b");
        await person.See("#presence-form button[value=available]").ToHaveAttributeAsync("aria-pressed", "true");
        await person.ConnectedAsync();
    }

    private static async Task<string> OpenCaseAsync(Person desk)
    {
        await desk.SignInAsync("Fatima Bouzidi");
        await desk.AtAsync("/desk$");
        await desk.FocusAsync("#case-heading");
        await desk.PressAsync("n");
        await desk.FocusAsync("#case-question");
        await desk.TypeAsync(Question);
        await desk.ChooseAsync("#case-topic", "Schul", "debts");
        await desk.ChooseAsync("#case-municipality", "Den Ha", "gm0518");
        await desk.FillAsync("#case-bsn", Bsn);
        await desk.PressAsync("Alt+s");
        await desk.AtAsync("/cases/[0-9]+$");
        await desk.ConnectedAsync();
        await desk.See("#case-head").Not.ToContainTextAsync(Citizen);
        return desk.Page.Url[(desk.Page.Url.LastIndexOf('/') + 1)..];
    }

    private static async Task EstablishIdentityAsync(Person desk)
    {
        await desk.EnterOnAsync("#identity button[value=document]");
        await desk.SeeAsync("#case-head", Citizen);
        await desk.FocusAsync("#ask-lineQuestion");
    }

    private static async Task AskWarmAsync(Person desk)
    {
        await desk.PressAsync("Alt+w");
        await desk.See("#ask input[value=warm]").ToBeCheckedAsync();
        await desk.PressAsync("Alt+q");
        await desk.FocusAsync("#ask-lineQuestion");
        await desk.TypeAsync(LineQuestion);
        await desk.PressAsync("Alt+v");
        await desk.See("#ringing[data-state=offered]").ToBeVisibleAsync();
        await desk.SeeAsync("#ringing", "Schulden");
    }

    private static async Task DeclineAsync(Person specialist)
    {
        await specialist.FocusAsync("[data-accept]");
        await specialist.SeeAsync("#offer", LineQuestion);
        await specialist.See("#offer").Not.ToContainTextAsync(Citizen);
        await specialist.AttentionAsync();
        await specialist.PressAsync("2");
        await specialist.See("[data-accept]").ToHaveCountAsync(0);
    }

    private static async Task TalkAsync(Person desk, Person specialist)
    {
        await specialist.ConnectedAsync();
        await desk.ConnectedAsync();
        await specialist.TabToAsync("#message-text");
        await specialist.TypeAsync("Goedemorgen, ik bel de deurwaarder vandaag nog.");
        await specialist.PressAsync("Enter");
        await desk.SeeAsync("#messages", "ik bel de deurwaarder vandaag nog");
        await specialist.See("#message-text").ToHaveValueAsync("");

        await desk.TabToAsync("#message-text");
        await desk.TypeAsync("Dank je. Zij zit nog bij mij aan tafel.");
        await desk.PressAsync("Enter");
        await specialist.SeeAsync("#messages", "Zij zit nog bij mij aan tafel");

        await specialist.EnterOnAsync("#confirm-form button[value=headset]");
        await specialist.SeeAsync("#side", "Tessa Bakker spreekt de inwoner");
        await desk.SeeAsync("#talk-write", "U leest mee");
        await desk.See("#message-text").ToHaveCountAsync(0);
    }

    private static async Task<DateOnly> PromiseAsync(Person specialist)
    {
        await specialist.PressAsync("Alt+t");
        await specialist.FocusAsync("#promise-text");
        await specialist.TypeAsync("Eerste gesprek over een regeling");
        await specialist.TabToAsync("#promise-dueDate");
        var day = DateOnly.ParseExact(await specialist.Page.Locator("#promise-dueDate").InputValueAsync(), "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(3);
        await specialist.TypeDateAsync("#promise-dueDate", day);
        await specialist.EnterOnAsync("#promise-form button", "Leg vast");
        await specialist.SeeAsync("#side .promises", "Eerste gesprek over een regeling");
        return day;
    }

    private static async Task HandOverOwnershipAsync(Person desk, Person specialist)
    {
        await desk.SeeAsync("#side", "Eerste gesprek over een regeling");
        if (await desk.Page.Locator("select#ownership-to").CountAsync() > 0)
        {
            await desk.TabToAsync("select#ownership-to");
            await desk.TypeAsync("Tessa");
        }

        await desk.PressAsync("Alt+r");
        await desk.SeeAsync("#side", "Gevraagd aan Tessa Bakker");
        await specialist.SeeAsync("#side", "Fatima Bouzidi vraagt of u de regie neemt");
        await specialist.PressAsync("Alt+r");
        await specialist.See("#side .ask-you").ToHaveCountAsync(0);
        await desk.SeeAsync("#messages", "Tessa Bakker heeft nu de regie");
    }

    private static async Task FinishAsync(Person specialist)
    {
        await specialist.PressAsync("Alt+1");
        await specialist.FillAsync("#finish-text", "Regeling gestart, ontruiming wordt uitgesteld.");
        await specialist.PressAsync("Alt+k");
        await specialist.See("#side .wrap").ToBeVisibleAsync();
        await specialist.PressAsync("Alt+k");
        await specialist.AtAsync("/line$");
    }

    private async Task ReadTimelineAsync(Person desk, string caseId, DateOnly promised)
    {
        await desk.EnterOnAsync($"a[href='/cases/{caseId}']");
        await desk.AtAsync($"/cases/{caseId}$");
        await desk.EnterOnAsync("a.tabs__tab[href$='tab=timeline']");
        await desk.AtAsync("tab=timeline$");
        await desk.SeeAsync("#timeline", "Overdracht klaar");
        var newestFirst = await desk.Page.Locator("#timeline .timeline__row > div > p:first-child").AllInnerTextsAsync();
        foreach (var entry in newestFirst.Reverse())
        {
            output.WriteLine(entry);
        }

        Assert.Equal(
            [
                "Zaak geopend",
                "Identiteit vastgelegd: Document gezien",
                "Gegeven toegevoegd: Naam",
                "Gegeven toegevoegd: Geboortedatum",
                "Gegeven toegevoegd: Adres",
                "Gegeven toegevoegd: BSN",
                "Warme overdracht gevraagd aan Schulden",
                "Gevraagd aan Gemeente Den Haag, Schulden",
                "Gemeente Den Haag, Schulden zei nee: geen ruimte",
                "Gevraagd aan Gemeente Den Haag, Schulden",
                "3 gegevens gegeven aan Gemeente Den Haag, Schulden",
                "Tessa Bakker nam aan",
                "Tessa Bakker heeft de inwoner: spreekt de inwoner nu",
                $"Toezegging vastgelegd: Eerste gesprek over een regeling, Tessa Bakker, {new Dates(TimeProvider.System.GetUtcNow().UtcDateTime, new CultureInfo("nl")).Short(promised)} 17:00",
                "Tessa Bakker gevraagd om de regie te nemen",
                "Tessa Bakker heeft nu de regie",
                "Gesprek afgerond: ik neem deze stap op mij",
                "Overdracht klaar",
            ],
            newestFirst.Reverse());
    }

    private static async Task ReadBoardAsync(Person supervisor, string caseId, DateOnly promised)
    {
        await supervisor.SignInAsync("Yvonne Maas");
        await supervisor.AtAsync("/chain$");
        await supervisor.SeeAsync($"#row-{caseId}", "Tessa Bakker");
        await supervisor.SeeAsync($"#row-{caseId} .chain__due", promised.Day.ToString(CultureInfo.InvariantCulture));
        await supervisor.PhotographAsync("4-supervisor-chain");
    }
}
