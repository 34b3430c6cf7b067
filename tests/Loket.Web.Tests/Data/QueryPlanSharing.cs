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
            var administrator = await World.ActorAsync(await World.ScalarAsync<long>("SELECT MIN(id) FROM professional WHERE organisation_code = 'gm0344' AND organisation_administrator = 1"));
            await World.ExecuteAsync("UPDATE disclosure SET until = NULL");
            Assert.Null((await The<SwitchRule>().RunAsync(administrator, new SwitchRuleForm("wgs-8-1-body-to-debts", false, "Nee"), null)).Refusal);
            using (var rules = services.CreateScope())
            {
                var view = await rules.ServiceProvider.GetRequiredService<SharingRulesQuery>().LoadAsync(administrator, FormState.Empty);
                Assert.Contains(view.Rules, r => r.ToWithdraw.Count > 10);
            }

            Assert.Null((await The<SwitchRule>().WithdrawAsync(administrator, "wgs-8-1-body-to-debts", null)).Refusal);
            Assert.NotNull((await The<Consents>().RevokeAsync(desk, caseId, 1, null)).Refusal);
            using var scope = services.CreateScope();
            var told = await Db.ReadAsync(r => FactNotices.ToAsync(r, scope.ServiceProvider.GetRequiredService<Say>(), specialist));
            Assert.NotEmpty(told);
            Assert.Null((await The<FactNotices>().SeenAsync(specialist, told[0].CaseId, told[0].Id, null)).Refusal);
            Assert.NotNull((await The<CorrectFact>().RunAsync(desk, caseId, new CorrectFactForm(1, "Niets", "document", "Niets", 1), null)).Refusal);
        }
    }
}
