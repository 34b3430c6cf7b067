using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Loket.Web.Features.Documents;

/// <summary>Asks the scanner of <see cref="DocumentOptions.Scanner"/>: true for clean, false for not, null when it did not answer.</summary>
public sealed class Scanner(DocumentOptions options, IHttpClientFactory http, ILogger<Scanner> log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public async Task<bool?> IsCleanAsync(byte[] file, CancellationToken ct)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timer.CancelAfter(Longest);
        try
        {
            return options.Scanner.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? await SendAsync(file, timer.Token) : await RunAsync(file, timer.Token);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && fault is HttpRequestException or OperationCanceledException or IOException or Win32Exception)
        {
            log.LogWarning("The scanner of documents did not answer: {Fault}", fault.GetType().Name);
            return null;
        }
    }

    private async Task<bool?> SendAsync(byte[] file, CancellationToken ct)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var client = http.CreateClient();
        using var answer = await client.PostAsync(new Uri(options.Scanner), content, ct);
        return Verdict(answer.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.NoContent => 0,
            HttpStatusCode.NotAcceptable or HttpStatusCode.UnprocessableEntity => 1,
            var other => (int)other,
        });
    }

    private async Task<bool?> RunAsync(byte[] file, CancellationToken ct)
    {
        var words = options.Scanner.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            // What it prints may name what it found in whose document: read, so that it does not wait, and dropped.
            var said = Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, ct), process.StandardError.BaseStream.CopyToAsync(Stream.Null, ct));
            try
            {
                await process.StandardInput.BaseStream.WriteAsync(file, ct);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It knew enough before the end: its answer counts.
            }

            await said;
            await process.WaitForExitAsync(ct);
            return Verdict(process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private bool? Verdict(int answer)
    {
        if (answer is not (0 or 1))
        {
            log.LogWarning("The scanner of documents answered {Answer}", answer);
        }

        return answer switch { 0 => true, 1 => false, _ => null };
    }
}
