using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Data;

/// <summary>Facts that are given and put right, and who is told, among thousands.</summary>
public sealed partial class QueryPlanTests
{
    private sealed partial class Scene
    {
        private async Task FillSharingAsync()
        {
            var name = await World.ScalarAsync<long>("SELECT id FROM fact WHERE case_id = @caseId AND kind = 'name'", new { caseId });
            Assert.Null((await World.The<ShareFact>().GiveAsync(desk, caseId, new ShareFactForm(name, "gm0344-debts"), null)).Refusal);
            Assert.Null((await World.The<CorrectFact>().RunAsync(desk, caseId, new CorrectFactForm(name, "G. de Groot", "document", "Paspoort", 1), null)).Refusal);
        }

        public async Task SharingAsync()
        {
            using var scope = services.CreateScope();
            var told = await Db.ReadAsync(r => FactNotices.ToAsync(r, scope.ServiceProvider.GetRequiredService<Say>(), specialist));
            Assert.NotEmpty(told);
            Assert.Null((await The<FactNotices>().SeenAsync(specialist, told[0].CaseId, told[0].Id, null)).Refusal);
            Assert.NotNull((await The<CorrectFact>().RunAsync(desk, caseId, new CorrectFactForm(1, "Niets", "document", "Niets", 1), null)).Refusal);
        }
    }
}
