using Loket.Web;
using Loket.Web.Jobs;

// The embedded host: the schedule is run inside this process. The production host is src/Loket.Hangfire.
var app = LoketApp.Build(args, builder => builder.Services.AddHostedService<EmbeddedRunner>());
if (args is ["verify-journal"])
{
    return await app.VerifyJournalAsync();
}

if (args is ["verify-state"])
{
    return await app.VerifyStateAsync();
}

if (args is ["rotate-keys"])
{
    return app.RotateKeys();
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

if (args is ["recount-reports"])
{
    return await app.RecountReportsAsync();
}

await app.RunAsync();
return 0;
