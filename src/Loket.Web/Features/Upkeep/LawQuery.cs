using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Loket.Domain;
using Loket.Domain.Journeys;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Journeys;
using Loket.Web.Security;

namespace Loket.Web.Features.Upkeep;

public sealed record LawConfirmed(string TermId);

/// <summary>The terms of the law that Loket knows, and who confirmed them: unconfirmed until somebody did, by name and date.</summary>
public sealed class LawQuery(Db db, LifeEvents events)
{
    public Task<LawView> LoadAsync() => db.ReadAsync(async r =>
    {
        var confirmed = (await r.QueryAsync<Row>(
            "SELECT k.term_id, k.digest, k.confirmed_at, p.name FROM legal_confirmation k JOIN professional p ON p.id = k.confirmed_by"))
            .ToDictionary(k => (k.TermId, k.Digest));
        return new LawView
        {
            Terms = [.. events.Law.All.Select(t => Shown(t, confirmed.GetValueOrDefault((t.Id, Digest(t))))).OrderBy(t => t.ConfirmedBy is not null).ThenBy(t => t.Verified).ThenBy(t => t.Id, StringComparer.Ordinal)],
        };
    });

    /// <summary>This person has read the term in the law as it stands here. A term that changes afterwards is unconfirmed again.</summary>
    public Task<Outcome<LawConfirmed>> ConfirmAsync(Actor actor, string? id, string? digest, string? key) =>
        db.WriteAsync<LawConfirmed>(Command.Of(actor.Id, "law-confirm", key, new { id, digest }), unit =>
        {
            if (events.Law.Find(id ?? "") is not { } term)
            {
                return new Refusal("law-unknown");
            }

            if (digest != Digest(term))
            {
                return new Refusal("stale");
            }

            unit.Execute(
                """
                INSERT INTO legal_confirmation (term_id, digest, confirmed_by, confirmed_at)
                SELECT @Id, @digest, p.id, @Now FROM professional p
                WHERE p.id = @by AND NOT EXISTS (SELECT 1 FROM legal_confirmation k WHERE k.term_id = @Id AND k.digest = @digest)
                """,
                new { term.Id, digest, unit.Now, by = actor.Id });
            return new LawConfirmed(term.Id);
        });

    private static LawTerm Shown(LegalTerm term, Row? confirmed) => new()
    {
        Id = term.Id, Article = term.Article, Term = term.Length, Basis = Domain.Code.Of(term.Basis), TextDate = term.TextDate, Verified = term.Verified,
        Digest = Digest(term), ConfirmedBy = confirmed?.Name, ConfirmedAt = confirmed?.ConfirmedAt,
    };

    // Of all that a date follows from.
    private static string Digest(LegalTerm term) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('|', term.Id, term.Length?.ToString(), Domain.Code.Of(term.Basis), term.Article, term.TextDate))));

    private sealed class Row
    {
        public string TermId { get; init; } = "";

        public string Digest { get; init; } = "";

        public DateTime ConfirmedAt { get; init; }

        public string Name { get; init; } = "";
    }
}

/// <summary>GET /upkeep/law: the terms of the law, unconfirmed first. View <c>Upkeep/Law.cshtml</c>.</summary>
public sealed class LawView
{
    public IReadOnlyList<LawTerm> Terms { get; init; } = [];

    public int Unconfirmed => Terms.Count(t => t.ConfirmedBy is null);

    public Refusal? Refusal { get; set; }
}

public sealed class LawTerm
{
    public string Id { get; init; } = "";

    public string Article { get; init; } = "";

    /// <summary>ISO 8601; null where the law names no length.</summary>
    public string? Length => Term?.ToString();

    /// <summary>The same, for the page to put into words.</summary>
    [JsonIgnore]
    public Term? Term { get; init; }

    public string Basis { get; init; } = "";

    /// <summary>Which version of the text was read.</summary>
    public string TextDate { get; init; } = "";

    /// <summary>It was read in the current text when it was written down here.</summary>
    public bool Verified { get; init; }

    /// <summary>Of the term as it stands now: what is confirmed is what was seen.</summary>
    public string Digest { get; init; } = "";

    public string? ConfirmedBy { get; init; }

    public DateTime? ConfirmedAt { get; init; }
}
