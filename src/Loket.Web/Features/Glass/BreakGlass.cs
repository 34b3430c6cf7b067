using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Glass;

public sealed record GlassForm(string? Number, string? Reason);

public sealed record GlassBroken(string GlassId, string CaseId, DateTime Until);

/// <summary>
/// Looking into a case of the own organisation without a part in it, when that cannot wait: for a reason and one hour
/// (ours). A supervisor who is somebody else hears of it at once and has to judge it. It gives nothing to change, and no
/// fact that another organisation did not give to this one.
/// </summary>
public sealed class BreakGlass(Db db)
{
    public const int LongestText = 300;
    public const int ShortestReason = 15;
    public static readonly TimeSpan For = TimeSpan.FromHours(1);

    /// <summary>What is not right in the form, by field.</summary>
    public static Refusal? Check(GlassForm form) => form.Reason?.Trim() is not { Length: >= ShortestReason } reason
        ? new Refusal("glass-reason-short", ShortestReason.ToString(CultureInfo.InvariantCulture))
        : FreeText.Check(LongestText, reason);

    public Task<Outcome<GlassBroken>> RunAsync(Actor actor, GlassForm form, string? key) =>
        db.WriteAsync<GlassBroken>(Command.Of(actor.Id, "glass-break", key, form), unit =>
        {
            if (Check(form) is { } no)
            {
                return no;
            }

            // The case is with this organisation: opened or owned there, or worked by somebody there.
            var found = actor.WorksCases
                ? unit.Find<long?>(
                    $"""
                    SELECT c.id FROM case_file c WHERE c.number = @number AND c.destroyed_at IS NULL AND (c.organisation_code = @OrganisationCode OR c.owner_organisation = @OrganisationCode
                      OR c.organisation_code IN {Actor.PastCodes} OR c.owner_organisation IN {Actor.PastCodes}
                      OR EXISTS (SELECT 1 FROM case_participant cp WHERE cp.case_id = c.id AND cp.until IS NULL AND cp.organisation_code = @OrganisationCode))
                    """,
                    new { number = form.Number?.Trim().ToUpperInvariant() ?? "", actor.OrganisationCode })
                : null;
            if (found is not { } caseId)
            {
                return new Refusal("glass-case-unknown");
            }

            if (CaseAccess.Find(unit, actor, caseId) is not null)
            {
                return new Refusal("glass-not-needed");
            }

            if (ReviewerOf(unit, actor) is not { } supervisor)
            {
                return new Refusal("glass-nobody-judges");
            }

            actor.RequireHere(unit);
            var (id, until) = (unit.NewId(), unit.Now + For);
            unit.Execute(
                """
                INSERT INTO broken_glass (id, case_id, professional_id, organisation_code, supervisor_id, reason, at, until, version)
                VALUES (@id, @caseId, @person, @OrganisationCode, @supervisor, @reason, @Now, @until, 1)
                """,
                new { id, caseId, person = actor.Id, actor.OrganisationCode, supervisor, reason = form.Reason!.Trim(), unit.Now, until });
            unit.Append(new Entry(caseId, "glass_broken", id, actor.Id, actor.OrganisationCode, new { until, notify = Notify.Ids(supervisor) }));
            return new GlassBroken(Text(id), Text(caseId), until);
        });

    private static long? ReviewerOf(Unit unit, Actor actor) => Reachable.SupervisorOf(unit, actor.Id) is var supervisor && supervisor != actor.Id
        ? supervisor
        : unit.Find<long?>(
            "SELECT MIN(id) FROM professional WHERE organisation_code = @OrganisationCode AND active = 1 AND supervisor = 1 AND id <> @Id", new { actor.OrganisationCode, actor.Id });

    internal static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
