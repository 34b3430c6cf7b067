using System.Net;
using System.Net.Sockets;

namespace Loket.Web.Tests.Documents;

/// <summary>A scanner over HTTP that says what the test wants it to say.</summary>
internal sealed class FakeScanner : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task loop;
    private int asked;

    public FakeScanner()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Address);
        listener.Start();
        loop = AnswerAsync();
    }

    public string Address { get; }

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public int Asked => asked;

    public byte[] Got { get; private set; } = [];

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await loop;
        listener.Close();
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var call = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await call.Request.InputStream.CopyToAsync(body);
                Got = body.ToArray();
                Interlocked.Increment(ref asked);
                call.Response.StatusCode = (int)Answer;
                call.Response.Close();
            }
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
