using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Domain.Representation;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Representation;

/// <summary>
/// Who acts for the citizen, by what (<see cref="AuthorityKind"/>), and what was seen of it (<see cref="AuthorityEvidence"/>).
/// Without <paramref name="Topics"/> or <paramref name="Acts"/>: all that the kind covers. <paramref name="Born"/>: the child's day
/// of birth, where the case does not know it yet. <paramref name="Partner"/>: the register's partner who it is, so that links and letters can go there.
/// </summary>
public sealed record AuthorityForm(
    string? Kind, string? Name, string? Contact = null, string? Evidence = null, string? EvidenceNote = null, DateOnly? From = null, DateOnly? Until = null,
    IReadOnlyList<string?>? Topics = null, IReadOnlyList<string?>? Acts = null, DateOnly? Born = null, long? Partner = null)
{
    /// <summary>Nobody was chosen: the citizen speaks.</summary>
    internal bool IsEmpty => string.IsNullOrWhiteSpace(Kind) && string.IsNullOrWhiteSpace(Name);
}

public sealed record AuthorityKept(string CaseId);

/// <summary>An authority is recorded, revoked, or over because the citizen speaks again; by who decides about the case.</summary>
public sealed class Authorities(Db db, HoldLapsed hold)
{
    public const int LongestNote = 300;

    /// <summary>The kinds of fact that hold who represents, and where they can be reached.</summary>
    public const string NameFact = "capacity_representation";
    public const string ContactFact = "representative_contact";

    /// <summary>Records who acts from now on, instead of who did.</summary>
    public Task<Outcome<AuthorityKept>> RecordAsync(Actor actor, long caseId, AuthorityForm form, string? key) =>
        db.WriteAsync<AuthorityKept>(Command.Of(actor.Id, "authority-record", key, new { caseId, form }), unit =>
        {
            CaseAccess.RequireEdit(unit, actor, caseId);
            return Record(unit, actor, caseId, form) is { } no ? no : Kept(caseId);
        });

    /// <summary>Records it inside the unit that needs it; who may is decided there. The reason when it cannot be.</summary>
    internal static Refusal? Record(Unit unit, Actor actor, long caseId, AuthorityForm form)
    {
        var read = Read(form, AmsterdamTime.DateOf(unit.Now));
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var rule = read.Value;
        var about = unit.Find<AboutRow>(
            $"""
            SELECT p.kind, {StoredAuthority.LastBirthDate} AS birth_date
            FROM case_file c JOIN party p ON p.id = c.party_id WHERE c.id = @caseId
            """,
            new { caseId })!;
        var born = StoredAuthority.BirthDay(about.BirthDate) ?? form.Born;
        if (rule.CheckRecord(Code.Parse<PartyKind>(about.Kind), born) is { } no)
        {
            return no;
        }

        if (form.Partner is not null && unit.Scalar<long>("SELECT COUNT(*) FROM partner WHERE id = @Partner AND active = 1", new { form.Partner }) == 0)
        {
            return new Refusal("partner-unknown");
        }

        if (StoredAuthority.BirthDay(about.BirthDate) is null && form.Born is { } told && rule.Kind == AuthorityKind.ParentalAuthority)
        {
            Facts.Add(unit, caseId, actor, Facts.BirthDate, "", Dates.Machine(told), "citizen");
        }

        var before = StoredAuthority.Find(unit, caseId);
        Over(unit, before, "replaced", form.Partner);
        var ends = LastDay(rule, born);
        var (id, note) = (unit.NewId(), Blank(form.EvidenceNote) is { } text ? PersonalValues.Add(unit, caseId, actor.OrganisationCode, text) : (long?)null);
        unit.Execute(
            """
            INSERT INTO representation (id, case_id, organisation_code, kind, topics, acts, from_day, until_day, ends_on, evidence, evidence_note_id, name_fact_id, contact_fact_id, partner_id,
                                        recorded_by, recorded_at, state, version)
            VALUES (@id, @caseId, @OrganisationCode, @Kind, @topics, @acts, @from, @until, @ends, @Evidence, @note, @name, @contact, @Partner, @actor, @Now, 'current', 1)
            """,
            new
            {
                id, caseId, actor.OrganisationCode, form.Kind, topics = Codes(rule.Topics), acts = Codes(rule.Acts.Select(act => Code.Of(act))), from = Dates.Machine(rule.From),
                until = rule.Until is { } until ? Dates.Machine(until) : null, ends, form.Evidence, note,
                // Who it is was seen, unless it was only told.
                name = Facts.Add(unit, caseId, actor, NameFact, "", form.Name!.Trim(), rule.Evidence == AuthorityEvidence.SaidInPerson ? "citizen" : "document", ends),
                contact = Blank(form.Contact) is { } contact ? Facts.Add(unit, caseId, actor, ContactFact, "", contact, "citizen", ends) : (long?)null,
                form.Partner, actor = actor.Id, unit.Now,
            });
        if (before is not null && form.Partner is not null && before.PartnerId == form.Partner)
        {
            Release(unit, before.Id, id);
        }

        // Not by what right: whoever reads the journal of the case need not know that somebody is under guardianship.
        unit.Append(new Entry(caseId, "representation_recorded", id, actor.Id, actor.OrganisationCode, new { notify = Notify.Ids(actor.Id) }, note));
        return null;
    }

    /// <summary>It was taken back: from now on nothing is done by it, and what was still to be sent waits.</summary>
    public Task<Outcome<AuthorityKept>> RevokeAsync(Actor actor, long caseId, string? key) =>
        db.WriteAsync<AuthorityKept>(Command.Of(actor.Id, "authority-revoke", key, new { caseId }), unit =>
        {
            CaseAccess.RequireEdit(unit, actor, caseId);
            if (StoredAuthority.Find(unit, caseId) is not { RevokedAt: null } now)
            {
                return new Refusal("authority-none");
            }

            unit.ExecuteGuarded(
                "UPDATE representation SET revoked_at = @Now, revoked_by = @actor, version = version + 1 WHERE id = @Id AND version = @Version", new { unit.Now, actor = actor.Id, now.Id, now.Version });
            RunOut(unit, now);
            unit.Append(new Entry(caseId, "representation_revoked", now.Id, actor.Id, actor.OrganisationCode, new { notify = Notify.Ids(actor.Id) }));
            hold.Hold(unit, caseId);
            return Kept(caseId);
        });

    /// <summary>The citizen speaks from now on: calls go to the citizen, and what was meant for who represented does not go out.</summary>
    public Task<Outcome<AuthorityKept>> EndAsync(Actor actor, long caseId, string? key) =>
        db.WriteAsync<AuthorityKept>(Command.Of(actor.Id, "authority-end", key, new { caseId }), unit =>
        {
            CaseAccess.RequireEdit(unit, actor, caseId);
            if (StoredAuthority.Find(unit, caseId) is not { } now)
            {
                return new Refusal("authority-none");
            }

            Over(unit, now, "ended", goesOnWith: null);
            unit.Append(new Entry(caseId, "representation_ended", now.Id, actor.Id, actor.OrganisationCode, new { notify = Notify.Ids(actor.Id) }));
            return Kept(caseId);
        });

    /// <summary>
    /// The day of birth that the case knows was written down, corrected or taken out: a parent acts until another day, and who
    /// that is counts as known as long.
    /// </summary>
    internal static void Reckon(Unit unit, long caseId)
    {
        if (StoredAuthority.Find(unit, caseId) is { RevokedAt: null } now)
        {
            var args = new { ends = LastDay(now.Rule, now.Born), now.Id, now.Facts };
            unit.Execute("UPDATE representation SET ends_on = @ends WHERE id = @Id", args);
            unit.Execute("UPDATE fact SET valid_until = @ends WHERE id IN @Facts", args);
        }
    }

    /// <summary>What a form says, as a rule, or the first thing wrong with it.</summary>
    internal static Outcome<Authority> Read(AuthorityForm form, DateOnly today)
    {
        if (!Code.TryParse<AuthorityKind>(form.Kind, out var kind))
        {
            return new Refusal("authority-kind-missing");
        }

        if (string.IsNullOrWhiteSpace(form.Name) || form.Name.Length > OpenCase.LongestName)
        {
            return new Refusal("authority-name-missing");
        }

        if (!Code.TryParse<AuthorityEvidence>(form.Evidence, out var evidence))
        {
            return new Refusal("authority-evidence-missing");
        }

        if (FreeText.Check(LongestNote, form.Name, form.Contact, form.EvidenceNote) is { } no)
        {
            return no;
        }

        var acts = Given(form.Acts);
        return !acts.TrueForAll(act => Code.TryParse<ActOnBehalf>(act, out _)) ? new Refusal("authority-act-unknown")
            : !Given(form.Topics).TrueForAll(Matters.Knows) ? new Refusal("topic-unknown")
            : new Authority { Kind = kind, Evidence = evidence, From = form.From ?? today, Until = form.Until, Topics = Given(form.Topics), Acts = acts.ConvertAll(Code.Parse<ActOnBehalf>) };
    }

    // What the owner had to decide about it is decided; what waited for it goes on with the same partner or not at all.
    private static void Over(Unit unit, StoredAuthority? now, string state, long? goesOnWith)
    {
        if (now is null)
        {
            return;
        }

        unit.ExecuteGuarded("UPDATE representation SET state = @state, version = version + 1 WHERE id = @Id AND version = @Version", new { state, now.Id, now.Version });
        RunOut(unit, now);
        if (goesOnWith is null || now.PartnerId != goesOnWith)
        {
            unit.Execute("UPDATE partner_link SET state = 'withdrawn', version = version + 1 WHERE representation_id = @Id AND state = 'sent'", new { now.Id });
            unit.Execute("UPDATE outgoing_message SET body = '', held_at = COALESCE(held_at, @Now) WHERE representation_id = @Id AND sent_at IS NULL", new { now.Id, unit.Now });
        }

        if (now.PromiseId is { } promise)
        {
            Chain.Promises.Fulfil(unit, promise);
        }
    }

    // Who represented is known no longer: it stays to be read, and goes along with nothing by itself.
    private static void RunOut(Unit unit, StoredAuthority now) => unit.Execute(
        "UPDATE fact SET valid_until = @yesterday WHERE id IN @Facts AND (valid_until IS NULL OR valid_until > @yesterday)",
        new { yesterday = Dates.Machine(AmsterdamTime.DateOf(unit.Now).AddDays(-1)), now.Facts });

    private static void Release(Unit unit, long before, long now)
    {
        unit.Execute("UPDATE partner_link SET representation_id = @now WHERE representation_id = @before AND state = 'sent'", new { now, before });
        unit.Execute("UPDATE outgoing_message SET representation_id = @now, held_at = NULL WHERE representation_id = @before AND sent_at IS NULL AND body <> ''", new { now, before });
    }

    private static List<string> Given(IReadOnlyList<string?>? codes) => [.. (codes ?? []).Where(code => !string.IsNullOrWhiteSpace(code)).Select(code => code!.Trim()).Distinct()];

    private static string? Codes(IEnumerable<string> codes) => string.Join(',', codes) is { Length: > 0 } text ? text : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? LastDay(Authority rule, DateOnly? born) => rule.LastDay(born) is { } day ? Dates.Machine(day) : null;

    private static AuthorityKept Kept(long caseId) => new(caseId.ToString(CultureInfo.InvariantCulture));

    private sealed class AboutRow
    {
        public string Kind { get; init; } = "";

        public string? BirthDate { get; init; }
    }
}
