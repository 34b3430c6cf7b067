using Loket.Web;
using Loket.Web.Jobs;

// The embedded host: the schedule is run inside this process. The production host is src/Loket.Hangfire.
var app = LoketApp.Build(args, builder => builder.Services.AddHostedService<EmbeddedRunner>());
if (await app.CommandAsync(args) is { } done)
{
    return done;
}

if (!app.IsSafe())
{
    return 2;
}

await app.PrepareAsync();
if (!await app.KnowsItsThemesAsync())
{
    return 2;
}

await app.RunAsync();
return 0;
