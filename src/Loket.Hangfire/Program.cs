using Loket.Hangfire;
using Loket.Web;

// The production host: the same application, with Hangfire running the schedule.
var app = HangfireHost.Build(args);
if (args is ["verify-journal"])
{
    return await app.VerifyJournalAsync();
}

if (args is ["verify-state"])
{
    return await app.VerifyStateAsync();
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
