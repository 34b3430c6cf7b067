using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Tests.Support;

/// <summary>The page of a case as one person sees it.</summary>
internal static class PageOfCase
{
    public static async Task<DeskView> PageAsync(this World world, Actor who, long caseId, string? tab = null) =>
        (await world.AskAsync<DeskQuery, DeskView?>(desk => desk.CaseAsync(who, caseId, tab, FormState.Empty)))!;

    public static async Task<DeskCase> ShownAsync(this World world, Actor who, long caseId) => (await world.PageAsync(who, caseId)).Case!;
}
