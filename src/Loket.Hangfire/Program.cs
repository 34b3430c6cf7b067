using Loket.Hangfire;
using Loket.Web;

// The production host: the same application, with Hangfire running the schedule.
var app = HangfireHost.Build(args);
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
