using Loket.Web.Access;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Search;

namespace Loket.Web.Tests.Access;

public sealed class ShownCasesTests
{
    [Fact]
    public void An_answer_tells_which_cases_it_opens_and_which_it_only_names()
    {
        var view = new DeskView { Case = new DeskCase { Id = 7 }, Worklist = [new WorklistItem { CaseId = 7 }, new WorklistItem { CaseId = 8 }] };

        Assert.Equal([new ShownCase(7, true), new ShownCase(8, false)], ShownCases.In(view).OrderBy(c => c.CaseId));
        Assert.Equal([new ShownCase(9, false)], ShownCases.In(new SearchView { Cases = [new FoundCase { Id = 9 }] }));
        Assert.Empty(ShownCases.In(new DeskView()));
        Assert.Empty(ShownCases.In("7"));
    }
}
