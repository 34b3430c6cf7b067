using Loket.Web.Api;
using Loket.Web.Data;
using Loket.Web.Features.Demo;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Directory;

/// <summary>Reference data for programs: topics, municipalities and, in the demo, who there is.</summary>
[Route("api/v1")]
public sealed class DirectoryApi(Db db, DemoOptions demo) : ApiController
{
    public sealed class Named
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";
    }

    public sealed class Somebody
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string OrganisationCode { get; init; } = "";

        public int FrontOffice { get; init; }

        public int Specialist { get; init; }

        public int Supervisor { get; init; }

        public string? LineCode { get; init; }
    }

    [HttpGet("topics")]
    public Task<List<Named>> Topics() => db.ReadAsync(r => r.QueryAsync<Named>("SELECT code, name_nl AS name FROM topic ORDER BY position"));

    [HttpGet("municipalities")]
    public Task<List<Named>> Municipalities() =>
        db.ReadAsync(r => r.QueryAsync<Named>(
            "SELECT code, short_name AS name FROM organisation WHERE kind = 'municipality' AND (valid_until IS NULL OR valid_until >= @today) ORDER BY sort_name, code",
            new { today = Municipality.Today(db.Now()) }));

    /// <summary>The people of the demo with one of their lines each row, so that a program can choose whom to play.</summary>
    [Microsoft.AspNetCore.Authorization.AllowAnonymous]
    [HttpGet("demo/professionals")]
    public async Task<ActionResult<List<Somebody>>> Professionals() => demo.Enabled
        ? await db.ReadAsync(r => r.QueryAsync<Somebody>(
            """
            SELECT p.id, p.name, p.organisation_code, p.front_office, p.specialist, p.supervisor, m.line_code
            FROM professional p LEFT JOIN line_member m ON m.professional_id = p.id WHERE p.active = 1 ORDER BY p.id, m.tier
            """))
        : NotFound();
}
