using System.Diagnostics;
using System.Globalization;

namespace Loket.Web.Tests.Support;

/// <summary>Needs a file system of its own, which only who may mount one can have; elsewhere the test is reported as skipped, by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    // CAP_SYS_ADMIN, of what this process may do.
    private const int SysAdmin = 21;

    public SmallDiskFactAttribute()
    {
        if (!MayMount())
        {
            Skip = "This account may not mount a small file system: not run with a full disk";
        }
    }

    private static bool MayMount() => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("CapEff:", StringComparison.Ordinal)) is { } line
        && (ulong.Parse(line.AsSpan("CapEff:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << SysAdmin)) != 0;
}

/// <summary>A file system in memory of so many megabytes.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TempFolder folder = new();

    public SmallDisk(int megabytes) => Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", folder.Path);

    public string Path => folder.Path;

    public void Dispose()
    {
        Run("umount", folder.Path);
        folder.Dispose();
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
