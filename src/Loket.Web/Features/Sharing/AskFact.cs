using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

public sealed record FactAsked(string AskId);

/// <summary>The kind of fact a line needs, and what for.</summary>
public sealed record AskFactForm(string? Kind, string? Why);

/// <summary>A line asks for one more kind of fact; who decides about the case gives it or not.</summary>
public sealed class AskFact(Db db, SharingRules sharing)
{
    public const int LongestWhy = 300;

    public Task<Outcome<FactAsked>> AskAsync(Actor actor, long caseId, AskFactForm form, string? key) =>
        db.WriteAsync<FactAsked>(Command.Of(actor.Id, "fact-ask", key, new { caseId, form }), unit =>
        {
            var access = CaseAccess.RequireWork(unit, actor, caseId);
            if (string.IsNullOrWhiteSpace(form.Why))
            {
                return new Refusal("fact-ask-why-missing");
            }

            if (FreeText.Check(LongestWhy, form.Why) is { } no)
            {
                return no;
            }

            var line = OwnLine.Find(unit, actor, caseId);
            if (line is null || sharing.ForTopic(line.Topic, RulesOff.Of(unit, access.OwnerOrganisation))?.Allows(form.Kind ?? "") != true)
            {
                return new Refusal(line is null ? "line-not-in-case" : "fact-no-rule");
            }

            if (unit.Scalar<long>("SELECT COUNT(*) FROM fact_ask WHERE case_id = @caseId AND line_code = @Code AND kind = @Kind AND state = 'asked'", new { caseId, line.Code, form.Kind }) > 0)
            {
                return new Refusal("fact-asked-already");
            }

            // Why it is needed is always said; that it was known already stands beside it.
            var again = KnownFacts.Has(unit, actor, caseId, form.Kind);
            var id = unit.NewId();
            var why = PersonalValues.Add(unit, caseId, actor.OrganisationCode, form.Why.Trim());
            unit.Execute(
                """
                INSERT INTO fact_ask (id, case_id, line_code, kind, why_id, asked_by, asked_at, state, version)
                VALUES (@id, @caseId, @Code, @Kind, @why, @actor, @Now, 'asked', 1)
                """,
                new { id, caseId, line.Code, form.Kind, why, actor = actor.Id, unit.Now });
            var owner = unit.Scalar<long>("SELECT owner_id FROM case_file WHERE id = @caseId", new { caseId });
            unit.Append(new Entry(caseId, "fact_asked", id, actor.Id, actor.OrganisationCode, new { line = line.Code, kind = form.Kind, again, notify = Notify.Ids(owner) }, why));
            return new FactAsked(id.ToString(CultureInfo.InvariantCulture));
        });

    public Task<Outcome<FactAsked>> RefuseAsync(Actor actor, long caseId, long? ask, string? key) =>
        db.WriteAsync<FactAsked>(Command.Of(actor.Id, "fact-ask-refuse", key, new { caseId, ask }), unit =>
        {
            CaseAccess.RequireEdit(unit, actor, caseId);
            var row = unit.Find<AskRow>("SELECT line_code, kind, asked_by FROM fact_ask WHERE id = @ask AND case_id = @caseId AND state = 'asked'", new { ask, caseId });
            if (row is null)
            {
                return new Refusal("fact-ask-over");
            }

            unit.ExecuteGuarded(
                "UPDATE fact_ask SET state = 'refused', answered_by = @Id, answered_at = @Now, version = version + 1 WHERE id = @ask AND state = 'asked'", new { actor.Id, unit.Now, ask });
            unit.Append(new Entry(caseId, "fact_refused", ask!.Value, actor.Id, actor.OrganisationCode, new { line = row.LineCode, kind = row.Kind, notify = Notify.Ids(row.AskedBy) }));
            return new FactAsked(ask.Value.ToString(CultureInfo.InvariantCulture));
        });

    private sealed class AskRow
    {
        public string LineCode { get; init; } = "";

        public string Kind { get; init; } = "";

        public long AskedBy { get; init; }
    }
}
