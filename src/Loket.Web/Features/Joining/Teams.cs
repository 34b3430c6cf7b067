using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Joining;

public sealed record TeamAdded(string Code);

/// <summary>A new team of the own organisation.</summary>
public sealed class Teams(Db db)
{
    public Task<Outcome<TeamAdded>> AddAsync(Actor actor, string? name, string? key) =>
        db.WriteAsync<TeamAdded>(Command.Of(actor.Id, "team-add", key, new { name }), unit =>
        {
            actor.RequireHere(unit);
            var fit = (name ?? "").Trim();
            return Check(fit) is { } no ? no
                : unit.Scalar<int>("SELECT COUNT(*) FROM team WHERE organisation_code = @OrganisationCode AND name = @fit", new { actor.OrganisationCode, fit }) > 0 ? new Refusal("team-twice")
                : new TeamAdded(Add(unit, actor.OrganisationCode, fit));
        });

    /// <summary>Why this cannot be the name of a team; null when it can.</summary>
    internal static Refusal? Check(string name) => name.Length is 0 or > 120 ? new Refusal("team-name") : FreeText.Check(120, name);

    internal static string Add(Unit unit, string organisation, string name)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"{organisation}-{unit.NewId()}");
        unit.Execute("INSERT INTO team (code, organisation_code, name) VALUES (@code, @organisation, @name)", new { code, organisation, name });
        return code;
    }
}
