using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Access;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Reveal;

/// <summary>The whole number of the citizen, shown once, for a reason. View <c>Reveal/Reveal.cshtml</c>; without a number it asks the reason.</summary>
public sealed class RevealView : IAboutCase
{
    public long CaseId { get; init; }

    /// <summary>Under which name the reason is kept while it is typed.</summary>
    public static string DraftOf(long caseId) => string.Create(CultureInfo.InvariantCulture, $"/cases/{caseId}/bsn");

    public string? Bsn { get; init; }

    public string? Reason { get; init; }

    public FormState Form { get; init; } = FormState.Empty;

    long IAboutCase.AboutCase => Bsn is null ? 0 : CaseId;
}

/// <summary>
/// Everywhere else the number is masked. Who decides about a case of the own organisation, with the identity established,
/// may see it whole for a reason; the access log has person and reason before the number leaves.
/// </summary>
public sealed class RevealBsn(Db db, KeyRing keys)
{
    public const int LongestReason = 300;

    /// <summary>Whether there is a number this person may ask for.</summary>
    public Task<Outcome<bool>> MayAsync(Actor actor, long caseId) => db.ReadAsync<Outcome<bool>>(async r =>
        await FindAsync(r, actor, caseId) is { Refusal: { } no } ? no : true);

    public Task<Outcome<RevealView>> RunAsync(Actor actor, long caseId, string? reason) => db.ReadAsync<Outcome<RevealView>>(async r =>
    {
        var found = await FindAsync(r, actor, caseId);
        if (found.Refusal is { } no)
        {
            return no;
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("reveal-reason-missing");
        }

        return FreeText.Check(LongestReason, reason) is { } unfit
            ? unfit
            : new RevealView { CaseId = caseId, Reason = reason.Trim(), Bsn = keys.Open(found.Value.NumberSealed, OpenCase.PartyContext(found.Value.Id)) };
    });

    private static async Task<Outcome<Row>> FindAsync(Reader r, Actor actor, long caseId)
    {
        if (await CaseAccess.FindAsync(r, actor, caseId) is not { } access)
        {
            return new Refusal("case-unknown");
        }

        if (!access.MayEdit || !access.IsOwnOrganisation)
        {
            return new Refusal("case-read-only");
        }

        var row = await r.FindAsync<Row>(
            """
            SELECT p.id, p.number_sealed, c.identity_method FROM case_file c JOIN party p ON p.id = c.party_id
            WHERE c.id = @caseId AND p.number_kind = 'bsn' AND p.number_sealed IS NOT NULL
            """,
            new { caseId });
        return row is null ? new Refusal("reveal-no-number") : row.IdentityMethod == "not_established" ? new Refusal("identity-first") : row;
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string NumberSealed { get; init; } = "";

        public string IdentityMethod { get; init; } = "";
    }
}
