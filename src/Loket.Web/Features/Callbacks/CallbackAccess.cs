using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Security;

namespace Loket.Web.Features.Callbacks;

/// <summary>Who sees and arranges a callback: who makes it, and who works its case. For anybody else it does not exist.</summary>
public static class CallbackAccess
{
    private const string Select = $"SELECT {StoredCallback.Columns} FROM callback c WHERE c.id = @callbackId";

    public static async Task<StoredCallback?> FindAsync(Reader r, Actor actor, long callbackId) =>
        await r.FindAsync<StoredCallback>(Select, new { callbackId }) is { } callback
        && (callback.ProfessionalId == actor.Id || (await CaseAccess.FindAsync(r, actor, callback.CaseId) is { MayWork: true } access && (await CaseScope.LoadAsync(r, actor, access)).Has(callbackId))) ? callback : null;

    /// <summary>The callback while it is to be made, or <c>callback-unknown</c>, <c>callback-over</c>.</summary>
    public static StoredCallback Require(Unit unit, Actor actor, long callbackId)
    {
        var callback = unit.Find<StoredCallback>(Select, new { callbackId });
        if (callback is null || (callback.ProfessionalId != actor.Id && !(CaseAccess.Find(unit, actor, callback.CaseId) is { MayWork: true } access && CaseScope.Load(unit, actor, access).Has(callbackId))))
        {
            throw new RefusedException(new Refusal("callback-unknown"));
        }

        return callback.IsOpen ? callback : throw new RefusedException(new Refusal("callback-over"));
    }
}
