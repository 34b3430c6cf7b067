using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Loket.Web.Tests.Theme;

/// <summary>Who sees a house style: the people of the organisation, on every page, and nobody else.</summary>
[Collection(ServerCollection.Name)]
public sealed class ThemePageTests
{
    [Fact]
    public async Task The_people_of_the_organisation_see_its_colours_and_logo_and_nobody_else_does()
    {
        using var data = new TempFolder();
        var logo = Path.Combine(data.Path, "utrecht.svg");
        await File.WriteAllTextAsync(logo, ThemeTests.Drawing);
        await using var plain = new WebApplicationFactory<Program>();
        await using var app = plain.WithWebHostBuilder(host => host.UseSetting("Data:Path", data.Path).UseSetting("Demo:Colleagues", "false").UseSetting("Logging:LogLevel:Default", "Error")
            .UseSetting("Theme:Organisations:gm0344:Accent", "#7a1f5c #f2a6d6").UseSetting("Theme:Organisations:gm0344:Logo", logo));
        Session Browser() => new(app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true }));
        using var utrecht = await Browser().SignInAsync(1001);
        using var denHaag = await Browser().SignInAsync(1332);
        using var anyone = Browser();

        Assert.Contains("<link rel=\"stylesheet\" href=\"/theme.css?v=", (await utrecht.GetAsync("/desk")).Text, StringComparison.Ordinal);
        var sheet = await utrecht.GetAsync("/theme.css");
        Assert.Equal((200, "text/css"), (sheet.Status, sheet.Type));
        Assert.Contains("--accent: light-dark(#7a1f5c, #f2a6d6);", sheet.Text, StringComparison.Ordinal);
        Assert.Matches("<img class=\"bar__sign\" src=\"/theme/logo\\?v=[0-9a-f]{12}\" alt=\"Gemeente Utrecht\"", (await utrecht.GetAsync("/desk")).Text);
        var sign = await utrecht.GetAsync("/theme/logo");
        Assert.Equal((200, "image/svg+xml", ThemeTests.Drawing), (sign.Status, sign.Type, sign.Text));
        Assert.DoesNotContain("bar__sign", (await denHaag.GetAsync("/line")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await denHaag.GetAsync("/theme/logo")).Status);
        Assert.NotEqual(200, (await anyone.GetAsync("/theme/logo")).Status);
        Assert.DoesNotContain("theme.css", (await denHaag.GetAsync("/line")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await denHaag.GetAsync("/theme.css")).Status);
        Assert.NotEqual(200, (await anyone.GetAsync("/theme.css")).Status);
    }
}
