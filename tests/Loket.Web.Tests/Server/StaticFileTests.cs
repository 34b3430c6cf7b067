using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>
/// Started as nobody would in development: from another folder, without any environment variable. Every file a page
/// needs has to be there in full, also compressed.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed partial class StaticFileTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_file_of_the_sign_in_page_is_served_whole_under_gzip_from_any_folder()
    {
        using var data = new TempFolder();
        using var elsewhere = new TempFolder();
        await using var server = await ServerProcess.StartBareAsync(elsewhere.Path, "--urls", "http://127.0.0.1:0", "--Data:Path", data.Path, "--Demo:Colleagues", "false");
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None }) { BaseAddress = server.Address };
        var page = await http.GetStringAsync("/sign-in");
        var files = Linked().Matches(page).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        foreach (var style in files.Where(f => f.Contains(".css", StringComparison.Ordinal)).ToList())
        {
            files.UnionWith(Referred().Matches(await http.GetStringAsync(style)).Select(m => new Uri(new Uri(server.Address, style), m.Groups[1].Value).AbsolutePath));
        }

        Assert.Contains(files, f => f.Contains("/loket.js", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains("/loket.css", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains("favicon", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains("icons.svg", StringComparison.Ordinal));
        Assert.Contains(files, f => f.EndsWith(".woff2", StringComparison.Ordinal));
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            await IsWholeAsync(http, file);
        }
    }

    private async Task IsWholeAsync(HttpClient http, string file)
    {
        var expected = await File.ReadAllBytesAsync(Path.Combine(ServerProcess.Solution, "src", "Loket.Web", "wwwroot", file.Split('?', '#')[0].TrimStart('/')));
        Assert.NotEmpty(expected);
        foreach (var encoding in new[] { "gzip", "br", "identity" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, file.Split('#')[0]);
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
            using var response = await http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            var sent = await response.Content.ReadAsByteArrayAsync();
            var used = response.Content.Headers.ContentEncoding.SingleOrDefault() ?? "none";
            var whole = used switch
            {
                "gzip" => Unpack(new GZipStream(new MemoryStream(sent), CompressionMode.Decompress)),
                "br" => Unpack(new BrotliStream(new MemoryStream(sent), CompressionMode.Decompress)),
                _ => sent,
            };
            Assert.True(expected.AsSpan().SequenceEqual(whole), $"{file} under {encoding}: {whole.Length} bytes of {expected.Length}");
            if (encoding == "gzip")
            {
                output.WriteLine($"{file.Split('?')[0]}: {expected.Length} bytes, {sent.Length} sent ({used})");
            }
        }
    }

    private static byte[] Unpack(Stream packed)
    {
        using (packed)
        {
            using var whole = new MemoryStream();
            packed.CopyTo(whole);
            return whole.ToArray();
        }
    }

    [GeneratedRegex("""<(?:link|script|use|img)[^>]*(?:href|src)="(/[^"]+)["]""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Linked();

    [GeneratedRegex("""url\(["']?([^"')]+)["']?\)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Referred();
}
