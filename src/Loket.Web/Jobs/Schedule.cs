using Loket.Web.Access;
using Loket.Web.Features.Bottlenecks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Documents;
using Loket.Web.Features.Drafts;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Mergers;
using Loket.Web.Features.Partners;
using Loket.Web.Features.People;
using Loket.Web.Features.Proactive;
using Loket.Web.Features.Reports;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Retention;
using Loket.Web.Features.Rota;
using Loket.Web.Features.SignIn;
using Loket.Web.Features.Upkeep;
using Loket.Web.Features.Voice;
using Loket.Web.Features.Wall;
using Loket.Web.Journal;
using Loket.Web.Processing;

namespace Loket.Web.Jobs;

/// <summary>A plain piece of recurring work: an idempotent sweep, safe on several nodes at once.</summary>
public interface IJob
{
    Task RunAsync(CancellationToken ct);
}

/// <summary>One line of the schedule.</summary>
public sealed record Scheduled(string Name, Type Job, TimeSpan Every);

/// <summary>All recurring work of Loket, in one table. The embedded runner and the production host both execute this.</summary>
public static class Schedule
{
    public static readonly IReadOnlyList<Scheduled> All =
    [
        new("chase deadlines", typeof(ChaseDeadlines), TimeSpan.FromMilliseconds(250)),
        new("climb escalations", typeof(ClimbEscalations), TimeSpan.FromSeconds(10)),
        new("carry out mergers", typeof(ApplyMergers), TimeSpan.FromSeconds(1)),
        new("hold what lapsed", typeof(HoldLapsed), TimeSpan.FromSeconds(30)),
        new("start absences", typeof(StartAbsences), TimeSpan.FromSeconds(10)),
        new("take the duty", typeof(Duty), TimeSpan.FromSeconds(30)),
        new("keep the board", typeof(KeepBoard), TimeSpan.FromSeconds(1)),
        new("keep the statistics", typeof(KeepStatistics), TimeSpan.FromSeconds(10)),
        new("keep the bottlenecks", typeof(KeepBottlenecks), TimeSpan.FromSeconds(5)),
        new("keep the wall", typeof(KeepWall), TimeSpan.FromSeconds(1)),
        new("keep the waits of lines", typeof(KeepWaits), TimeSpan.FromSeconds(5)),
        new("anchor the journal", typeof(AnchorJournal), TimeSpan.FromMinutes(1)),
        new("export the processing log", typeof(ExportProcessing), TimeSpan.FromSeconds(5)),
        new("anchor the access log", typeof(AnchorAccess), TimeSpan.FromMinutes(1)),
        new("renew numbers after a change of keys", typeof(RenewNumbers), TimeSpan.FromSeconds(10)),
        new("renew documents after a change of keys", typeof(RenewDocuments), TimeSpan.FromSeconds(30)),
        new("scan documents", typeof(ScanDocuments), TimeSpan.FromSeconds(5)),
        new("forget voice signals", typeof(ForgetSignals), TimeSpan.FromMinutes(1)),
        new("count the national picture", typeof(CountNational), TimeSpan.FromHours(1)),
        new("forget old sign-ins", typeof(ForgetSignIns), TimeSpan.FromHours(1)),
        new("destroy proactive lists", typeof(DestroyLists), TimeSpan.FromHours(1)),
        new("propose destruction", typeof(ProposeDestruction), TimeSpan.FromHours(1)),
        new("destroy cases", typeof(DestroyCases), TimeSpan.FromHours(1)),
        new("erase what was taken out", typeof(EraseTakenOut), TimeSpan.FromHours(1)),
        new("forget links of partners that are over", typeof(ForgetLinks), TimeSpan.FromHours(1)),
        new("forget old drafts and keys", typeof(ForgetOldDrafts), TimeSpan.FromHours(1)),
    ];
}
