using System.Text;
using Loket.Domain;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Upkeep;

/// <summary>What the national administrator keeps: organisations out of a newer file, the terms of the law, and the national picture.</summary>
[Authorize(Policy = Policies.NationalAdministrator)]
public sealed class ReferenceController(TakeOrganisations organisations, LawQuery law, NationalQuery national) : PageController
{
    [HttpGet("/upkeep/organisations")]
    public IActionResult Organisations(int? added, int? changed) => Page(new OrganisationsView { Added = added, Changed = changed });

    /// <summary>Shows what a file would change.</summary>
    [HttpPost("/upkeep/organisations")]
    public async Task<IActionResult> Preview(IFormFile? file)
    {
        if (file is null or { Length: 0 or > TakeOrganisations.LongestText })
        {
            return No(new Refusal(file is { Length: > 0 } ? "import-too-long" : "import-file-missing"), null);
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        var diff = await organisations.PreviewAsync(await reader.ReadToEndAsync());
        return diff.Errors.Count > 0 ? No(Errors(diff), diff) : Page(new OrganisationsView { Diff = diff });
    }

    /// <summary>Does what was shown.</summary>
    [HttpPost("/upkeep/organisations/confirm")]
    public async Task<IActionResult> Confirm(string? text, string? seen)
    {
        var done = await organisations.RunAsync(Me, text ?? "", seen, Key);
        return done.IsOk
            ? SeeOther($"/upkeep/organisations?added={done.Value.Added}&changed={done.Value.Changed}")
            : No(done.Refusal!, await organisations.PreviewAsync(text ?? ""));
    }

    /// <summary>Who is connected, over time.</summary>
    [HttpGet("/national")]
    public async Task<IActionResult> National() => View("/Features/Upkeep/National.cshtml", await national.LoadAsync());

    [HttpGet("/upkeep/law")]
    public async Task<IActionResult> Law() => View("/Features/Upkeep/Law.cshtml", await law.LoadAsync());

    [HttpPost("/upkeep/law")]
    public async Task<IActionResult> ConfirmLaw(string? term, string? digest)
    {
        var done = await law.ConfirmAsync(Me, term, digest, Key);
        if (done.IsOk)
        {
            return SeeOther("/upkeep/law");
        }

        var view = await law.LoadAsync();
        view.Refusal = done.Refusal;
        return Refused(done.Refusal!, "/Features/Upkeep/Law.cshtml", view);
    }

    private static Refusal Errors(OrganisationsDiff diff) => new("import-errors", diff.Errors.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private ViewResult Page(OrganisationsView view) => View("/Features/Upkeep/Organisations.cshtml", view);

    private ViewResult No(Refusal no, OrganisationsDiff? diff) => Refused(no, "/Features/Upkeep/Organisations.cshtml", new OrganisationsView { Diff = diff, Refusal = no });
}

/// <summary>GET /upkeep/organisations. View <c>Upkeep/Organisations.cshtml</c>.</summary>
public sealed class OrganisationsView
{
    /// <summary>What was just taken in; null when nothing was.</summary>
    public int? Added { get; init; }

    public int? Changed { get; init; }

    public OrganisationsDiff? Diff { get; init; }

    public Refusal? Refusal { get; init; }
}
