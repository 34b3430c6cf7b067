using System.Text.RegularExpressions;
using Loket.Web.Features.Forwarding;
using Loket.Web.Features.Partners;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Steps;
using Loket.Web.Tests.Steps;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Data;

/// <summary>The screens and acts of a chain's steps, among thousands of them.</summary>
public sealed partial class QueryPlanTests
{
    private sealed partial class Scene
    {
        public async Task StepsAsync()
        {
            using var scope = services.CreateScope();
            Assert.NotNull(await scope.ServiceProvider.GetRequiredService<StepQuery>().OfCaseAsync(desk, caseId));
            var mine = scope.ServiceProvider.GetRequiredService<MyStepsQuery>();
            Assert.NotEmpty((await mine.LoadAsync(desk, FormState.Empty)).Steps);
            var asks = (await mine.LoadAsync(specialist, FormState.Empty)).Asks;
            Assert.NotEmpty(asks);
            await The<OutgoingQuery>().LoadAsync(desk);
            Assert.Null((await The<AskStep>().AcceptAsync(specialist, asks[0].Id, null)).Refusal);
            var step = await AddAsync(new StepForm("Beslissen", "gm0344", TermStart: "2026-02-02", Term: "P8W", Basis: "act"));
            var work = The<WorkStep>();
            await work.StartAsync(desk, step, new StartStepForm(), null);
            await work.AskCitizenAsync(desk, step, new AskCitizenForm("De akte", "2026-03-02", Suspends: true), null);
            await work.ResumeAsync(desk, step, null);
            await work.SuspendAsync(desk, step, new SuspendStepForm("consent"), null);
            await work.ResumeAsync(desk, step, null);
            await The<AskStep>().AskAsync(desk, step, new AskStepForm("gm0344-debts"), null);
            Assert.Null((await work.FinishAsync(desk, step, "Besloten", null)).Refusal);
            Assert.Null((await The<Forward>().CaseAsync(desk, caseId, new ForwardForm("zb000143-child-benefit", null, "desk"), null)).Refusal);
            var message = (await World.BodiesAsync()).Last(body => body.Contains("/p/", StringComparison.Ordinal));
            await The<AnswerLink>().OpenAsync(Regex.Match(message, "/p/([A-Za-z0-9_-]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value, "nee");
        }

        private async Task FillStepsAsync()
        {
            if (await World.ScalarAsync<long>("SELECT COUNT(*) FROM partner") == 0)
            {
                await World.The<PartnerRegister>().ImportDemoAsync(Features.Directory.ImportReference.Folder);
            }

            var first = await AddAsync(new StepForm("Gesprek", "gm0344", DueDay: "2026-03-02", Line: "gm0344-debts"));
            var partner = await AddAsync(new StepForm("Uitstel", Partner: 1, DueDay: "2026-03-02", Needs: [first.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
            var still = await AddAsync(new StepForm("Beslissen", "gm0344", TermStart: "2026-02-02", Term: "P8W", Basis: "act"));
            await World.The<WorkStep>().SuspendAsync(desk, still, new SuspendStepForm("consent"), null);
            var email = await World.ScalarAsync<long>("SELECT id FROM partner_channel WHERE partner_id = 1 AND kind = 'email'");
            Assert.Null((await World.The<AskPartner>().RunAsync(desk, partner, new AskPartnerForm("Kan dit later?", email), null)).Refusal);
        }

        private async Task<long> AddAsync(StepForm form)
        {
            var added = await World.The<AddSteps>().RunAsync(desk, caseId, form, null);
            Assert.Null(added.Refusal);
            return Given.Id(added.Value.StepIds[0]);
        }
    }
}
