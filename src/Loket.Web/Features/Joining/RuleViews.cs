using Loket.Domain;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Joining;

/// <summary>GET /people/rules: which claim at the provider gives which role. View <c>Joining/Rules.cshtml</c>.</summary>
public sealed class RulesView
{
    public string OrganisationName { get; init; } = "";

    public IReadOnlyList<RuleRow> Rules { get; init; } = [];

    public IReadOnlyList<Option> Teams { get; init; } = [];

    /// <summary>What a change would do, before it is saved; null when nothing was proposed.</summary>
    public RulePreview? Preview { get; init; }

    /// <summary>Refused form <c>rule</c>; fields <c>claim value role team</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class RuleRow
{
    public long Id { get; init; }

    public string Claim { get; init; } = "";

    public string Value { get; init; } = "";

    public string Role { get; init; } = "";

    public string? TeamName { get; init; }
}

/// <summary>A rule to add (<paramref name="Rule"/>) or one to take away (<paramref name="Remove"/>).</summary>
public sealed record RuleChange(RuleForm? Rule, long? Remove);

public sealed record RuleForm(string Claim, string Value, string Role, string? Team);

/// <param name="People">Who gets or loses a role at their next sign-on.</param>
/// <param name="Unknown">How many colleagues have not signed on yet, so that nobody knows what the provider says of them.</param>
/// <param name="Refusal">Why it cannot be saved; null when it can.</param>
public sealed record RulePreview(RuleChange Change, IReadOnlyList<RuleEffect> People, int Unknown, Refusal? Refusal);

/// <param name="Became">Empty: is not let in any more.</param>
public sealed record RuleEffect(string Name, IReadOnlyList<string> Was, IReadOnlyList<string> Became);
