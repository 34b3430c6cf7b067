using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Retention;

public sealed record HoldForm(string? Number, string? Reason);

public sealed record HoldKept(string HoldId);

/// <summary>A case is not destroyed as long as it is held: for an objection, a court, an inquiry. Any case of the own organisation, open or closed.</summary>
public sealed class LegalHolds(Db db)
{
    public const int LongestReason = 300;

    public Task<Outcome<HoldKept>> PlaceAsync(Actor actor, HoldForm form, string? key) =>
        db.WriteAsync<HoldKept>(Command.Of(actor.Id, "hold-place", key, form), unit =>
        {
            if (string.IsNullOrWhiteSpace(form.Reason))
            {
                return new Refusal("hold-reason-missing");
            }

            if (FreeText.Check(LongestReason, form.Reason) is { } no)
            {
                return no;
            }

            if (unit.Find<long?>(
                $"SELECT id FROM case_file WHERE number = @number AND (organisation_code = @OrganisationCode OR organisation_code IN {Actor.PastCodes}) AND destroyed_at IS NULL",
                new { number = form.Number?.Trim().ToUpperInvariant() ?? "", actor.OrganisationCode }) is not { } caseId)
            {
                return new Refusal("hold-case-unknown");
            }

            Destructions.Hold(unit, caseId);
            if (Destructions.HasBegun(unit, caseId))
            {
                return new Refusal("destruction-under-way");
            }

            if (IsHeld(unit, caseId))
            {
                return new Refusal("hold-there");
            }

            actor.RequireHere(unit);
            var id = unit.NewId();
            unit.Execute(
                """
                INSERT INTO legal_hold (id, case_id, organisation_code, reason, placed_by, placed_at, version)
                VALUES (@id, @caseId, @OrganisationCode, @reason, @by, @Now, 1)
                """,
                new { id, caseId, actor.OrganisationCode, reason = form.Reason.Trim(), by = actor.Id, unit.Now });
            unit.Append(new Entry(caseId, "hold_placed", id, actor.Id, actor.OrganisationCode, new { }));
            return new HoldKept(id.ToString(CultureInfo.InvariantCulture));
        });

    public Task<Outcome<HoldKept>> LiftAsync(Actor actor, long id, string? key) =>
        db.WriteAsync<HoldKept>(Command.Of(actor.Id, "hold-lift", key, new { id }), unit =>
        {
            if (unit.Find<Row>($"SELECT case_id, lifted_at, version FROM legal_hold WHERE id = @id AND (organisation_code = @OrganisationCode OR organisation_code IN {Actor.PastCodes})", new { id, actor.OrganisationCode }) is not { } row)
            {
                return new Refusal("hold-unknown");
            }

            if (row.LiftedAt is not null)
            {
                return new Refusal("hold-over");
            }

            unit.ExecuteGuarded(
                "UPDATE legal_hold SET lifted_by = @by, lifted_at = @Now, version = version + 1 WHERE id = @id AND version = @Version",
                new { by = actor.Id, unit.Now, id, row.Version });
            unit.Append(new Entry(row.CaseId, "hold_lifted", id, actor.Id, actor.OrganisationCode, new { }));
            return new HoldKept(id.ToString(CultureInfo.InvariantCulture));
        });

    internal static bool IsHeld(Unit unit, long caseId) =>
        unit.Scalar<long>("SELECT COUNT(*) FROM legal_hold WHERE case_id = @caseId AND lifted_at IS NULL", new { caseId }) > 0;

    private sealed class Row
    {
        public long CaseId { get; init; }

        public DateTime? LiftedAt { get; init; }

        public int Version { get; init; }
    }
}
