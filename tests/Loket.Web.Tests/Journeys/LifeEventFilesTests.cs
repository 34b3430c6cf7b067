using Loket.Web.Features.Directory;
using Loket.Web.Features.Journeys;
using Loket.Web.Tests.Directory;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Journeys;

/// <summary>A folder of templates is read whole or not at all, and says what is wrong where.</summary>
public sealed class LifeEventFilesTests : IDisposable
{
    private static readonly ReferenceSet Reference = ReferenceFiles.Read(ReferenceFolder.Real);

    private readonly TempFolder folder = new();

    public LifeEventFilesTests()
    {
        System.IO.Directory.CreateDirectory(folder.In(LifeEventFiles.Archive));
        foreach (var file in new[] { "legal-terms.json", "life-events/moving.json", "life-events/birth.json" })
        {
            File.Copy(Path.Combine(ReferenceFolder.Real, file), folder.In(file));
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_wrong_is_named_by_file_and_key_and_nothing_is_loaded()
    {
        Change("life-events/moving.json", "\"verhuismelding\"", "\"verhuisbericht\"");
        Change("life-events/birth.json", "\"en\": \"Register the birth\"", "\"en\": \"\"");

        var errors = Assert.Throws<ReferenceErrors>(Read).Errors;

        Assert.Equal(
            [("life-events/birth.json", "'report': text-missing title"), ("life-events/moving.json", "'report': product-unknown verhuisbericht")],
            errors.Select(e => (e.File, e.Reason)));
    }

    [Fact]
    public void A_file_that_is_no_template_is_named_with_its_line()
    {
        Change("life-events/birth.json", "\"questions\"", "\"question\"");

        var error = Assert.Single(Assert.Throws<ReferenceErrors>(Read).Errors);

        Assert.Equal("life-events/birth.json", error.File);
        Assert.InRange(error.Line, 2, 20);
    }

    [Fact]
    public void An_older_version_stays_readable_beside_the_one_that_new_journeys_start_with()
    {
        File.Copy(folder.In("life-events/moving.json"), folder.In("life-events/archive/moving-1.json"));
        Change("life-events/moving.json", "\"version\": 1", "\"version\": 2");

        var events = Read();

        Assert.Equal(2, events.Find("moving")!.Version);
        Assert.Equal(1, events.Find("moving", 1)!.Version);
        Assert.Equal([2, 1], events.VersionsOf("moving").Select(e => e.Version));
        Assert.Null(events.Find("moving", 3));
        Assert.Equal(2, events.Current.Count);
    }

    [Fact]
    public void An_archived_version_has_its_own_number_and_a_successor()
    {
        File.Copy(folder.In("life-events/moving.json"), folder.In("life-events/archive/moving-1.json"));
        File.Copy(folder.In("life-events/birth.json"), folder.In("life-events/archive/birth-7.json"));

        Assert.Equal(
            ["life-events/archive/birth-7.json", "life-events/archive/moving-1.json"],
            Assert.Throws<ReferenceErrors>(Read).Errors.Select(e => e.File));
    }

    private LifeEvents Read() => LifeEventFiles.Read(folder.Path, Reference);

    private void Change(string file, string from, string to)
    {
        var text = File.ReadAllText(folder.In(file));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(folder.In(file), text.Replace(from, to, StringComparison.Ordinal));
    }
}
