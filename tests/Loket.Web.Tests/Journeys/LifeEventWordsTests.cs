using Loket.Web.Features.Journeys;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Journeys;

public sealed class LifeEventWordsTests
{
    [Fact]
    public void Files_that_could_not_be_read_once_are_read_the_next_time()
    {
        using var folder = new TempFolder();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLoketCore(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Path", folder.Path)]).Build());
        var read = services.Last(service => service.ServiceType == typeof(LifeEvents)).ImplementationFactory!;
        var tries = 0;
        services.AddSingleton(s => tries++ == 0 ? throw new IOException("Busy") : (LifeEvents)read(s));
        using var node = services.BuildServiceProvider();

        var words = node.GetRequiredService<Lazy<LifeEvents>>();
        Assert.Throws<IOException>(() => words.Value);
        Assert.NotNull(words.Value);
    }
}
