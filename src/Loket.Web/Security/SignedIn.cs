using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Loket.Domain;
using Loket.Web.Data;

namespace Loket.Web.Security;

/// <summary>How long somebody stays signed in: without an act of their own (<c>SignOn:IdleMinutes</c>, 60), and at all (<c>SignOn:Hours</c>, 10).</summary>
public sealed class SignedInTimes(IConfiguration configuration)
{
    public TimeSpan Idle { get; } = TimeSpan.FromMinutes(configuration.GetValue("SignOn:IdleMinutes", 60));

    public TimeSpan Longest { get; } = TimeSpan.FromHours(configuration.GetValue("SignOn:Hours", 10));

    /// <summary>How long ago somebody may have proved who they are for what asks that anew (<c>SignOn:FreshMinutes</c>, 5).</summary>
    public TimeSpan Fresh { get; } = TimeSpan.FromMinutes(configuration.GetValue("SignOn:FreshMinutes", 5));

    /// <summary>Whether this person need not be asked again who they are. Without a provider there is nobody to ask.</summary>
    public bool IsFresh(Actor actor, DateTime now) => !actor.BySignOn || actor.ProvedAt > now - Fresh;
}

/// <summary>
/// What the provider calls this sign-in, by which it may end it, and when it saw the person prove who they are. Null in the demo.
/// </summary>
public sealed record ProviderSession(string Issuer, string Subject, string? Session, DateTime? ProvedAt = null)
{
    /// <summary>A session's name is the provider's own; two providers may use the same one.</summary>
    public string? SessionKey => Session is null ? null : SignedIn.Digest($"{Issuer}\n{Session}");

    public string SubjectKey => SignedIn.Digest($"{Issuer}\n{Subject}");
}

/// <summary>
/// Who is signed in on which browser. The cookie carries a secret of its own for each sign-in; the database its digest.
/// What ends one, by whatever way, ends it here: the next request is refused, and the open connections are cut within
/// seconds (<c>Live/LiveSweep</c>).
/// </summary>
public sealed class SignedIn(Db db, SignedInTimes times)
{
    public const string SecretClaim = "loket_signed_in";

    // Seen to the minute is enough for an idle time of many, and spares a write at each act.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    private const string Open = "s.ended_at IS NULL AND s.ends_at > @now AND s.seen_at > @idle";

    /// <summary>Begins one, always under a new secret, and ends the one this browser had. Answers the secret.</summary>
    public async Task<string> StartAsync(long professionalId, ProviderSession? provider, ClaimsPrincipal? before)
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await db.WriteAsync<bool>(unit =>
        {
            if (SecretOf(before) is { } old)
            {
                EndOne(unit, Digest(old));
            }

            unit.Execute(
                """
                INSERT INTO signed_in (id, professional_id, started_at, seen_at, ends_at, provider_session, provider_subject, proved_at)
                VALUES (@id, @professionalId, @Now, @Now, @ends, @session, @subject, @proved)
                """,
                new { id = Digest(secret), professionalId, unit.Now, ends = unit.Now + times.Longest, session = provider?.SessionKey, subject = provider?.SubjectKey, proved = provider?.ProvedAt > unit.Now ? unit.Now : provider?.ProvedAt });
            return true;
        });
        return secret;
    }

    /// <summary>The professional who is signed in with this cookie now, or null; <paramref name="acts"/> when they do something themselves.</summary>
    public async Task<Actor?> FindAsync(ClaimsPrincipal? user, bool acts)
    {
        if (SecretOf(user) is not { } secret)
        {
            return null;
        }

        var (id, now) = (Digest(secret), db.Now());
        var actor = await db.ReadAsync(r => r.FindAsync<Actor>(
            $"SELECT {Actor.Columns}, s.seen_at, s.proved_at, CASE WHEN s.provider_subject IS NULL THEN 0 ELSE 1 END AS by_sign_on FROM signed_in s JOIN professional p ON p.id = s.professional_id JOIN organisation o ON o.code = p.organisation_code WHERE s.id = @id AND {Open} AND p.active = 1",
            new { id, now, idle = now - times.Idle }));
        if (actor is not null && acts && now - actor.SeenAt >= SeenEvery)
        {
            await db.WriteAsync<int>(unit => unit.Execute(
                "UPDATE signed_in SET seen_at = @Now WHERE id = @id AND ended_at IS NULL AND seen_at < @Now", new { id, unit.Now }));
        }

        return actor;
    }

    public Task EndAsync(ClaimsPrincipal? user) => SecretOf(user) is { } secret
        ? db.WriteAsync<int>(unit => EndOne(unit, Digest(secret)))
        : Task.CompletedTask;

    /// <summary>
    /// The provider says that it is over (OpenID Connect Back-Channel Logout 1.0): that one session, or without its name all
    /// of the person that began before the token was made. A token counts once.
    /// </summary>
    public Task<Outcome<int>> EndOfProviderAsync(ProviderSession provider, string tokenId, DateTime madeAt, DateTime until) => db.WriteAsync<int>(unit =>
    {
        var id = Digest($"{provider.Issuer}\n{tokenId}");
        if (unit.Scalar<int>("SELECT COUNT(*) FROM used_token WHERE id = @id", new { id }) > 0)
        {
            return new Refusal("token-used");
        }

        unit.Execute("INSERT INTO used_token (id, until) VALUES (@id, @until)", new { id, until });
        return provider.SessionKey is { } session
            ? unit.Execute("UPDATE signed_in SET ended_at = @Now WHERE provider_session = @session AND ended_at IS NULL", new { unit.Now, session })
            : unit.Execute(
                "UPDATE signed_in SET ended_at = @Now WHERE provider_subject = @subject AND ended_at IS NULL AND started_at <= @madeAt",
                new { unit.Now, subject = provider.SubjectKey, madeAt });
    });

    /// <summary>Which of these sign-ins are over by now; digests in, digests out.</summary>
    public async Task<HashSet<string>> OverAsync(IReadOnlyCollection<string> ids)
    {
        var over = ids.ToHashSet(StringComparer.Ordinal);
        var now = db.Now();
        foreach (var chunk in ids.Chunk(1000))
        {
            over.ExceptWith(await db.ReadAsync(r => r.QueryAsync<string>(
                $"SELECT s.id FROM signed_in s JOIN professional p ON p.id = s.professional_id WHERE s.id IN @chunk AND {Open} AND p.active = 1",
                new { chunk, now, idle = now - times.Idle })));
        }

        return over;
    }

    public static string? IdOf(ClaimsPrincipal? user) => SecretOf(user) is { } secret ? Digest(secret) : null;

    internal static string Digest(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string? SecretOf(ClaimsPrincipal? user) => user?.FindFirstValue(SecretClaim);

    private static int EndOne(Unit unit, string id) =>
        unit.Execute("UPDATE signed_in SET ended_at = @Now WHERE id = @id AND ended_at IS NULL", new { id, unit.Now });
}
