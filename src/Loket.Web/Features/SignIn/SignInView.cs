using Loket.Domain;

namespace Loket.Web.Features.SignIn;

/// <summary>GET /sign-in: the demo's professionals by organisation. View <c>SignIn/SignIn.cshtml</c>.</summary>
public sealed class SignInView
{
    /// <summary>False outside the demo profile: then nobody is listed and the page says how to sign in.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Sign-on with the organisation's own provider is set up.</summary>
    public bool HasProvider { get; init; }

    /// <summary>Local path to return to; posted back as <c>returnUrl</c>.</summary>
    public string? ReturnUrl { get; init; }

    public Refusal? Refusal { get; init; }

    /// <summary>A few people that together play the main job, shown first; may be empty.</summary>
    public IReadOnlyList<SignInPerson> Suggested { get; init; } = [];

    public IReadOnlyList<SignInOrganisation> Organisations { get; init; } = [];
}

public sealed class SignInOrganisation
{
    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    public IReadOnlyList<SignInPerson> People { get; init; } = [];
}

public sealed class SignInPerson
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string OrganisationName { get; init; } = "";

    /// <summary>Role codes: <c>front_office</c>, <c>specialist</c>, <c>supervisor</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>What tells this person apart: the topic codes of the lines a specialist answers.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>True when a virtual colleague plays this person now: signing in takes it over.</summary>
    public bool IsVirtual { get; init; }
}
