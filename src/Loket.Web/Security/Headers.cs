namespace Loket.Web.Security;

/// <summary>The headers of every answer: no inline script or style, no framing, nothing of ours in a referrer or a shared cache.</summary>
public sealed class Headers(RequestDelegate next)
{
    private const string Csp =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Csp;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self)";
        if (!context.Request.Path.StartsWithSegments("/dist"))
        {
            headers.CacheControl = "no-cache, no-store";
        }

        return next(context);
    }
}
