using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Benchmarks.Floor;

/// <summary>A bare MVC and SignalR program: what the framework costs before anybody wrote a rule.</summary>
public static class FloorApp
{
    /// <summary>The first argument, with which the benchmarks start themselves as the floor.</summary>
    public const string Word = "floor";

    /// <summary>Serves until it is stopped. <paramref name="args"/>: the word, the address, the file of the bare commits.</summary>
    public static async Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(args[1]);
        builder.Services.AddSingleton(_ => new DurableCommit(args[2]));
        builder.Services.AddControllersWithViews();
        builder.Services.Configure<RazorViewEngineOptions>(o => o.ViewLocationFormats.Insert(0, "/Floor/Views/{1}/{0}.cshtml"));
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapControllers();
        app.MapHub<EchoHub>("/echo");
        await app.RunAsync();
    }
}

/// <summary>Client → hub → client.</summary>
public sealed class EchoHub : Hub
{
    public Task Echo(string text) => Clients.Caller.SendAsync("Echo", text);
}

/// <summary>A bare page; and the same with one durable commit in it.</summary>
public sealed class PageController(DurableCommit commit) : Controller
{
    [HttpGet("/page")]
    public IActionResult Bare() => View("Page", 0);

    [HttpGet("/page-and-commit")]
    public IActionResult WithCommit() => View("Page", commit.Run());
}
