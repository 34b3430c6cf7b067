using Loket.Domain;

namespace Loket.Web.Api;

/// <summary>Which HTTP status a "no" has, the same on pages and in the interface.</summary>
public static class Refusals
{
    private static readonly HashSet<string> NotThere =
    [
        "case-unknown", "handoff-unknown", "fact-unknown", "consent-unknown", "sharing-rule-unknown", "fact-notice-unknown", "offer-unknown", "promise-unknown", "ownership-unknown", "callback-unknown", "escalation-unknown", "professional-unknown",
        "step-unknown", "absence-unknown", "report-unknown", "life-event-not-there", "bottleneck-unknown",
        "step-ask-unknown", "partner-link-unknown", "no-such-line", "proactive-rule-unknown", "proactive-person-unknown", "partner-unknown",
        "destruction-unknown", "hold-unknown", "hold-case-unknown",
        "glass-case-unknown", "glass-unknown", "reveal-no-number", "scheme-unknown", "product-unknown", "organisation-unknown", "merger-unknown", "law-unknown",
        "rule-unknown", "people-import-unknown", "product-not-yours",
        "authority-none", "document-unknown",
    ];

    private static readonly HashSet<string> NotYours =
    [
        "case-read-only", "rule-switch-not-yours", "case-open-desk-only", "signed-out",
        "handoff-not-yours", "promise-not-yours", "ownership-not-yours", "ownership-own-organisation",
        "escalation-not-yours", "escalation-supervisor-only",
        "step-not-yours", "step-ask-not-yours",
        "destruction-not-yours", "destruction-same-person", "destruction-officer-needed",
        "ladder-not-yours", "identity-first", "step-up",
    ];

    private static readonly HashSet<string> TooLate =
    [
        "stale", "number-stays", "import-errors", "line-not-in-case", "fact-given-already", "fact-not-given", "fact-ask-over", "fact-asked-already", "fact-known", "step-shown-already", "step-not-shown", "consent-over", "rule-is-on", "fact-notice-seen", "key-reused", "offer-taken", "offer-expired", "offer-cancelled", "offer-answered", "offer-extended", "handoff-taken", "handoff-over",
        "handoff-not-now", "handoff-already-ringing", "handoff-last-line", "ownership-answered", "ownership-already-asked", "promise-over", "callback-over", "callback-moved", "callback-not-yet",
        "escalation-acknowledged", "escalation-waits", "escalation-date-over",
        "presence-in-talk", "presence-offer-first", "presence-not-now", "wrap-up-longest", "colleague-in-talk", "case-closed", "message-not-now", "journey-changed", "bottleneck-closed", "bottleneck-answer-first",
        "step-over", "step-not-now", "step-already-asked", "step-ask-answered", "partner-link-over",
        "case-busy", "case-is-open", "destruction-under-way", "destruction-over", "destruction-held", "hold-there", "hold-over",
        "talk-left", "talk-line-rings", "talk-line-there", "talk-full", "proactive-already-sent", "proactive-objected", "proactive-too-late",
        "callback-slot-taken", "glass-judged", "absence-over", "absence-overlaps", "presence-away", "spread-stale", "merger-not-now", "merger-body-elsewhere", "merger-left-with-nobody",
        "line-open", "line-not-ready", "last-administrator", "person-on-duty", "team-without-supervisor", "person-on-lines", "person-has-open", "rule-locks-you-out",
        "people-import-undone", "people-import-old",
        "authority-revoked", "authority-expired", "authority-not-yet", "authority-of-age", "authority-other-matter", "authority-other-topic", "authority-other-act", "partner-link-held", "document-waiting", "document-refused",
    ];

    public static int StatusOf(Refusal refusal) =>
        NotThere.Contains(refusal.Code) ? StatusCodes.Status404NotFound
        : NotYours.Contains(refusal.Code) ? StatusCodes.Status403Forbidden
        : TooLate.Contains(refusal.Code) ? StatusCodes.Status409Conflict
        : StatusCodes.Status422UnprocessableEntity;
}
