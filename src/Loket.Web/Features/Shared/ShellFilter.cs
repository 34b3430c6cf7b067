using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Glass;
using Loket.Web.Features.Rota;
using Loket.Web.Features.Specialist;
using Loket.Web.Features.Theme;
using Loket.Web.Features.Tour;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Loket.Web.Features.Shared;

/// <summary>Puts who is signed in, where and with which presence around every page.</summary>
public sealed class ShellFilter(Db db, DemoOptions demo, OfferStripQuery offers, RotaQuery rota, Themes themes) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context is { Controller: Controller controller, Result: ViewResult or PartialViewResult }
            && context.HttpContext.Items[typeof(Actor)] is Actor actor)
        {
            var (presence, isTalking) = actor.Specialist ? await db.ReadAsync(async r => (
                await r.FindAsync<string>("SELECT state FROM presence WHERE professional_id = @Id", new { actor.Id }),
                await r.ScalarAsync<long>("SELECT COUNT(*) FROM handoff WHERE specialist_id = @Id AND state IN ('accepted', 'connected')", new { actor.Id }) > 0)) : (null, false);
            string[] roles = [.. Policies.Roles(actor)];
            var tours = Tours.Of(roles);
            new ShellView
            {
                ProfessionalId = actor.Id,
                ProfessionalName = actor.Name,
                OrganisationName = actor.OrganisationName,
                Roles = roles,
                Presence = actor.Specialist ? presence ?? Code.Of(PresenceState.Offline) : null,
                IsTalking = isTalking,
                IsDemo = demo.Enabled,
                GlassToJudge = actor.Supervisor ? await db.ReadAsync(r => GlassQuery.WaitingAsync(r, actor.Id)) : 0,
                ShortSoon = actor.LineManager && context.Result is ViewResult ? await rota.SoonAsync(actor) : [],
                TourAt = (tours.FirstOrDefault(tour => context.HttpContext.Request.Path == tour.Page) ?? tours.FirstOrDefault())?.Page,
                OffersTour = demo.Enabled && context.Result is ViewResult && TourOffer.Once(context.HttpContext, actor.Id, tours),
                Theme = themes.AddressFor(actor.OrganisationCode),
                Logo = themes.LogoAddressFor(actor.OrganisationCode),
                Offer = actor.Specialist && context.Result is ViewResult ? await offers.LoadAsync(actor) : null,
            }.PutInto(controller.ViewData);
        }

        await next();
    }
}
