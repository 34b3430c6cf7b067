using System.Security.Cryptography;
using System.Text;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Domain.Representation;
using Loket.Web.Access;
using Loket.Web.Data;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Steps;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Partners;

/// <summary>What a partner sees: who asks, what, and until when. Nothing else of the case.</summary>
public sealed record PartnerQuestion(string Organisation, string Professional, string Step, string Question, DateTime ExpiresAt) : IAboutCase
{
    internal long Case { get; init; }

    long IAboutCase.AboutCase => Case;
}

/// <summary>The question when the code was right; else how many tries are left.</summary>
public sealed record LinkOpened(PartnerQuestion? Question, int TriesLeft);

public sealed record LinkAnswered(bool Saved, int TriesLeft);

/// <param name="Answer"><c>done</c>, <c>needs_time</c> or <c>not_ours</c>.</param>
public sealed record PartnerAnswerForm(string? Token, string? Code, string? Answer, string? Text);

/// <summary>
/// A partner opens their one-purpose link with the code and answers. A wrong code counts, and the fifth closes the link;
/// so does the answer. Who opens it is known by link and code alone: the journal has no name for it.
/// </summary>
public sealed class AnswerLink(Db db, KeyRing keys)
{
    public const int Tries = 5;

    private static readonly string[] Answers = ["done", "needs_time", "not_ours"];

    /// <summary>Whether this link can still be opened; null when it can.</summary>
    public Task<Refusal?> LookAsync(string? token) => db.ReadAsync(async r =>
    {
        var link = await r.FindAsync<Row>($"{Select} WHERE k.token_hash = @hash", new { hash = AskPartner.TokenHash(keys, token ?? "") });
        return Usable(link, link?.RepresentationId is null ? null : await StoredAuthority.FindAsync(r, link.CaseId), r.Now);
    });

    public Task<Outcome<LinkOpened>> OpenAsync(string? token, string? code) => db.WriteAsync<LinkOpened>(unit =>
    {
        var link = Find(unit, token);
        if (!IsRight(unit, link, code))
        {
            return new LinkOpened(null, Tries - link.Tries - 1);
        }

        if (link.OpenedAt is null)
        {
            unit.ExecuteGuarded(
                "UPDATE partner_link SET opened_at = @Now, tries = 0, version = version + 1 WHERE id = @Id AND version = @Version", new { unit.Now, link.Id, link.Version });
            Step(unit, link).Append(unit, "step_partner_opened", null);
        }

        return new LinkOpened(unit.Find<PartnerQuestion>(
            """
            SELECT o.display_name AS organisation, w.name AS professional, s.title AS step, v.value AS question, k.expires_at
            FROM partner_link k JOIN chain_step s ON s.id = k.step_id JOIN professional w ON w.id = k.sent_by JOIN organisation o ON o.code = w.organisation_code
            JOIN personal_value v ON v.id = k.question_id WHERE k.id = @Id
            """,
            new { link.Id })! with
        { Case = link.CaseId }, Tries);
    });

    public Task<Outcome<LinkAnswered>> AnswerAsync(PartnerAnswerForm form) => db.WriteAsync<LinkAnswered>(unit =>
    {
        if (!Answers.Contains(form.Answer))
        {
            return new Refusal("partner-answer-missing");
        }

        if (form.Answer != "done" && string.IsNullOrWhiteSpace(form.Text))
        {
            return new Refusal("partner-text-missing");
        }

        if (FreeText.Check(AskPartner.LongestQuestion, form.Text) is { } no)
        {
            return no;
        }

        var link = Find(unit, form.Token);
        if (!IsRight(unit, link, form.Code))
        {
            return new LinkAnswered(false, Tries - link.Tries - 1);
        }

        var step = Step(unit, link);
        long? personal = AddSteps.Blank(form.Text) is { } text ? PersonalValues.Add(unit, link.CaseId, link.OrganisationCode, text) : null;
        unit.ExecuteGuarded(
            """
            UPDATE partner_link SET state = 'answered', answer = @answer, answer_id = @personal, answered_at = @Now, version = version + 1
            WHERE id = @Id AND version = @Version
            """,
            new { answer = form.Answer, personal, unit.Now, link.Id, link.Version });
        Outgoing.EndLink(unit, link.Id);
        step.Append(unit, "step_partner_answered", null, new(What: $"partner-answer:{form.Answer}"), personal, link.SentBy);
        return new LinkAnswered(true, Tries);
    });

    /// <summary>What a wrong code is answered with: how many tries are left, or that this was the last.</summary>
    public static Refusal WrongCode(int left) =>
        left > 0 ? new("partner-code-wrong", left.ToString(System.Globalization.CultureInfo.InvariantCulture)) : new("partner-link-over");

    private Row Find(Unit unit, string? token)
    {
        var link = unit.Find<Row>($"{Select} WHERE k.token_hash = @hash", new { hash = AskPartner.TokenHash(keys, token ?? "") });
        return Usable(link, link?.RepresentationId is null ? null : StoredAuthority.Find(unit, link.CaseId), unit.Now) is { } no ? throw new RefusedException(no) : link!;
    }

    // Who asks by it acts for the citizen: that is checked again at every opening, and says no more than that it waits.
    private static Refusal? Usable(Row? link, StoredAuthority? authority, DateTime now) => link is null ? new Refusal("partner-link-unknown")
        : link.State != "sent" || link.ExpiresAt <= now ? new Refusal("partner-link-over")
        : link.RepresentationId is { } id && (authority?.Id != id || authority.Check(ActOnBehalf.Link, now) is not null) ? new Refusal("partner-link-held")
        : null;

    // A wrong code is kept, so this is no refusal: a refusal would take the count back.
    private bool IsRight(Unit unit, Row link, string? code)
    {
        var typed = Encoding.ASCII.GetBytes(AskPartner.CodeHash(keys, link.Id, code?.Replace(" ", "", StringComparison.Ordinal) ?? ""));
        if (CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(link.CodeHash)))
        {
            return true;
        }

        var closes = link.Tries + 1 >= Tries;
        unit.ExecuteGuarded(
            "UPDATE partner_link SET tries = tries + 1, state = @state, version = version + 1 WHERE id = @Id AND version = @Version",
            new { state = closes ? "locked" : "sent", link.Id, link.Version });
        if (closes)
        {
            Outgoing.EndLink(unit, link.Id);
            Step(unit, link).Append(unit, "step_partner_locked", null, notify: link.SentBy);
        }

        return false;
    }

    private static StoredStep Step(Unit unit, Row link) =>
        unit.Find<StoredStep>($"SELECT {StoredStep.Columns} FROM chain_step s JOIN case_file c ON c.id = s.case_id WHERE s.id = @StepId", new { link.StepId })!;

    private const string Select = """
        SELECT k.id, k.step_id, k.case_id, k.code_hash, k.sent_by, w.organisation_code, k.expires_at, k.tries, k.opened_at, k.state, k.representation_id, k.version
        FROM partner_link k JOIN professional w ON w.id = k.sent_by
        """;

    private sealed class Row
    {
        public long Id { get; init; }

        public long StepId { get; init; }

        public long CaseId { get; init; }

        public string CodeHash { get; init; } = "";

        public long SentBy { get; init; }

        public string OrganisationCode { get; init; } = "";

        public DateTime ExpiresAt { get; init; }

        public int Tries { get; init; }

        public DateTime? OpenedAt { get; init; }

        public string State { get; init; } = "";

        public long? RepresentationId { get; init; }

        public int Version { get; init; }
    }
}
