using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Jobs;

namespace Loket.Web.Features.Proactive;

/// <summary>Destroys whom a rule found once the retention period of that list is over. Objections stay.</summary>
public sealed class DestroyLists(Db db) : IJob
{
    public Task RunAsync(CancellationToken ct) => db.WriteAsync<int>(unit => unit.Execute(
        "DELETE FROM proactive_person WHERE state IN ('found', 'sent') AND destroy_on < @today", new { today = Dates.Machine(AmsterdamTime.DateOf(unit.Now)) }));
}
