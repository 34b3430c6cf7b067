using System.Globalization;
using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Rota;

/// <summary>The rota of lines and of the duty, by who manages lines or administers the organisation.</summary>
[Authorize(Policy = Policies.RotaKeeper)]
public sealed class RotaController(RotaQuery rota, SaveRota save, Duty duty) : PageController
{
    [HttpGet("/rota")]
    public async Task<IActionResult> Show(bool saved) => View("Rota", await rota.LoadAsync(Me, saved: saved));

    [HttpPost("/rota/lines/{code}")]
    public async Task<IActionResult> SaveLine(string code)
    {
        var people = Request.Form.Where(f => f.Key.StartsWith("rota-", StringComparison.Ordinal) && long.TryParse(f.Key[5..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(f => new RotaRow(long.Parse(f.Key[5..], CultureInfo.InvariantCulture), rota.Read(f.Value))).ToList();
        var least = int.TryParse(Request.Form["least"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        var errors = people.Select(p => (p.ProfessionalId, p.Hours is null ? null : rota.InWords(OpeningHours.Parse(p.Hours).Refusal))).Where(p => p.Item2 is not null)
            .Select(p => new FieldError($"rota-{p.ProfessionalId.ToString(CultureInfo.InvariantCulture)}", p.Item2!)).ToList();
        var done = errors.Count > 0 ? errors[0].Refusal : await save.RunAsync(Me, code, new LineRotaForm(least, people), Key);
        return done.Refusal switch
        {
            null => SeeOther("/rota?saved=true"),
            { Code: "no-such-line" } gone => NotThere(gone.Code),
            var no => Refused(no, "Rota", await rota.LoadAsync(Me, Typed($"rota-{code}", errors.Count > 0 ? errors : [new FieldError(no.Code == "line-number" ? "least" : "", no)]))),
        };
    }

    [HttpPost("/rota/duty")]
    public async Task<IActionResult> SaveDuty(string? date, long? datePerson)
    {
        var (days, seen) = (Days("duty-"), Days("seen-"));
        if (!string.IsNullOrEmpty(date) && datePerson is { } person)
        {
            days.RemoveAll(d => d.Day == date);
            days.Add(new DutyRow(date, person));
        }

        // Half of "another day" is no day: it would be gone unseen.
        var half = string.IsNullOrEmpty(date) == datePerson is null ? null : new Refusal(datePerson is null ? "duty-person-missing" : "duty-date-missing");
        if ((half ?? (await duty.SaveAsync(Me, days, seen, Key)).Refusal) is not { } no)
        {
            return SeeOther("/rota?saved=true");
        }

        var field = no.Code switch
        {
            "duty-person-missing" => "datePerson",
            "duty-date-missing" => "date",
            "duty-day" when no.Args is [var day] && day == date => "date",
            _ => "",
        };
        return Refused(no, "Rota", await rota.LoadAsync(Me, Typed("duty", new FieldError(field, rota.InWords(no)!)), seen: seen, changed: no.Code == "duty-changed" ? no.Args[0] : null));
    }

    private List<DutyRow> Days(string prefix) => [.. Request.Form.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal) && long.TryParse(f.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(f => new DutyRow(f.Key[prefix.Length..], long.Parse(f.Value!, CultureInfo.InvariantCulture)))];
}
