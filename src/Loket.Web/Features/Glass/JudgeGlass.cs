using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.People;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Glass;

public sealed record JudgeForm(bool? Justified, string? Remark);

public sealed record GlassJudged(string GlassId);

/// <summary>
/// A supervisor judges afterwards whether it was right to break the glass, by name and with a remark; once, and never
/// their own.
/// </summary>
public sealed class JudgeGlass(Db db)
{
    public Task<Outcome<GlassJudged>> RunAsync(Actor actor, long id, JudgeForm form, string? key) =>
        db.WriteAsync<GlassJudged>(Command.Of(actor.Id, "glass-judge", key, new { id, form }), unit =>
        {
            var row = unit.Find<Row>("SELECT id, case_id, professional_id, supervisor_id, reviewed_by, version FROM broken_glass WHERE id = @id", new { id });
            if (row is null || row.ProfessionalId == actor.Id || !(row.SupervisorId == actor.Id || Lead.Leads(unit, actor, row.ProfessionalId)))
            {
                return new Refusal("glass-unknown");
            }

            if (row.ReviewedBy is not null)
            {
                return new Refusal("glass-judged");
            }

            if (form.Justified is null)
            {
                return new Refusal("glass-judgement-missing");
            }

            if (string.IsNullOrWhiteSpace(form.Remark))
            {
                return new Refusal("glass-remark-missing");
            }

            if (FreeText.Check(BreakGlass.LongestText, form.Remark) is { } no)
            {
                return no;
            }

            unit.ExecuteGuarded(
                """
                UPDATE broken_glass SET reviewed_by = @person, reviewed_at = @Now, justified = @justified, remark = @remark, version = version + 1
                WHERE id = @Id AND version = @Version
                """,
                new { person = actor.Id, unit.Now, justified = form.Justified.Value ? 1 : 0, remark = form.Remark.Trim(), row.Id, row.Version });
            unit.Append(new Entry(
                row.CaseId, "glass_judged", row.Id, actor.Id, actor.OrganisationCode,
                new { what = form.Justified.Value ? "justified" : "not_justified", notify = Notify.Ids(row.ProfessionalId, row.SupervisorId) }));
            return new GlassJudged(BreakGlass.Text(row.Id));
        });

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public long ProfessionalId { get; init; }

        public long SupervisorId { get; init; }

        public long? ReviewedBy { get; init; }

        public int Version { get; init; }
    }
}
