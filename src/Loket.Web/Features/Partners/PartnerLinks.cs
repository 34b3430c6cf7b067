using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Security;

namespace Loket.Web.Features.Partners;

/// <summary>What was asked of a partner by a link or a letter, and what came back.</summary>
public sealed class PartnerLinkRow
{
    public long Id { get; init; }

    public long StepId { get; init; }

    /// <summary>Kind of the channel: <c>email</c>, <c>sms</c>, <c>post</c> (a letter).</summary>
    public string Channel { get; init; } = "";

    /// <summary>The question; null when it is not for the viewer to read.</summary>
    public string? Question { get; init; }

    public DateTime SentAt { get; init; }

    public DateTime ExpiresAt { get; init; }

    public DateTime? OpenedAt { get; init; }

    /// <summary><c>sent, answered, locked, withdrawn</c>; sent and past its end is over too.</summary>
    public string State { get; init; } = "";

    /// <summary><c>done, needs_time, not_ours</c>; null without an answer.</summary>
    public string? Answer { get; init; }

    public string? AnswerText { get; init; }

    public DateTime? AnsweredAt { get; init; }
}

internal static class PartnerLinks
{
    /// <summary>By step, newest first.</summary>
    public static async Task<ILookup<long, PartnerLinkRow>> OfCaseAsync(Reader r, Actor actor, long caseId) => (await r.QueryAsync<PartnerLinkRow>(
        $"""
        SELECT k.id, k.step_id, n.kind AS channel, CASE WHEN {CaseNames.MayReadText} THEN v.value END AS question, k.sent_at, k.expires_at, k.opened_at,
               k.state, k.answer, CASE WHEN {CaseNames.MayReadText} THEN a.value END AS answer_text, k.answered_at
        FROM partner_link k JOIN case_file c ON c.id = k.case_id JOIN partner_channel n ON n.id = k.channel_id
        JOIN personal_value v ON v.id = k.question_id LEFT JOIN personal_value a ON a.id = k.answer_id
        WHERE k.case_id = @caseId ORDER BY k.id DESC
        """,
        new { caseId, actor.Id, actor.OrganisationCode })).ToLookup(k => k.StepId);
}
