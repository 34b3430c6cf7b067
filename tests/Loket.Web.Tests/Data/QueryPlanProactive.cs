using Loket.Web.Features.Cases;
using Loket.Web.Features.Proactive;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Data;

/// <summary>Whom a rule finds among thousands of cases, and the letter to them.</summary>
public sealed partial class QueryPlanTests
{
    private sealed partial class Scene
    {
        public async Task ProactiveAsync()
        {
            using var scope = services.CreateScope();
            var proactive = scope.ServiceProvider.GetRequiredService<ProactiveQuery>();
            Assert.Null((await The<Facts>().AddAsync(desk, caseId, new FactForm(null, "2008-03-02", "citizen", "birth_date"), null)).Refusal);
            await World.ExecuteAsync("UPDATE case_file SET life_event = 'moving' WHERE id = @caseId", new { caseId });
            Assert.Equal(1, (await The<FindPeople>().RunAsync(supervisor, "turning-18", null)).Value.Added);
            Assert.Equal(1, (await The<FindPeople>().RunAsync(supervisor, "moved", null)).Value.Added);
            Assert.NotEmpty((await proactive.LoadAsync(supervisor)).Rules);
            var found = (await proactive.ListAsync(supervisor, "turning-18")).Value.Found;
            Assert.NotNull((await proactive.LetterAsync(supervisor, found[0].Id, null)).Value);
            await The<TellPerson>().SendAsync(supervisor, found[0].Id, english: false, null);
            Assert.Null((await The<TellPerson>().ObjectAsync(supervisor, found[0].Id, null)).Refusal);
            await The<DestroyLists>().RunAsync(default);
        }
    }
}
