using Loket.Web.Features.Bottlenecks;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Shared;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Data;

/// <summary>The journey of a life event and the bottleneck register, among thousands of cases.</summary>
public sealed partial class QueryPlanTests
{
    private sealed partial class Scene
    {
        public async Task JourneysAsync()
        {
            using var scope = services.CreateScope();
            var form = new JourneyForm("starting_business", "2026-03-02", Steps: ["register"]);
            Assert.NotEmpty((await scope.ServiceProvider.GetRequiredService<JourneyQuery>().OfCaseAsync(desk, caseId, form))!.Steps);
            Assert.NotNull(await scope.ServiceProvider.GetRequiredService<LifeEventsQuery>().ShowAsync("moving", null, null, null, "gm0344", null));
            Assert.Null((await The<StartJourney>().RunAsync(desk, caseId, form, null)).Refusal);

            var raise = The<RaiseBottleneck>();
            var first = Given.Id((await raise.FromCaseAsync(desk, caseId, "De lijn is op maandag dicht", null)).Value.BottleneckId);
            var second = Given.Id((await raise.FromCaseAsync(desk, caseId, "Op maandag is er niemand", null)).Value.BottleneckId);
            await The<KeepBottlenecks>().RunAsync(CancellationToken.None);
            var register = scope.ServiceProvider.GetRequiredService<BottlenecksQuery>();
            Assert.NotNull((await register.LoadAsync(supervisor, closed: false)).All);
            Assert.NotNull(await register.ShowAsync(supervisor, first, FormState.Empty));
            Assert.Null((await The<WorkBottleneck>().MergeAsync(supervisor, first, second, null)).Refusal);
            Assert.Null((await The<WorkBottleneck>().AnswerAsync(supervisor, second, "Wij zijn er voortaan.", null)).Refusal);
            Assert.Null((await The<WorkBottleneck>().CloseAsync(supervisor, second, null)).Refusal);
        }
    }
}
