namespace Loket.Web.Features.Directory;

/// <summary>One bad row: which file, which line of it (the header is line 1), and the reason in Dutch.</summary>
public sealed record ReferenceError(string File, int Line, string Reason)
{
    public override string ToString() => $"{File}, regel {Line}: {Reason}";
}

/// <summary>The reference data are refused as a whole; <see cref="Errors"/> names every bad row.</summary>
public sealed class ReferenceErrors : Exception
{
    public ReferenceErrors(IReadOnlyList<ReferenceError> errors)
        : base($"De referentiegegevens zijn niet ingelezen. Fouten: {errors.Count}.{Environment.NewLine}{string.Join(Environment.NewLine, errors)}") =>
        Errors = errors;

    public IReadOnlyList<ReferenceError> Errors { get; }
}
