using System.Globalization;
using Loket.Domain;
using Loket.Domain.Retention;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Retention;

/// <summary><paramref name="Approved"/>: by both now; the job carries it out.</summary>
public sealed record DestructionApproved(string DestructionId, bool Approved);

/// <summary>One of two people of the case's organisation, or of the one that goes on with its work, approves its destruction.</summary>
public sealed class ApproveDestruction(Db db)
{
    public Task<Outcome<DestructionApproved>> RunAsync(Actor actor, long id, string? key) =>
        db.WriteAsync<DestructionApproved>(Command.Of(actor.Id, "destruction-approve", key, new { id }), unit =>
        {
            if (unit.Find<Row>(Select, new { id, actor.OrganisationCode }) is not { } row)
            {
                return new Refusal("destruction-unknown");
            }

            Destructions.Hold(unit, row.CaseId);
            if (row.State != "proposed")
            {
                return new Refusal("destruction-over");
            }

            if (LegalHolds.IsHeld(unit, row.CaseId))
            {
                return new Refusal("destruction-held");
            }

            actor.RequireHere(unit);
            var hasOfficer = unit.Scalar<long>(
                "SELECT COUNT(*) FROM professional WHERE organisation_code = @OrganisationCode AND active = 1 AND privacy_officer = 1", new { actor.OrganisationCode }) > 0;
            var given = Approval.Give(row.First, new Approver(actor.Id, actor.PrivacyOfficer, actor.Supervisor), hasOfficer);
            if (given.Refusal is { } no)
            {
                return no;
            }

            unit.ExecuteGuarded(
                given.Value
                    ? "UPDATE destruction SET state = 'approved', second_by = @by, second_at = @Now, version = version + 1 WHERE id = @Id AND version = @Version"
                    : "UPDATE destruction SET first_by = @by, first_at = @Now, version = version + 1 WHERE id = @Id AND version = @Version",
                new { by = actor.Id, unit.Now, row.Id, row.Version });
            unit.Append(new Entry(row.CaseId, "destruction_approved", row.Id, actor.Id, actor.OrganisationCode, new { }));
            return new DestructionApproved(row.Id.ToString(CultureInfo.InvariantCulture), given.Value);
        });

    // Who approved first counts as what they are now.
    private const string Select = $"""
        SELECT d.id, d.case_id, d.state, d.first_by, p.privacy_officer AS first_officer, p.supervisor AS first_supervisor, d.version
        FROM destruction d LEFT JOIN professional p ON p.id = d.first_by WHERE d.id = @id AND (d.organisation_code = @OrganisationCode OR d.organisation_code IN {Actor.PastCodes})
        """;

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public string State { get; init; } = "";

        public long? FirstBy { get; init; }

        public bool? FirstOfficer { get; init; }

        public bool? FirstSupervisor { get; init; }

        public int Version { get; init; }

        public Approver? First => FirstBy is { } by ? new Approver(by, FirstOfficer == true, FirstSupervisor == true) : null;
    }
}
