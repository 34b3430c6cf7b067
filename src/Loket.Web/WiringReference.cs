using Loket.Domain.Terms;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Proactive;
using Loket.Web.Features.Retention;
using Loket.Web.Features.Schemes;
using Loket.Web.Features.Search;
using Loket.Web.Features.Sharing;

namespace Loket.Web;

/// <summary>What is read from <c>db/reference</c>.</summary>
public static partial class Wiring
{
    private static void AddReference(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ImportReference>();
        services.AddSingleton(_ => new SchemeBook(ImportReference.Folder));
        services.AddSingleton<SearchIndex>();
        services.AddSingleton<SearchReference>();
        services.AddSingleton(_ => ServiceDates.Load(ImportReference.Folder));
        services.AddSingleton(s => s.GetRequiredService<ServiceDates>().Calendar);
        services.AddSingleton<TermCalculator>();
        services.AddSingleton(_ => RetentionBook.Read(ImportReference.Folder));
        services.AddSingleton(_ => SharingRules.Load(ImportReference.Folder));
        services.AddSingleton(_ => FactKinds.Load(ImportReference.Folder));
        services.AddSingleton(_ => ReferenceFiles.Read(ImportReference.Folder));
        services.AddSingleton(s => LifeEventFiles.Read(ImportReference.Folder, s.GetRequiredService<ReferenceSet>()));
        // Words need them only for what is told in English: the way in does not wait until all of db/reference is read. A failure is not kept.
        services.AddSingleton(s => new Lazy<LifeEvents>(s.GetRequiredService<LifeEvents>, LazyThreadSafetyMode.PublicationOnly));
        services.AddSingleton(s => ProactiveFiles.Read(ImportReference.Folder, s.GetRequiredService<DemoOptions>().Enabled, s.GetRequiredService<LifeEvents>()));
        services.AddSingleton(s => s.GetRequiredService<DemoOptions>().Enabled
            ? ReferenceFiles.ReadDemo(ImportReference.Folder, s.GetRequiredService<ReferenceSet>())
            : new DemoSet([], [], []));
        services.AddSingleton(configuration.GetSection("Register").Get<RegisterOptions>() ?? new RegisterOptions());
        services.AddSingleton<IPersonRegister>(s => s.GetRequiredService<RegisterOptions>() is { Url.Length: > 0 } register
            ? new BrpRegister(register, s.GetRequiredService<ILogger<BrpRegister>>())
            : new TestPersons(s.GetRequiredService<DemoSet>().Persons));
    }
}
