using Loket.Domain.Terms;
using Loket.Web.Features.Chain;
using Loket.Web.Features.People;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Data;

/// <summary>The screens about colleagues, the escalation log and the ladder, for the tests that look at every statement.</summary>
internal static class PeopleScreens
{
    public static async Task VisitAsync(IServiceProvider services, Actor supervisor, Actor colleague, long caseId)
    {
        var log = services.GetRequiredService<EscalationLogQuery>();
        await log.OfTeamsAsync(supervisor, null);
        Assert.NotNull(await log.OfCaseAsync(supervisor, caseId));
        await services.GetRequiredService<LadderQuery>().LoadAsync(supervisor, FormState.Empty);
        Assert.NotNull(await services.GetRequiredService<AbsenceQuery>().LoadAsync(supervisor, colleague.Id, FormState.Empty));
        var preview = await services.GetRequiredService<SpreadQuery>().LoadAsync(supervisor, colleague.Id, null, FormState.Empty);
        Assert.NotNull(preview);
        var rows = preview.Items.Where(i => i.Kind != "chain").Take(5).Select(i => new SpreadRow(i.Id, null, i.To!.Value));
        Assert.Null((await services.GetRequiredService<Spread>().RunAsync(supervisor, colleague.Id, new SpreadForm([.. rows]), null)).Refusal);
    }

    public static async Task AwayAsync(IServiceProvider services, Actor person)
    {
        var today = AmsterdamTime.DateOf(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        Assert.Null((await services.GetRequiredService<Absences>().SetAsync(person, person.Id, new AbsenceForm(today, today, null), null)).Refusal);
        await services.GetRequiredService<StartAbsences>().RunAsync(default);
    }
}
