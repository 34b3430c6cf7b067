using Loket.Domain;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Partners;

/// <summary>GET /p/{token}: first the code, then the question, then thanks. View <c>Partners/Link.cshtml</c>.</summary>
public sealed class LinkView
{
    public string Token { get; init; } = "";

    /// <summary>The code that was right; null while it is asked for.</summary>
    public string? Code { get; init; }

    public PartnerQuestion? Question { get; init; }

    /// <summary>The answer was saved.</summary>
    public bool Done { get; init; }

    /// <summary>Why this link opens nothing; null while it does.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Refused form <c>code</c> or <c>answer</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

/// <summary>GET /partner-letters/{id}: to print. View <c>Partners/Letter.cshtml</c>.</summary>
public sealed class LetterView
{
    public string PartnerName { get; init; } = "";

    public string Address { get; init; } = "";

    public string Organisation { get; init; } = "";

    public string? OrganisationPhone { get; init; }

    public string Professional { get; init; } = "";

    public long CaseId { get; init; }

    public long StepId { get; init; }

    public string CaseNumber { get; init; } = "";

    public string Step { get; init; } = "";

    /// <summary>The question; null when it is not for the viewer to read.</summary>
    public string? Question { get; init; }

    public DateTime SentAt { get; init; }

    public DateTime DueAt { get; init; }

    /// <summary>It goes to the partner as who acts for the citizen; null for any other.</summary>
    public long? RepresentationId { get; init; }
}

/// <summary>One message that waits to be sent.</summary>
public sealed class OutgoingRow
{
    public long Id { get; init; }

    public string CaseNumber { get; init; } = "";

    public long CaseId { get; init; }

    public string Kind { get; init; } = "";

    public string Address { get; init; } = "";

    /// <summary>The citizen's own address, under a secrecy indication: not on a page that is printed.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What it says; empty when it does not go any more.</summary>
    public string Body { get; set; } = "";

    public bool IsSealed { get; init; }

    public DateTime QueuedAt { get; init; }

    /// <summary>Since when it is held: who it is for may not act for the citizen any more (UTC).</summary>
    public DateTime? HeldAt { get; init; }
}
