using Loket.Web.Features.Documents;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Shared;
using Loket.Web.Jobs;
using Loket.Web.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loket.Web.Tests.Data;

/// <summary>Somebody who acts for a citizen, whose authority lapses, and documents, among thousands of cases.</summary>
public sealed partial class QueryPlanTests
{
    private sealed partial class Scene
    {
        public async Task OnBehalfAsync()
        {
            var form = new AuthorityForm("mandate", "Bureau Helpt", "030 1234567", "signed_mandate", "Gezien", new DateOnly(2020, 1, 1), new DateOnly(2020, 1, 2));
            var about = Support.Given.Id((await The<Features.Cases.OpenCase>().RunAsync(desk, new Features.Cases.OpenCaseForm("Vraag", "person", "debts", "gm0344"), null)).Value.CaseId);
            Assert.Null((await The<Authorities>().RecordAsync(desk, about, form, null)).Refusal);
            Assert.NotNull((await The<RepresentationQuery>().BannerAsync(desk, about))?.Current);
            Assert.NotNull(await The<RepresentationQuery>().LoadAsync(desk, about, FormState.Empty));
            _ = await The<RepresentationQuery>().CaseOfHandoffAsync(handoffId);
            _ = await The<RepresentationQuery>().CaseOfCallbackAsync(handoffId);
            await The<HoldLapsed>().RunAsync(default);
            Assert.Null((await The<Authorities>().RecordAsync(desk, about, form with { Until = null }, null)).Refusal);
            Assert.Null((await The<Authorities>().RevokeAsync(desk, about, null)).Refusal);
            Assert.Null((await The<Authorities>().EndAsync(desk, about, null)).Refusal);
            var kept = await The<KeepDocuments>().RunAsync(desk, about, "income", [new SentFile("brief.txt", "Beste"u8.ToArray())], null);
            Assert.True((await The<DocumentQuery>().LoadAsync(desk, Support.Given.Id(kept.Value.DocumentIds[0]))).IsOk);
            await World.ExecuteAsync("UPDATE document SET key_version = 0, state = 'waiting', next_scan_at = @now", new { now = World.Clock.UtcNow });
            var scanned = new DocumentOptions { Scanner = "true" };
            await new ScanDocuments(Db, The<KeyRing>(), new Scanner(scanned, The<IHttpClientFactory>(), NullLogger<Scanner>.Instance), scanned, The<SetAside>()).RunAsync(default);
            await The<RenewDocuments>().RunAsync(default);
            Assert.Equal("clean", await World.ScalarAsync<string>("SELECT state FROM document"));
        }
    }
}
