using Loket.Web.Data;
using Loket.Web.Jobs;

namespace Loket.Web.Features.Voice;

/// <summary>Signals hold network addresses of professionals: after a minute nobody needs them and they are deleted.</summary>
public sealed class ForgetSignals(Db db) : IJob
{
    public async Task RunAsync(CancellationToken ct) =>
        await db.WriteAsync<int>(unit => unit.Execute("DELETE FROM voice_signal WHERE at < @before", new { before = unit.Now.AddMinutes(-1) }));
}
