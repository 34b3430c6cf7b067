using System.Globalization;
using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Features.Partners;
using Loket.Web.Features.Shared;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Steps;

/// <summary>Supervisors keep the register of partners: an address carries who checked it and when.</summary>
public sealed class PartnerRegisterTests
{
    private static readonly PartnerForm Bank = new("bank", " Bank Noordzee ", "beheer@noordzee.example", "06 12 34 56 78", null);

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_changed_address_carries_who_changed_it_and_when_and_the_others_keep_theirs(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var save = scene.World.The<SavePartner>();
        var first = scene.Clock.UtcNow;
        var added = await save.AddAsync(scene.DeskSupervisor, Bank, null);
        var id = Given.Id(added.Value.PartnerId);
        scene.Clock.Advance(TimeSpan.FromDays(3));

        var changed = await save.ChangeAsync(scene.LineSupervisor, id, Bank with { Email = "loket@noordzee.example", Post = "Kade 1, Den Haag", Version = 1 }, null);

        Assert.Equal(2, changed.Value.Version);
        var partner = await ShownAsync(scene, id);
        Assert.Equal(("Bank Noordzee", "bank", true), (partner.Name, partner.Kind, partner.Active));
        Assert.Equal(["email", "post", "sms"], partner.Channels.Select(c => c.Kind).Order(StringComparer.Ordinal));
        Assert.All(partner.Channels, c =>
        {
            var (by, at) = c.Kind == "sms" ? (scene.DeskSupervisor, first) : (scene.LineSupervisor, scene.Clock.UtcNow);
            Assert.StartsWith(by.Name, c.CheckedBy, StringComparison.Ordinal);
            Assert.Equal(AmsterdamTime.DateOf(at), DateOnly.Parse(c.CheckedOn, CultureInfo.InvariantCulture));
        });
        // What was sent to the old address still knows it.
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM partner_channel WHERE partner_id = @id AND active = 0 AND address = @Email", new { id, Bank.Email }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_stale_page_a_known_name_and_what_is_no_address_change_nothing(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var save = scene.World.The<SavePartner>();
        var id = Given.Id((await save.AddAsync(scene.DeskSupervisor, Bank, null)).Value.PartnerId);
        async Task<string?> Code(Task<Outcome<PartnerSaved>> saving) => (await saving).Refusal?.Code;

        Assert.Equal("partner-name-known", await Code(save.AddAsync(scene.LineSupervisor, Bank with { Name = "bank noordzee" }, null)));
        Assert.Equal("stale", await Code(save.ChangeAsync(scene.LineSupervisor, id, Bank with { Name = "Bank", Version = 0 }, null)));
        Assert.Equal("partner-email-wrong", await Code(save.ChangeAsync(scene.LineSupervisor, id, Bank with { Email = "noordzee", Version = 1 }, null)));
        Assert.Equal("partner-address-missing", await Code(save.ChangeAsync(scene.LineSupervisor, id, Bank with { Email = " ", Sms = null, Version = 1 }, null)));
        Assert.Equal("partner-unknown", await Code(save.ChangeAsync(scene.LineSupervisor, 404, Bank, null)));

        var partner = await ShownAsync(scene, id);
        Assert.Equal(("Bank Noordzee", 1, 2), (partner.Name, partner.Version, partner.Channels.Count));
        Assert.Null(await Code(save.ChangeAsync(scene.LineSupervisor, id, Bank with { Active = false, Version = 1 }, null)));
        Assert.False((await ShownAsync(scene, id)).Active);
    }

    private static async Task<RegisteredPartner> ShownAsync(Scene scene, long id) =>
        (await scene.World.The<PartnerRegisterQuery>().LoadAsync(id, FormState.Empty))!.Partner!;
}
