using Loket.Web;
using Loket.Web.Jobs;

// The embedded host: the schedule is run inside this process. The production host is src/Loket.Hangfire.
return await LoketApp.Build(args, builder => builder.Services.AddHostedService<EmbeddedRunner>()).StartLoketAsync(args);
