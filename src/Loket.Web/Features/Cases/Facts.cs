using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

public sealed record FactAdded(string FactId);

/// <summary>
/// A fact: what it is called, its value, who or what it comes from, and its kind (decides with whom it may be shared).
/// <paramref name="Until"/>: its last day (yyyy-MM-dd), else as its kind has it. <paramref name="Again"/>: why it is asked although it is known.
/// </summary>
public sealed record FactForm(string? Label, string? Value, string? Source, string? Kind = null, string? Until = null, string? Again = null);

/// <summary>Facts: known once, with their source, so that nobody asks again.</summary>
public sealed class Facts(Db db, SharingRules sharing, FactKinds kinds)
{
    /// <summary>The entry that comes with a reason about a fact; the timeline does not show it.</summary>
    public const string Reason = "fact_reason";

    public const int LongestReason = 300;
    public const int LongestLabel = 120;
    public const int LongestValue = 500;
    /// <summary>A fact of no listed kind: it is known, and goes to nobody.</summary>
    public const string OtherKind = "other";
    public const string BirthDate = "birth_date";

    public Task<Outcome<FactAdded>> AddAsync(Actor actor, long caseId, FactForm form, string? key) =>
        db.WriteAsync<FactAdded>(Command.Of(actor.Id, "fact-add", key, new { caseId, form }), unit =>
        {
            CaseAccess.RequireWork(unit, actor, caseId);
            var error = Check(form).FirstOrDefault();
            if (error is not null)
            {
                return error.Refusal;
            }

            var kind = string.IsNullOrWhiteSpace(form.Kind) ? OtherKind : form.Kind;
            if (kind != OtherKind && !sharing.Kinds.Contains(kind))
            {
                return new Refusal("fact-kind-unknown");
            }

            var until = kinds.Until(kind, form.Until, unit.Now);
            if (!until.IsOk)
            {
                return until.Refusal!;
            }

            var known = KnownFacts.Has(unit, actor, caseId, kinds, kind, form);
            if (known && (string.IsNullOrWhiteSpace(form.Again) ? new Refusal("fact-known", $"fact-kind:{kind}") : FreeText.Check(LongestReason, form.Again)) is { } no)
            {
                return no;
            }

            var id = Add(unit, caseId, actor, kind, form.Label?.Trim() ?? "", form.Value!.Trim(), form.Source!.Trim(), until.Value);
            if (known)
            {
                var again = PersonalValues.Add(unit, caseId, actor.OrganisationCode, form.Again!.Trim());
                unit.Execute("UPDATE fact SET again_id = @again WHERE id = @id", new { again, id });
                unit.Append(new Entry(caseId, Reason, id, actor.Id, actor.OrganisationCode, new { kind, again = true }, again));
            }

            return new FactAdded(id.ToString(CultureInfo.InvariantCulture));
        });

    /// <summary>Every mistake, by field. A BSN does not belong in a fact: it has its own field, where it is sealed.</summary>
    public static IEnumerable<FieldError> Check(FactForm form)
    {
        // A listed kind names itself; anything else needs a name.
        var named = form.Kind is { Length: > 0 } and not OtherKind;
        if ((string.IsNullOrWhiteSpace(form.Label) && !named) || form.Label?.Length > LongestLabel)
        {
            yield return new("label", new Refusal("fact-label-missing"));
        }

        if (string.IsNullOrWhiteSpace(form.Value) || form.Value.Length > LongestValue)
        {
            yield return new("value", new Refusal("fact-value-missing"));
        }
        else if (LineQuestion.HasBsn($"{form.Label} {form.Value}"))
        {
            yield return new("value", new Refusal("fact-has-bsn"));
        }

        if (string.IsNullOrWhiteSpace(form.Source) || form.Source.Length > 120)
        {
            yield return new("source", new Refusal("fact-source-missing"));
        }
    }

    internal static long Add(Unit unit, long caseId, Actor actor, string kind, string label, string value, string source, string? until = null)
    {
        var id = unit.NewId();
        var personal = PersonalValues.Add(unit, caseId, actor.OrganisationCode, value);
        unit.Execute(
            """
            INSERT INTO fact (id, case_id, kind, label, personal_id, source, recorded_by, recorded_organisation, recorded_at, valid_until, version)
            VALUES (@id, @caseId, @kind, @label, @personal, @source, @person, @OrganisationCode, @Now, @until, 1)
            """,
            new { id, caseId, kind, label, personal, source, person = actor.Id, actor.OrganisationCode, unit.Now, until });
        unit.Append(new Entry(caseId, "fact_added", id, actor.Id, actor.OrganisationCode, new { kind }, personal));
        Changed(unit, caseId, kind);
        return id;
    }

    /// <summary>What follows from another fact of this kind: how long a parent acts for a child.</summary>
    internal static void Changed(Unit unit, long caseId, string kind)
    {
        if (kind == BirthDate)
        {
            Authorities.Reckon(unit, caseId);
        }
    }
}
