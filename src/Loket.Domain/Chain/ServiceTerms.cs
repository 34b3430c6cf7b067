using Loket.Domain.Terms;

namespace Loket.Domain.Chain;

/// <summary>The service terms of a line: our own, not law, set per line; counted in its opening hours.</summary>
public sealed record ServiceTerms
{
    public static readonly ServiceTerms Default = new();

    /// <summary>A citizen is called back within this much opening time.</summary>
    public Term AnswerCallback { get; init; } = Term.WorkingHours(2);

    /// <summary>Whoever gets a chain step shows a first sign of life within this.</summary>
    public Term FirstSignOfLife { get; init; } = Term.WorkingDays(1);

    /// <summary>An ownership request that nobody answers escalates after this.</summary>
    public Term AnswerOwnershipRequest { get; init; } = Term.WorkingDays(1);
}
