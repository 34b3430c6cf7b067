using Loket.Web.Features.Cases;
using Loket.Web.Features.Retention;
using Loket.Web.Features.Shared;

namespace Loket.Web.Tests.Data;

/// <summary>A case that is closed, held, proposed and destroyed among thousands.</summary>
public sealed partial class QueryPlanTests
{
    private sealed partial class Scene
    {
        public async Task RetentionAsync()
        {
            var old = Support.Given.Id((await The<OpenCase>().RunAsync(desk, new OpenCaseForm("Vraag", "person", "debts", "gm0344"), null)).Value.CaseId);
            Assert.Null((await The<CloseCase>().CloseAsync(desk, old, null)).Refusal);
            Assert.Null((await The<CloseCase>().ReopenAsync(desk, old, null)).Refusal);
            Assert.Null((await The<CloseCase>().CloseAsync(desk, old, null)).Refusal);
            var number = await World.ScalarAsync<string>("SELECT number FROM case_file WHERE id = @old", new { old });
            var hold = (await The<LegalHolds>().PlaceAsync(supervisor, new HoldForm(number, "Bezwaar"), null)).Value.HoldId;
            World.Clock.Advance(TimeSpan.FromDays(8 * 366));
            await The<ProposeDestruction>().RunAsync(default);
            var id = await World.ScalarAsync<long>("SELECT id FROM destruction WHERE case_id = @old", new { old });
            Assert.NotEmpty((await The<RetentionQuery>().LoadAsync(supervisor, FormState.Empty)).Holds);
            Assert.Null((await The<LegalHolds>().LiftAsync(supervisor, Support.Given.Id(hold), null)).Refusal);
            Assert.Null((await The<ApproveDestruction>().RunAsync(supervisor, id, null)).Refusal);
            await World.ExecuteAsync("UPDATE destruction SET state = 'approved' WHERE id = @id", new { id });
            await The<DestroyCases>().RunAsync(default);
            await The<DestroyCases>().ReplayAsync();
        }
    }
}
