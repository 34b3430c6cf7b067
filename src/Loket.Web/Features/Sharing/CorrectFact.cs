using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Steps;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

public sealed record FactCorrected(string FactId, int Version);

/// <summary>What the fact says now, where that comes from and why it was put right; <paramref name="Version"/> as it was shown.</summary>
public sealed record CorrectFactForm(long? Fact, string? Value, string? Source, string? Why, int Version, string? Until = null);

/// <summary>
/// Puts a fact of the own organisation right. What it said before stays in its history; every line that was ever given it is
/// told, and sees the new value as far as it is still given (AVG art. 16 and 19).
/// </summary>
public sealed class CorrectFact(Db db, FactKinds kinds)
{
    public const int LongestWhy = 300;

    public Task<Outcome<FactCorrected>> RunAsync(Actor actor, long caseId, CorrectFactForm form, string? key) =>
        db.WriteAsync<FactCorrected>(Command.Of(actor.Id, "fact-correct", key, new { caseId, form }), unit =>
        {
            CaseAccess.RequireWork(unit, actor, caseId);
            if (OwnFact.Find(unit, actor, caseId, form.Fact) is not { } fact)
            {
                return new Refusal("fact-unknown");
            }

            var until = kinds.Until(fact.Kind, form.Until, unit.Now);
            if (Check(fact, form) is { } no)
            {
                return no;
            }

            if (!until.IsOk)
            {
                return until.Refusal!;
            }

            if (fact.Value == form.Value!.Trim())
            {
                return new Refusal("fact-same");
            }

            var personal = PersonalValues.Add(unit, caseId, actor.OrganisationCode, form.Value.Trim());
            if (unit.Execute(
                """
                UPDATE fact SET personal_id = @personal, source = @source, valid_until = @until, recorded_by = @Id, recorded_at = @Now, version = version + 1
                WHERE id = @fact AND version = @Version
                """,
                new { personal, source = form.Source!.Trim(), until = until.Value, actor.Id, unit.Now, fact = fact.Id, form.Version }) == 0)
            {
                return new Refusal("stale");
            }

            // Whoever is called by this fact has another name from now on.
            unit.Execute("UPDATE party SET name_id = @personal WHERE id = (SELECT c.party_id FROM case_file c WHERE c.id = @caseId) AND name_id = @PersonalId", new { personal, caseId, fact.PersonalId });
            Change(unit, actor, caseId, fact, form.Why!, "fact_corrected", personal);
            return new FactCorrected(fact.Id.ToString(CultureInfo.InvariantCulture), fact.Version + 1);
        });

    /// <summary>Keeps what the fact said and why it says that no longer, tells the lines, and writes it down as <paramref name="kind"/>.</summary>
    internal static void Change(Unit unit, Actor actor, long caseId, OwnFact was, string why, string kind, long? personal)
    {
        var reason = PersonalValues.Add(unit, caseId, actor.OrganisationCode, why.Trim());
        var correction = unit.NewId();
        unit.Execute(
            """
            INSERT INTO fact_correction (id, fact_id, case_id, was_id, was_source, was_recorded_by, was_recorded_at, why_id, corrected_by, corrected_at)
            VALUES (@correction, @fact, @caseId, @PersonalId, @Source, @RecordedBy, @RecordedAt, @reason, @actor, @Now)
            """,
            new { correction, fact = was.Id, caseId, was.PersonalId, was.Source, was.RecordedBy, was.RecordedAt, reason, actor = actor.Id, unit.Now });
        var lines = Tell(unit, caseId, was.Id, correction);
        unit.Append(new Entry(caseId, kind, was.Id, actor.Id, actor.OrganisationCode, new
        {
            kind = was.Kind, lines, notify = Notify.Ids([.. lines.SelectMany(line => AskStep.Members(unit, line))]),
        }, personal));
        unit.Append(new Entry(caseId, Facts.Reason, was.Id, actor.Id, actor.OrganisationCode, new { kind = was.Kind }, reason));
        Facts.Changed(unit, caseId, was.Kind);
    }

    /// <summary>What has a way of its own to change: the number, sealed with the party (here stands its tail), and who acts for the citizen.</summary>
    internal static bool Stays(string kind) => kind is "bsn" or Authorities.NameFact or Authorities.ContactFact;

    private static Refusal? Check(OwnFact fact, CorrectFactForm form)
    {
        if (Stays(fact.Kind))
        {
            return TakeOutFact.No(fact.Kind);
        }

        return Facts.Check(new FactForm(fact.Label, form.Value, form.Source, fact.Kind)).FirstOrDefault()?.Refusal
            ?? (string.IsNullOrWhiteSpace(form.Why) ? new Refusal("fact-correct-why-missing") : FreeText.Check(LongestWhy, form.Why));
    }

    // Also who has it no longer: they may have acted on it.
    private static List<string> Tell(Unit unit, long caseId, long fact, long correction)
    {
        var lines = unit.Query<string>("SELECT DISTINCT line_code FROM disclosure WHERE fact_id = @fact ORDER BY line_code", new { fact });
        foreach (var line in lines)
        {
            unit.Execute(
                "INSERT INTO fact_notice (id, correction_id, fact_id, case_id, line_code, told_at) VALUES (@id, @correction, @fact, @caseId, @line, @Now)",
                new { id = unit.NewId(), correction, fact, caseId, line, unit.Now });
        }

        return lines;
    }
}
