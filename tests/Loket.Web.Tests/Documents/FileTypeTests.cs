using Loket.Web.Features.Documents;

namespace Loket.Web.Tests.Documents;

/// <summary>What a file is, by its content alone; what could run is nothing.</summary>
public sealed class FileTypeTests
{
    [Fact]
    public void Each_kind_is_known_by_its_content()
    {
        var known = new Dictionary<string, byte[]>
        {
            ["pdf"] = Files.Pdf(), ["jpg"] = Files.Jpeg, ["png"] = Files.Png, ["docx"] = Files.Word(), ["xlsx"] = Files.Sheet(), ["odt"] = Files.OpenText(), ["txt"] = Files.Text("Beste gemeente,\r\n\tgroet, Łukasz €"),
        };
        Assert.Equal(FileType.All.Select(t => t.Code), known.Keys);
        Assert.All(known, file => Assert.Equal(file.Key, FileType.Of(file.Value)?.Code));
    }

    [Fact]
    public void What_could_run_or_is_another_thing_is_nothing()
    {
        var faults = new Dictionary<string, byte[]>
        {
            ["html"] = Files.Text("<!doctype html><script>alert(1)</script>"), ["html after space"] = Files.Text(" \r\n\t<html>"), ["svg"] = Files.Text("<svg onload=alert(1)>"), ["xml"] = Files.Text("\uFEFF<?xml version=\"1.0\"?>"),
            ["exe"] = [(byte)'M', (byte)'Z', 0x90, 0, 3, 0], ["elf"] = [0x7F, (byte)'E', (byte)'L', (byte)'F'], ["gif"] = [.. "GIF89a"u8, 1, 0, 1, 0], ["old word"] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            ["pdf that runs"] = Files.Pdf("<< /S /JavaScript /JS (app.alert(1)) >>"), ["pdf that starts"] = Files.Pdf("<< /S /Launch /F (cmd.exe) >>"),
            ["macro in word"] = Files.Word(("word/vbaProject.bin", "x")), ["macro kind"] = Files.Zip(("[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml"), ("word/document.xml", "<d/>")),
            ["macro sheet"] = Files.Sheet(("xl/macrosheets/sheet1.xml", "<x/>")), ["packed object"] = Files.Word(("word/embeddings/object.xlsx", "x")), ["control"] = Files.Sheet(("xl/activeX/activeX1.xml", "<x/>")),
            ["basic in odt"] = Files.OpenText(("Basic/Standard/Module1.xml", "<x/>")), ["script in odt"] = Files.OpenText(("Scripts/python/x.py", "x")),
            ["zip"] = Files.Zip(("brief.txt", "x")), ["jar"] = Files.Zip(("META-INF/MANIFEST.MF", "x"), ("A.class", "x")), ["half a zip"] = Files.Word()[..60], ["drawing"] = Files.Zip(("mimetype", "application/vnd.oasis.opendocument.graphics"), ("content.xml", "<x/>")),
            ["a png without a head"] = Files.Png[..8], ["binary"] = [0, 1, 2, 3], ["not utf-8"] = [(byte)'a', 0xFF, 0xFE, (byte)'b'], ["nothing"] = [], ["very many entries"] = Files.Zip([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<d/>"), .. Enumerable.Range(0, 5001).Select(n => ($"a{n}", ""))]),
        };
        Assert.All(faults, file => Assert.True(FileType.Of(file.Value) is null, file.Key));
    }

    [Fact]
    public void Whatever_bytes_come_in_it_answers_and_never_fails()
    {
        var random = new Random(7);
        byte[][] seeds = [Files.Pdf(), Files.Png, Files.Word(), Files.OpenText(), Files.Sheet()];
        for (var n = 0; n < 20_000; n++)
        {
            var file = (byte[])seeds[n % seeds.Length].Clone();
            for (var hits = random.Next(1, 12); hits > 0; hits--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            _ = FileType.Of(file.AsMemory(0, random.Next(1, file.Length)));
        }
    }
}
