using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Security;

namespace Loket.Web.Features.People;

/// <summary>
/// One row of the preview. <paramref name="Deadline"/> is a running date of the person: it goes to <paramref name="To"/> at
/// once. <paramref name="Case"/> is a chain the person owns: there <paramref name="To"/> is asked to own it.
/// </summary>
public sealed record SpreadRow(long? Deadline, long? Case, long To);

public sealed record SpreadForm(IReadOnlyList<SpreadRow>? Rows);

public sealed record SpreadDone(int Moved, int Asked);

/// <summary>
/// A supervisor spreads what a colleague has open over others, in one act: all rows of the preview, or none when one of
/// them is not the colleague's any more.
/// </summary>
public sealed class Spread(Db db, Ownership ownership)
{
    public const int MostRows = 500;

    public Task<Outcome<SpreadDone>> RunAsync(Actor actor, long fromId, SpreadForm form, string? key) =>
        db.WriteAsync<SpreadDone>(Command.Of(actor.Id, "obligations-spread", key, new { fromId, form }), unit =>
        {
            if (actor.Id == fromId || !Lead.Leads(unit, actor, fromId))
            {
                return new Refusal("professional-unknown");
            }

            var rows = form.Rows ?? [];
            if (rows.Count is 0 or > MostRows || rows.Any(row => row.Deadline is null == row.Case is null) || rows.DistinctBy(row => (row.Deadline, row.Case)).Count() < rows.Count)
            {
                return new Refusal(rows.Count == 0 ? "spread-nothing" : "spread-rows");
            }

            var colleagues = new Dictionary<long, Actor>();
            foreach (var id in rows.Select(row => row.To).Distinct().Order())
            {
                if (Actor.Load(unit, id) is not { } colleague || colleague.OrganisationCode != actor.OrganisationCode || !colleague.WorksCases || id == fromId
                    || Absences.IsAway(unit, id) || !Actor.Hold(unit, id))
                {
                    return new Refusal("spread-colleague");
                }

                colleagues[id] = colleague;
            }

            // All rows are looked at before the answer, so that it names every one that changed meanwhile.
            var stale = new List<string>();
            foreach (var dates in rows.Where(row => row.Deadline is not null).GroupBy(row => row.To))
            {
                stale.AddRange(MoveDates(unit, actor, fromId, colleagues[dates.Key], [.. dates.Select(row => row.Deadline!.Value)]));
            }

            foreach (var row in rows.Where(row => row.Case is not null))
            {
                stale.AddRange(AskOwner(unit, actor, fromId, row.Case!.Value, row.To));
            }

            return stale.Count > 0
                ? new Refusal("spread-stale", string.Join(", ", stale.Distinct(StringComparer.Ordinal)))
                : new SpreadDone(rows.Count(row => row.Deadline is not null), rows.Count(row => row.Case is not null));
        });

    // A row of a deadline is replaced when its date changes and ends when it is met, so its id and its person say whether
    // the obligation is still the one that was shown.
    private static IEnumerable<string> MoveDates(Unit unit, Actor actor, long fromId, Actor to, List<long> dates) =>
        HandOver.Some(unit, actor, fromId, to, dates).Select(id => Name(unit, actor, unit.Find<long?>("SELECT case_id FROM deadline WHERE id = @id", new { id })));

    private IEnumerable<string> AskOwner(Unit unit, Actor actor, long fromId, long caseId, long to) =>
        unit.Scalar<long>("SELECT COUNT(*) FROM case_file WHERE id = @caseId AND owner_id = @fromId AND state = 'open'", new { caseId, fromId }) == 1
            && ownership.Ask(unit, actor, caseId, to).IsOk
            ? []
            : [Name(unit, actor, caseId)];

    // The number of the case, for who may know that it exists.
    private static string Name(Unit unit, Actor actor, long? caseId) => caseId is { } id && CaseAccess.Find(unit, actor, id) is not null
        ? unit.Scalar<string>("SELECT number FROM case_file WHERE id = @id", new { id })
        : "?";
}
