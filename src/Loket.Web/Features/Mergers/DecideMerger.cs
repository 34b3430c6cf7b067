using System.Globalization;
using Loket.Domain;
using Loket.Domain.Mergers;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Mergers;

/// <summary>
/// Confirms a merger or split, takes that back, or withdraws it. Confirming is refused while anything would be left with
/// nobody; the same is looked at again when its day begins.
/// </summary>
public sealed class DecideMerger(Db db)
{
    public Task<Outcome<MergerSaved>> ConfirmAsync(Actor actor, long id, string? key) => DecideAsync(actor, id, MergerAction.Confirm, key);

    public Task<Outcome<MergerSaved>> ReopenAsync(Actor actor, long id, string? key) => DecideAsync(actor, id, MergerAction.Reopen, key);

    public Task<Outcome<MergerSaved>> WithdrawAsync(Actor actor, long id, string? key) => DecideAsync(actor, id, MergerAction.Withdraw, key);

    private Task<Outcome<MergerSaved>> DecideAsync(Actor actor, long id, MergerAction action, string? key) =>
        db.WriteAsync<MergerSaved>(Command.Of(actor.Id, $"merger-{Code.Of(action)}", key, new { id }), unit =>
        {
            var merger = StoredMerger.Get(unit, id);
            var next = merger.Next(action);
            if (action == MergerAction.Confirm && WhyNot(unit, merger) is { } no)
            {
                return no;
            }

            var confirms = action == MergerAction.Confirm;
            unit.ExecuteGuarded(
                """
                UPDATE merger SET state = @next, apply_at = @applyAt, held_at = NULL, confirmed_by = @by, confirmed_at = @at, version = version + 1
                WHERE id = @Id AND version = @Version
                """,
                new { next, applyAt = confirms ? merger.Midnight : (DateTime?)null, by = confirms ? actor.Id : (long?)null, at = confirms ? unit.Now : (DateTime?)null, merger.Id, merger.Version });
            return new MergerSaved(id.ToString(CultureInfo.InvariantCulture));
        });

    private static Refusal? WhyNot(Unit unit, StoredMerger merger)
    {
        if (MergerRules.CheckDay(merger.On, AmsterdamTime.DateOf(unit.Now)) is { } past)
        {
            return past;
        }

        // A body cannot end twice, nor go on with anything once it has been said to end.
        var elsewhere = unit.Find<string>(
            """
            SELECT MIN(o.organisation_code) FROM merger_body b
            JOIN merger_body o ON o.merger_id <> b.merger_id AND (o.organisation_code IN (b.organisation_code, b.successor_code) OR o.successor_code = b.organisation_code)
            JOIN merger g ON g.id = o.merger_id AND g.state = 'confirmed' WHERE b.merger_id = @Id
            """,
            new { merger.Id });
        if (elsewhere is not null)
        {
            return new Refusal("merger-body-elsewhere", elsewhere);
        }

        var plan = MergerPlan.Load(unit, merger.Id);
        return plan.NothingMoves is { } still ? new Refusal("merger-nothing-moves", still) : WhyHeld(plan);
    }

    /// <summary>Why this cannot be carried out; null when everything has a successor.</summary>
    public static Refusal? WhyHeld(MergerPlan plan) =>
        plan.Bodies.FirstOrDefault(b => b.ValidUntil is not null || b.SuccessorUntil is not null) is { } ended
            ? new Refusal("merger-body-unknown", ended.ValidUntil is null ? ended.SuccessorCode : ended.OrganisationCode)
            : plan.Gaps.Count > 0 ? new Refusal("merger-left-with-nobody", string.Join(", ", plan.Gaps.Select(g => g.Code))) : null;
}
