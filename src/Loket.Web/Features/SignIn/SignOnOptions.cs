using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Loket.Web.Features.SignIn;

/// <summary>The provider of sign-on (section <c>SignOn</c>) and which of its claims mean what.</summary>
public sealed class SignOnOptions : OAuthOptions
{
    public const string Scheme = "sign-on";
    public const string Section = "SignOn";

    /// <summary>Address of the provider: its <c>/.well-known/openid-configuration</c> says the rest. Empty: no sign-on.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The claim with the OIN of the professional's organisation.</summary>
    public string OrganisationClaim { get; set; } = "organisation_oin";

    /// <summary>Subjects who are national administrator: the first ones, who can let others in.</summary>
    public string[] NationalAdministrators { get; set; } = [];

    /// <summary>What the provider says of itself, fetched when first needed and again when its keys change.</summary>
    public IConfigurationManager<OpenIdConnectConfiguration> Discovery { get; set; } = null!;
}

/// <summary>Whether there is sign-on with a provider at all.</summary>
public sealed class SignOnSetting(IConfiguration configuration)
{
    public bool IsSet => Issuer.Length > 0;

    /// <summary>By which name people of the provider are known here; empty without one.</summary>
    public string Issuer { get; } = NameOf(configuration[$"{SignOnOptions.Section}:Authority"] ?? "");

    /// <summary>Providers write their name with or without a slash at the end.</summary>
    public static string NameOf(string issuer) => issuer.TrimEnd('/');
}
