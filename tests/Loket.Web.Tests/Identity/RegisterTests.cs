using System.Diagnostics;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loket.Web.Tests.Identity;

/// <summary>The register over HTTP: the local service of <c>ops</c>, and registers that fail in every way.</summary>
public sealed class RegisterTests
{
    private const string Suzanne = "999993653";
    private const string Secret = "999993872";

    [Fact]
    public async Task The_local_register_gives_name_birth_and_address_and_says_whose_address_is_secret()
    {
        using var service = await ServiceAsync();
        using var register = Register(service.Url);

        Assert.Equal(
            new RegisterAnswer("found", new RegisterPerson("Suzanne Moulin", "1985-12-01", "Boterdiep 31, 3077AW Rotterdam", IsSecret: false)), await register.FindAsync(Suzanne, default));
        Assert.True((await register.FindAsync(Secret, default)).Person!.IsSecret);
        Assert.Equal(RegisterAnswer.Unknown, await register.FindAsync("111222333", default));
    }

    public static TheoryData<string> Failures => ["gone", "silent", "nonsense", "refuses", "somebody else"];

    [Theory, MemberData(nameof(Failures))]
    public async Task A_register_that_fails_is_told_and_holds_nobody_up(string failure)
    {
        await using var app = await FailingAsync(failure);
        using var register = Register(failure == "gone" ? "http://127.0.0.1:9" : app.Urls.First());
        await using var world = await World.NewAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk, bsn: Suzanne);
        var establish = new EstablishIdentity(world.Db, world.The<KeyRing>(), register);

        Assert.True((await establish.RunAsync(desk, caseId, "document", null)).IsOk);

        var shown = await world.ShownAsync(desk, caseId);
        Assert.Equal(failure == "somebody else" ? "register-unknown" : "register-down", shown.Party.RegisterRefusal?.Code);
        Assert.Equal(("document", 0), (shown.Party.IdentityMethod, shown.Facts.Count));
        Assert.True((await world.The<SaveCase>().RunAsync(desk, caseId, new SaveCaseForm(null, "Ik typ gewoon door", "debts", "gm0518", null, shown.Version), null)).IsOk);

        // The register is back: recording identity again asks it again.
        var back = new EstablishIdentity(world.Db, world.The<KeyRing>(), new TestPersons([World.Wilma with { Bsn = Suzanne }]));
        Assert.True((await back.RunAsync(desk, caseId, "document", null)).IsOk);
        Assert.Equal((null, 4), ((await world.ShownAsync(desk, caseId)).Party.RegisterRefusal, (await world.ShownAsync(desk, caseId)).Facts.Count));
    }

    [Fact]
    public async Task Not_established_asks_the_register_nothing_and_no_address_holds_the_number()
    {
        var asked = new List<string>();
        await using var app = await AppAsync(async context =>
        {
            asked.Add($"{context.Request.Path}{context.Request.QueryString}");
            await context.Response.WriteAsync("""{"personen":[]}""");
        });
        using var register = Register(app.Urls.First());
        await using var world = await World.NewAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk, bsn: Suzanne);
        var establish = new EstablishIdentity(world.Db, world.The<KeyRing>(), register);

        await establish.RunAsync(desk, caseId, "not_established", null);
        Assert.Empty(asked);
        await establish.RunAsync(desk, caseId, "digid", null);

        Assert.Equal(["/personen"], asked);
    }

    [Fact]
    public async Task Two_who_establish_identity_at_once_get_the_facts_of_the_register_once()
    {
        await using var world = await World.NewAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk, bsn: World.Wilma.Bsn);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.The<EstablishIdentity>().RunAsync(desk, caseId, "document", null))));

        Assert.Equal(4, await world.ScalarAsync<long>("SELECT COUNT(*) FROM fact WHERE source = 'brp'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Identity_that_turns_out_not_to_be_established_takes_back_what_the_register_said_everywhere(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var world = scene.World;
        var caseId = await world.Given.Case(scene.Desk, bsn: World.Wilma.Bsn, name: "Mevrouw Van Zon");
        var establish = world.The<EstablishIdentity>();
        await establish.RunAsync(scene.Desk, caseId, "document", null);
        await world.Given.AcceptedHandoff(scene.Desk, caseId, scene.Members[0]);
        var facts = await world.QueryAsync<long>("SELECT id FROM fact WHERE source = 'brp' AND kind IN ('name', 'birth_date')");
        foreach (var fact in facts)
        {
            await world.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(fact, Scene.Debts), null);
        }

        async Task<int> SeenAsync(Actor who) => (await world.Db.ReadAsync(r => VisibleFacts.LoadAsync(r, who, caseId))).Count(f => f.Source == "brp");
        Assert.Equal((4, true), (await SeenAsync(scene.Desk), await SeenAsync(scene.Members[0]) > 0));
        Assert.True((await establish.RunAsync(scene.Desk, caseId, "not_established", null)).IsOk);

        var shown = await world.ShownAsync(scene.Desk, caseId);
        Assert.Equal((0, 0, 0), (await SeenAsync(scene.Desk), await SeenAsync(scene.Members[0]), shown.HiddenFacts));
        Assert.Equal(("Mevrouw Van Zon", null, null, "not_established"), (shown.Party.Name, shown.Party.BirthDate, shown.Party.Address, shown.Party.IdentityMethod));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM personal_value WHERE value LIKE '%Schakelstraat%' OR value = 'Wilma van Zon'"));
        Assert.Contains("fact_withdrawn", await world.TimelineAsync(caseId));
        Assert.Empty((await world.The<VerifyJournal>().RunAsync()).Faults);

        // Seen after all: the register is asked again.
        await establish.RunAsync(scene.Desk, caseId, "digid", null);
        Assert.Equal((4, "Wilma van Zon"), (await SeenAsync(scene.Desk), await world.ScalarAsync<string>("SELECT v.value FROM party p JOIN personal_value v ON v.id = p.name_id")));
    }

    [Fact]
    public async Task A_register_that_answers_after_identity_fell_away_is_not_believed()
    {
        await using var world = await World.NewAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk, bsn: World.Wilma.Bsn);
        var slow = new EstablishIdentity(world.Db, world.The<KeyRing>(), new FallsAway(() => world.The<EstablishIdentity>().RunAsync(desk, caseId, "not_established", null)));
        await slow.RunAsync(desk, caseId, "document", null);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM fact WHERE source = 'brp'"));
    }

    private sealed class FallsAway(Func<Task> meanwhile) : IPersonRegister
    {
        public async Task<RegisterAnswer> FindAsync(string bsn, CancellationToken ct)
        {
            await meanwhile();
            return new RegisterAnswer("found", new RegisterPerson("Wilma van Zon", "1970-04-07", null, IsSecret: false));
        }
    }

    [Fact]
    public async Task A_secret_address_does_not_start_ticked()
    {
        await using var world = await World.NewAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        foreach (var (secrecy, ticked) in new[] { (0, true), (7, false) })
        {
            var caseId = await world.Given.Case(desk, bsn: World.Wilma.Bsn);
            var establish = new EstablishIdentity(world.Db, world.The<KeyRing>(), new TestPersons([World.Wilma with { Secrecy = secrecy }]));

            await establish.RunAsync(desk, caseId, "document", null);

            var shown = await world.ShownAsync(desk, caseId);
            var address = shown.Facts.Single(f => f.Value.StartsWith("Schakelstraat", StringComparison.Ordinal));
            Assert.Equal((ticked, !ticked), (address.GoesAlong, address.IsSecret));
            Assert.Equal(!ticked, shown.Party.IsSecret);
        }
    }

    private static BrpRegister Register(string url) => new(new RegisterOptions { Url = url, TimeoutSeconds = 1 }, NullLogger<BrpRegister>.Instance);

    private static Task<WebApplication> FailingAsync(string failure) => AppAsync(context => failure switch
    {
        "silent" => Task.Delay(Timeout.Infinite, context.RequestAborted),
        "nonsense" => context.Response.WriteAsync("<html>onderhoud</html>"),
        "refuses" => Refuse(context),
        _ => context.Response.WriteAsync("""{"personen":[{"burgerservicenummer":"999990019","naam":{"volledigeNaam":"Iemand Anders"}}]}"""),
    });

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private static async Task<WebApplication> AppAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private static async Task<LocalService> ServiceAsync()
    {
        var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root, "ops", "register.mjs"), "0"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var ready = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The register did not start");
        return new LocalService(process, ready.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal)));
    }

    private sealed record LocalService(Process Process, string Url) : IDisposable
    {
        public void Dispose()
        {
            Process.Kill();
            Process.Dispose();
        }
    }
}
