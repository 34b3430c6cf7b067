using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Loket.Web.Features.Demo;
using Loket.Web.Features.SignIn;
using Loket.Web.Live;
using Loket.Web.Security;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;

namespace Loket.Web;

/// <summary>The application, the same in every host: its services, and the pipeline in the order a request passes it.</summary>
public static class LoketApp
{
    private static readonly string[] ReferenceAddresses = ["/api/v1/terms", "/api/v1/search", "/api/v1/routes"];
    private static readonly string[] CitizenAddresses = ["/callbacks", "/cases"];

    /// <summary>
    /// Builds the application; <see cref="Boot.PrepareAsync"/> makes it ready to run. <paramref name="runner"/> adds what executes
    /// <see cref="Jobs.Schedule"/>: the one thing in which the hosts differ.
    /// </summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> runner)
    {
        // Settings and views lie beside the program, wherever it is started from.
        // Its pages are those of this assembly, whichever host started it.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(LoketApp).Assembly.GetName().Name,
        });
        // Without launch settings the environment is Production, where scripts in the source tree are not found by themselves.
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "dist", "loket.js")))
        {
            builder.WebHost.UseStaticWebAssets();
        }

        builder.WebHost.UseSockets(o => o.CreateBoundListenSocket = PushesThatDoNotWait.Listen);
        builder.AddLoket();
        runner(builder);
        builder.Services.AddLoketSecurity(demo: (builder.Configuration.GetSection("Demo").Get<DemoOptions>() ?? new DemoOptions()).Enabled);
        builder.Services.AddSignOn(builder.Configuration);
        builder.Services.AddLocalization(o => o.ResourcesPath = "Texts");
        builder.Services.Configure<RequestLocalizationOptions>(o =>
        {
            o.SetDefaultCulture("nl").AddSupportedCultures("nl", "en").AddSupportedUICultures("nl", "en");
            // Open reference knowledge answers everyone the same: in the language of the address, not of a cookie.
            var ofAddress = new CustomRequestCultureProvider(c => Task.FromResult(
                ReferenceAddresses.Any(a => c.Request.Path.StartsWithSegments(a)) && HttpMethods.IsGet(c.Request.Method) ? new ProviderCultureResult(c.Request.Query["lang"] == "en" ? "en" : "nl") : null));
            // What is printed for a citizen is in the language of the citizen.
            var ofCitizen = new CustomRequestCultureProvider(c => Task.FromResult(
                CitizenAddresses.Any(a => c.Request.Path.StartsWithSegments(a)) && c.Request.Query["lang"].ToString() is "en" or "nl" ? new ProviderCultureResult(c.Request.Query["lang"].ToString()) : null));
            o.RequestCultureProviders = [ofAddress, ofCitizen, new CookieRequestCultureProvider()];
        });
        builder.Services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.AddControllersWithViews(o =>
        {
            o.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
            o.Filters.Add<Access.LogReads>();
            o.Filters.Add<Features.Shared.ShellFilter>();
            o.Filters.Add<Features.Representation.ShowOnBehalf>();
        }).AddJsonOptions(o => Api.ApiJson.Apply(o.JsonSerializerOptions));
        builder.Services.Configure<RazorViewEngineOptions>(o =>
        {
            o.ViewLocationFormats.Insert(0, "/Features/{1}/{0}.cshtml");
            o.ViewLocationFormats.Insert(1, "/Features/Shared/{0}.cshtml");
        });
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<Features.Operations.DatabaseGone>();
        builder.Services.AddOpenApi();
        builder.Services.AddResponseCompression(o => o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"]);
        builder.Services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        builder.Services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        builder.Services.AddRateLimiter(o => o.AddPolicy<string, ReferenceLimit>(ReferenceLimit.Name).AddPolicy<string, LinkLimit>(LinkLimit.Name).AddPolicy<string, SignOnLimit>(SignOnLimit.Name));

        var app = builder.Build();
        // Listens from the start, not from the first look at the status page.
        app.Services.GetRequiredService<Telemetry.RecentMeasures>();
        app.UseTrustedProxy();
        app.UseMiddleware<Security.Headers>();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", StatusCodeSelector = _ => 500 });
        app.UseStatusCodePagesWithReExecute("/error", "?status={0}");
        app.UseResponseCompression();
        app.UseStaticFiles();
        app.UseRequestLocalization();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    /// <summary>Everything that can be asked for. Reads all controllers, which takes longer than preparing the database: <see cref="Boot"/> does both at once.</summary>
    internal static void MapAddresses(this WebApplication app)
    {
        app.MapControllers();
        app.MapHub<LiveHub>("/hubs/live", options => options.TransportSendTimeout = PushesThatDoNotWait.SendPatience);
        app.MapOpenApi("/openapi/v1.json").AllowAnonymous();
    }
}
