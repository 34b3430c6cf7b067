using Loket.Hangfire;
using Loket.Web;

// The production host: the same application, with Hangfire running the schedule.
var app = await HangfireHost.BuildAsync(args);
if (args is ["verify-journal"])
{
    return await app.VerifyJournalAsync();
}

await app.RunAsync();
return 0;
