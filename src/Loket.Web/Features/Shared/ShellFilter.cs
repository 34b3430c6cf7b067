using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Glass;
using Loket.Web.Features.Rota;
using Loket.Web.Features.Specialist;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Loket.Web.Features.Shared;

/// <summary>Puts who is signed in, where and with which presence around every page.</summary>
public sealed class ShellFilter(Db db, DemoOptions demo, OfferStripQuery offers, RotaQuery rota) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context is { Controller: Controller controller, Result: ViewResult or PartialViewResult }
            && context.HttpContext.Items[typeof(Actor)] is Actor actor)
        {
            var presence = await db.ReadAsync(r => r.FindAsync<string>("SELECT state FROM presence WHERE professional_id = @Id", new { actor.Id }));
            new ShellView
            {
                ProfessionalId = actor.Id,
                ProfessionalName = actor.Name,
                OrganisationName = actor.OrganisationName,
                Roles = [.. Policies.Roles(actor)],
                Presence = actor.Specialist ? presence ?? Code.Of(PresenceState.Offline) : null,
                IsDemo = demo.Enabled,
                GlassToJudge = actor.Supervisor ? await db.ReadAsync(r => GlassQuery.WaitingAsync(r, actor.Id)) : 0,
                ShortSoon = actor.LineManager && context.Result is ViewResult ? await rota.SoonAsync(actor) : [],
                Offer = actor.Specialist && context.Result is ViewResult ? await offers.LoadAsync(actor) : null,
            }.PutInto(controller.ViewData);
        }

        await next();
    }
}
