using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Wall;

/// <summary>What the wall says in words, in the language of the page.</summary>
public static class WallWords
{
    /// <summary>What is wrong now, as one sentence: no figures in tiles.</summary>
    public static string Headline(Say say, WallView wall)
    {
        var nobody = wall.Own.Concat(wall.Asked).Count(l => l.HasNobody);
        var waiting = wall.Own.Concat(wall.Asked).Sum(l => l.Waiting);
        return nobody > 0 ? say.Plural("wall.nobody", nobody)
            : waiting > 0 ? say.Plural("wall.waiting", waiting)
            : say.Text(wall.Own.Any(l => l.Free > 0) ? "wall.calm" : "wall.empty");
    }

    /// <summary>Per line that keeps somebody waiting, how many and how long; empty when none does.</summary>
    public static string Waiting(Say say, WallView wall)
    {
        var lines = wall.Own.Concat(wall.Asked).Where(l => l.Waiting > 0).OrderBy(l => l.WaitingSince)
            .Select(l => l.Waiting == 1 ? say.Text("wall.waits.one", Name(l), Long(say, l)) : say.Text("wall.waits.many", Name(l), l.Waiting, Long(say, l))).ToList();
        return lines.Count == 0 ? "" : $"{string.Join(' ', lines)} {say.Text("wall.then")}";
    }

    private static string Name(WallLine line) => line.People is null ? $"{line.OrganisationName}, {line.Name}" : line.Name;

    /// <summary>1:52, how long the first of the line waits.</summary>
    public static string Long(Say say, WallLine line)
    {
        var seconds = line.WaitingSince is { } since ? Math.Max(0, (int)(say.Dates.NowUtc - since).TotalSeconds) : 0;
        return $"{seconds / 60}:{seconds % 60:00}";
    }
}
