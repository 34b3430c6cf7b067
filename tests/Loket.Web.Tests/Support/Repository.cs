namespace Loket.Web.Tests.Support;

/// <summary>The source tree these tests were built from.</summary>
public static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "wwwroot", "TestResults"];

    public static string Root { get; } = Find();

    /// <summary>The files under a folder of the tree, with one of these extensions; their paths relative to the root, with slashes.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string folder, params string[] extensions) =>
        new DirectoryInfo(Path.Combine(Root, folder)).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(f => extensions.Contains(f.Extension))
            .Select(f => (Path: Path.GetRelativePath(Root, f.FullName).Replace('\\', '/'), f.FullName))
            .Where(f => !f.Path.Split('/').Intersect(NotOurs).Any())
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => (f.Path, File.ReadAllText(f.FullName)));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Loket.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Loket.sln is in no folder above the tests");
    }
}
