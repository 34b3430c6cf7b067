using Loket.Hangfire;
using Loket.Web;

// The production host: the same application, with Hangfire running the schedule.
return await HangfireHost.Build(args).StartLoketAsync(args);
