namespace Loket.Web.Features.Retention;

/// <summary>
/// The one list of what Loket holds about a citizen, and how it goes. A test holds it beside the schema: every column that can
/// hold words is here, or among <see cref="NotAboutCitizens"/>.
/// </summary>
public static class CitizenColumns
{
    /// <summary>What goes with a case: its name in the report, the columns, and the statement for the case <c>@caseId</c> at <c>@now</c>.</summary>
    public sealed record Kept(string What, string Table, string[] Columns, string Sql);

    public static readonly IReadOnlyList<Kept> OfCase =
    [
        new("values", "personal_value", ["value", "salt"],
            "UPDATE personal_value SET value = NULL, salt = NULL, destroyed_at = @now WHERE case_id = @caseId AND destroyed_at IS NULL"),
        new("parties", "party", ["name", "birth_date", "number_sealed", "number_index", "number_tail", "time_zone", "channel", "register_state"],
            """
            UPDATE party SET name = NULL, birth_date = NULL, number_kind = NULL, number_sealed = NULL, number_index = NULL, number_tail = NULL, number_key = NULL,
                   time_zone = NULL, channel = NULL, register_state = NULL, secret = 0
            WHERE id = (SELECT c.party_id FROM case_file c WHERE c.id = @caseId)
            """),
        new("titles", "case_file", ["title", "question"], "UPDATE case_file SET title = '', question = '' WHERE id = @caseId"),
        new("facts", "fact", ["label", "source"], "UPDATE fact SET label = '', source = '' WHERE case_id = @caseId"),
        new("documents", "document_piece", ["bytes"], "DELETE FROM document_piece WHERE document_id IN (SELECT h.id FROM document h WHERE h.case_id = @caseId)"),
        new("corrections", "fact_correction", ["was_source"], "UPDATE fact_correction SET was_source = '' WHERE case_id = @caseId"),
        new("line_questions", "handoff", ["line_question"], "UPDATE handoff SET line_question = '' WHERE case_id = @caseId"),
        new("declines", "offer", ["decline_text"],
            "UPDATE offer SET decline_text = NULL WHERE handoff_id IN (SELECT h.id FROM handoff h WHERE h.case_id = @caseId) AND decline_text IS NOT NULL"),
        new("ownership_reasons", "ownership_request", ["reason"], "UPDATE ownership_request SET reason = NULL WHERE case_id = @caseId AND reason IS NOT NULL"),
        new("promise_reasons", "promise", ["end_reason"], "UPDATE promise SET end_reason = NULL WHERE case_id = @caseId AND end_reason IS NOT NULL"),
        new("steps", "chain_step", ["title", "end_reason"], "UPDATE chain_step SET title = '', end_reason = NULL WHERE case_id = @caseId"),
        new("step_answers", "step_request", ["reason"], "UPDATE step_request SET reason = NULL WHERE case_id = @caseId AND reason IS NOT NULL"),
        new("partner_links", "partner_link", ["token_hash", "code_hash"], "UPDATE partner_link SET token_hash = NULL, code_hash = NULL WHERE case_id = @caseId"),
        new("letters", "outgoing_message", ["address", "body"], "UPDATE outgoing_message SET address = '', body = '' WHERE case_id = @caseId"),
        new("bottlenecks", "bottleneck", ["text", "answer"],
            "UPDATE bottleneck SET text = NULL, answer = NULL WHERE id IN (SELECT s.bottleneck_id FROM bottleneck_signal s WHERE s.case_id = @caseId)"),
        new("glass_reasons", "broken_glass", ["reason", "remark"], "UPDATE broken_glass SET reason = '', remark = NULL WHERE case_id = @caseId"),
        new("look_reasons", "access_log", ["reason"],
            "UPDATE access_log SET reason = NULL, reason_salt = NULL WHERE case_id = @caseId AND reason IS NOT NULL AND reason_digest IS NOT NULL"),
        new("hold_reasons", "legal_hold", ["reason"], "UPDATE legal_hold SET reason = '' WHERE case_id = @caseId"),
        new("signals", "voice_signal", ["data"], "DELETE FROM voice_signal WHERE handoff_id IN (SELECT h.id FROM handoff h WHERE h.case_id = @caseId)"),
        new("proactive", "proactive_person", ["person_key"], "DELETE FROM proactive_person WHERE case_id = @caseId"),
        new("board", "board_entry", [], "DELETE FROM board_entry WHERE case_id = @caseId"),
        new("participants", "case_participant", [], "UPDATE case_participant SET until = @now WHERE case_id = @caseId AND until IS NULL"),
    ];

    /// <summary>What is about no case in particular and goes by itself within a month (<c>Features/Drafts/ForgetOldDrafts</c>).</summary>
    public static readonly IReadOnlySet<string> ShortLived = new HashSet<string> { "draft.body", "idempotency.answer" };

    /// <summary>
    /// Words about organisations, lines, partners, professionals and the law. Not in it by rule: a journal payload and a line's
    /// history hold no personal value. Who looked when and by which part stays in the access log; the reason
    /// goes with the case, and its digest keeps the chain whole.
    /// </summary>
    public static readonly IReadOnlySet<string> NotAboutCitizens = new HashSet<string>
    {
        "organisation.name", "organisation.short_name", "organisation.display_name", "organisation.sort_name", "organisation.phone", "organisation.website",
        "topic.name_nl", "topic.name_en", "line.name_nl", "line.name_en", "line.phone", "line_change.was", "line_change.became", "team.name", "professional.name",
        "product.name", "product.legal_basis", "partner.name", "partner.sort_name", "partner_channel.address", "partner_channel.checked_by",
        "chain_step.article", "journal.payload", "setting.value", "report_read.choices", "role_rule.value", "merger.name", "professional_change.was", "professional_change.became", "professional_claim.value", "cookie_key.body", "sharing_rule_off.reason",
    };
}
