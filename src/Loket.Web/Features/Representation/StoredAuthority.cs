using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Domain.Representation;
using Loket.Domain.Terms;
using Loket.Web.Data;

namespace Loket.Web.Features.Representation;

/// <summary>The authority by which somebody acts in a case now, with what its rule needs of the case.</summary>
public sealed class StoredAuthority
{
    public long Id { get; init; }

    public long CaseId { get; init; }

    public string Kind { get; init; } = "";

    public string? Topics { get; init; }

    public string? Acts { get; init; }

    public string FromDay { get; init; } = "";

    public string? UntilDay { get; init; }

    public string Evidence { get; init; } = "";

    public long NameFactId { get; init; }

    public long? ContactFactId { get; init; }

    public long? PartnerId { get; init; }

    public DateTime? RevokedAt { get; init; }

    public DateTime? HeldAt { get; init; }

    public long? PromiseId { get; init; }

    public int Version { get; init; }

    /// <summary>The topic of the case.</summary>
    public string Topic { get; init; } = "";

    public string PartyKind { get; init; } = "";

    /// <summary>The newest day of birth that the case knows, as it was written down.</summary>
    public string? BirthDate { get; init; }

    public DateOnly? Born => BirthDay(BirthDate);

    /// <summary>The facts that say who it is and where they can be reached.</summary>
    public IReadOnlyList<long> Facts => ContactFactId is { } contact ? [NameFactId, contact] : [NameFactId];

    public Authority Rule => new()
    {
        Kind = Code.Parse<AuthorityKind>(Kind), Evidence = Code.Parse<AuthorityEvidence>(Evidence), From = Day(FromDay), Until = UntilDay is null ? null : Day(UntilDay),
        IsRevoked = RevokedAt is not null, Topics = Split(Topics), Acts = [.. Split(Acts).Select(Code.Parse<ActOnBehalf>)],
    };

    /// <summary>Why this may not be done by it now, or null.</summary>
    public Refusal? Check(ActOnBehalf act, DateTime now) => Rule.Check(act, Topic, AmsterdamTime.DateOf(now), Code.Parse<PartyKind>(PartyKind), Born);

    public bool HasLapsed(DateTime now) => Rule.HasLapsed(AmsterdamTime.DateOf(now), Born);

    /// <summary>SQL: the day of birth that was last written down in the case <c>c</c> and still stands there.</summary>
    internal const string LastBirthDate = """
        (SELECT v.value FROM personal_value v JOIN fact f ON f.personal_id = v.id
         WHERE f.id = (SELECT MAX(b.id) FROM fact b JOIN personal_value y ON y.id = b.personal_id WHERE b.case_id = c.id AND b.kind = 'birth_date' AND y.value IS NOT NULL))
        """;

    private const string Current = $"""
        SELECT a.id, a.case_id, a.kind, a.topics, a.acts, a.from_day, a.until_day, a.evidence, a.name_fact_id, a.contact_fact_id, a.partner_id, a.revoked_at, a.held_at, a.promise_id, a.version,
               c.topic_code AS topic, p.kind AS party_kind,
               {LastBirthDate} AS birth_date
        FROM representation a JOIN case_file c ON c.id = a.case_id JOIN party p ON p.id = c.party_id
        WHERE a.case_id = @caseId AND a.state = 'current'
        """;

    /// <summary>Who acts for the citizen of this case now; null when the citizen speaks.</summary>
    public static StoredAuthority? Find(Unit unit, long caseId) => unit.Find<StoredAuthority>(Current, new { caseId });

    public static Task<StoredAuthority?> FindAsync(Reader reader, long caseId) => reader.FindAsync<StoredAuthority>(Current, new { caseId });

    /// <summary>
    /// A day of birth as registers and people write it. Known to the month or year only, it is taken as the first day of it, so
    /// that a parent's authority ends rather too early than too late *(ours)*.
    /// </summary>
    internal static DateOnly? BirthDay(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), ["yyyy-MM-dd", "yyyy-MM", "yyyy", "d-M-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string[] Split(string? codes) => codes?.Split(',') ?? [];
}
